/// The HTML of a digest, as tags and text.
///
/// It is for markup that a template gives, with quoted attributes; the check before sending needs
/// no parser that mends what others write.
struct DigestMarkup {
  struct Element {
    var name: String
    var attributes: [String: String]

    var style: [String: String] { declarations(attributes["style"] ?? "") }
    var classes: [String] { (attributes["class"] ?? "").split(separator: " ").map(String.init) }
  }

  enum Token {
    case open(Element)
    case close(String)
    case text(String)
  }

  private static let void: Set<String> = ["br", "hr", "img", "meta", "link", "input", "wbr", "col"]

  private(set) var tokens: [Token] = []
  /// The rules of all style blocks, but for those of conditional comments.
  private(set) var style = ""

  init(_ html: String) {
    let bytes = Array(html.utf8)
    var position = 0
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "<") else {
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        tokens.append(.text(unescaped(bytes[position..<end])))
        position = end
        continue
      }
      position = read(tagAt: position, of: bytes)
    }
  }

  /// Reads a tag or comment, and tells where it ends.
  private mutating func read(tagAt start: Int, of bytes: [UInt8]) -> Int {
    if bytes[start...].starts(with: "<!--".utf8) {
      return bytes.firstIndex(of: "-->", from: start).map { $0 + 3 } ?? bytes.count
    }
    let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
    let inside = bytes[(start + 1)..<end]
    let next = min(end + 1, bytes.count)
    switch inside.first {
    case UInt8(ascii: "!"): return next
    case UInt8(ascii: "/"):
      tokens.append(.close(String(decoding: inside.dropFirst(), as: UTF8.self).lowercased()))
      return next
    default: break
    }
    let element = Element(tag: inside)
    tokens.append(.open(element))
    if Self.void.contains(element.name) { tokens.append(.close(element.name)) }
    guard element.name == "style" else { return next }
    let styleEnd = bytes.firstIndex(of: "</style", from: next) ?? bytes.count
    style += String(decoding: bytes[next..<styleEnd], as: UTF8.self)
    return styleEnd
  }

  /// All elements of some names, each with the text in it.
  func elements(_ names: Set<String>) -> [(element: Element, text: String)] {
    tokens.indices.compactMap { index in
      guard case .open(let element) = tokens[index], names.contains(element.name) else {
        return nil
      }
      return (element, text(of: element.name, from: index))
    }
  }

  private func text(of name: String, from start: Int) -> String {
    var (text, depth) = ("", 0)
    for token in tokens[start...] {
      switch token {
      case .open(let element) where element.name == name: depth += 1
      case .open(let element) where element.name == "img": text += element.attributes["alt"] ?? ""
      case .close(name): depth -= 1
      case .text(let part): text += part
      default: break
      }
      if depth == 0 { break }
    }
    return Wrapping.singleLine(text)
  }
}

extension DigestMarkup.Element {
  /// Reads what is between `<` and `>`.
  fileprivate init(tag: ArraySlice<UInt8>) {
    let name = tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
    self.name = String(decoding: name, as: UTF8.self).lowercased()
    attributes = [:]
    var rest = tag[name.endIndex...]
    while let start = rest.firstIndex(where: { $0 > 0x20 && $0 != UInt8(ascii: "/") }) {
      let key = rest[start...].prefix { $0 > 0x20 && $0 != UInt8(ascii: "=") }
      rest = rest[key.endIndex...]
      var value: ArraySlice<UInt8> = []
      if rest.first == UInt8(ascii: "="), let quote = rest.dropFirst().first,
        quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
      {
        value = rest.dropFirst(2).prefix { $0 != quote }
        rest = rest[value.endIndex...].dropFirst()
      } else if rest.first == UInt8(ascii: "=") {
        value = rest.dropFirst().prefix { $0 > 0x20 }
        rest = rest[value.endIndex...]
      }
      attributes[String(decoding: key, as: UTF8.self).lowercased()] = unescaped(value)
    }
  }
}

/// The declarations of a style: `color` → `#1d1c1a`, without `!important`.
func declarations(_ style: String) -> [String: String] {
  var values: [String: String] = [:]
  for declaration in style.split(separator: ";") {
    guard let colon = declaration.firstIndex(of: ":") else { continue }
    let value = declaration[declaration.index(after: colon)...].replacing("!important", with: "")
    values[Wrapping.singleLine(String(declaration[..<colon])).lowercased()] =
      Wrapping.singleLine(String(value)).lowercased()
  }
  return values
}

/// Text of HTML without the references that templates use.
private func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
  let text = String(decoding: bytes, as: UTF8.self)
  guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
  var output = ""
  var rest = text[...]
  while let start = rest.firstIndex(of: "&") {
    output += rest[..<start]
    rest = rest[rest.index(after: start)...]
    guard let end = rest.prefix(10).firstIndex(of: ";"),
      let character = character(named: rest[..<end])
    else {
      output += "&"
      continue
    }
    output += character
    rest = rest[rest.index(after: end)...]
  }
  return output + rest
}

private func character(named name: Substring) -> String? {
  switch name {
  case "amp": return "&"
  case "lt": return "<"
  case "gt": return ">"
  case "quot": return "\""
  case "nbsp": return "\u{a0}"
  case "zwnj": return "\u{200c}"
  default: break
  }
  guard name.hasPrefix("#") else { return nil }
  let digits = name.dropFirst()
  let number =
    digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
  return number.flatMap(Unicode.Scalar.init).map { String($0) }
}
