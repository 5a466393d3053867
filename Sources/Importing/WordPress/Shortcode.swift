/// A shortcode of WordPress: `[caption id="a"]…[/caption]`.
struct Shortcode {
  let name: String
  /// The values by their names in lower case.
  private(set) var attributes: [String: String] = [:]
  /// The values without a name, in their order.
  private(set) var values: [String] = []
  /// What is between its tags; nil where it has no end tag.
  var content: [UInt8]?

  /// - Parameter text: what stands in its tag behind the name.
  init(name: String, attributes text: ArraySlice<UInt8>) {
    self.name = name
    var rest = text.trimmingSpaces
    // An address without quotation marks may end with it.
    if rest.last == UInt8(ascii: "/"), !(rest.dropLast().last.map(isShortcodeName) ?? false) {
      rest.removeLast()
    }
    while !rest.isEmpty {
      takeAttribute(&rest)
      rest = rest.drop(while: isSpace)
    }
  }

  /// The first address among its attributes, or between its tags.
  var address: String? {
    let names = ["src", "url", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv"]
    let between = content.map { String(decoding: $0, as: UTF8.self) }
    let texts = names.compactMap { attributes[$0] } + values + [between].compactMap { $0 }
    return texts.lazy.compactMap { webAddress($0.trimmingSpaces) }.first
  }

  private mutating func takeAttribute(_ rest: inout ArraySlice<UInt8>) {
    let name = rest.prefix(while: isShortcodeName)
    let after = rest[name.endIndex...]
    if !name.isEmpty, after.first == UInt8(ascii: "=") {
      rest = after.dropFirst()
      attributes[String(decoding: name, as: UTF8.self).lowercased()] = takeValue(&rest)
    } else {
      values.append(takeValue(&rest))
    }
  }
}

/// Takes a value with or without quotation marks.
private func takeValue(_ rest: inout ArraySlice<UInt8>) -> String {
  let mark = quotationMark(rest) ?? []
  rest = rest.dropFirst(mark.count)
  let value = rest[..<endOfValue(rest, mark)]
  rest = rest[value.endIndex...]
  rest = rest.dropFirst(mark.isEmpty ? 0 : quotationMark(rest)?.count ?? 0)
  return String(decoding: value, as: UTF8.self)
}

/// A value ends with the mark with which it begins; of typographers' marks any ends it.
private func endOfValue(_ text: ArraySlice<UInt8>, _ mark: ArraySlice<UInt8>) -> Int {
  let end =
    switch mark.count {
    case 0: text.firstIndex(where: isSpace)
    case 1: text.firstIndex { $0 == mark.first }
    default: text.indices.first { quotationMark(text[$0...]) != nil }
    }
  return end ?? text.endIndex
}

/// The quotation mark at the start of a text.
///
/// Typographers' marks, `“”„″`, get into shortcodes where a text comes from a word processor. They
/// are the bytes E2 80 and one more.
private func quotationMark(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
  switch text.first {
  case UInt8(ascii: "\""), UInt8(ascii: "'"): return text.prefix(1)
  case 0xe2:
    let mark = text.prefix(3)
    let isMark = mark.count == 3 && mark.dropFirst().first == 0x80
    return isMark && [0x9c, 0x9d, 0x9e, 0xb3].contains(mark.last) ? mark : nil
  default: return nil
  }
}

/// Whether a byte may be in the name of a shortcode or of its attributes.
func isShortcodeName(_ byte: UInt8) -> Bool {
  (97...122).contains(byte | 0x20) || (48...57).contains(byte) || byte == UInt8(ascii: "_")
    || byte == UInt8(ascii: "-")
}
