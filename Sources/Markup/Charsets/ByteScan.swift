/// Reads ASCII words out of bytes of any charset that has them.
struct ByteScan {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) {
    rest = Array(bytes)[...]
  }

  mutating func skip(while condition: (UInt8) -> Bool) {
    rest = rest.drop(while: condition)
  }

  /// Takes a word, whatever the case of its letters; false where something else comes.
  mutating func take(_ word: String) -> Bool {
    guard rest.prefix(word.utf8.count).map(lowercased).elementsEqual(word.utf8) else {
      return false
    }
    rest = rest.dropFirst(word.utf8.count)
    return true
  }

  /// Goes behind the next such word; false, and at the end, where there is none.
  mutating func skip(past word: String) -> Bool {
    while !rest.isEmpty {
      if take(word) { return true }
      rest.removeFirst()
    }
    return false
  }

  /// Takes a value, to its quotation mark or to a byte that ends it without one.
  mutating func takeValue(until isEnd: (UInt8) -> Bool) -> String? {
    guard let quote = rest.first else { return nil }
    let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    if isQuoted { rest.removeFirst() }
    let value = rest.prefix { isQuoted ? $0 != quote : !isEnd($0) }
    rest = rest[value.endIndex...].dropFirst(isQuoted ? 1 : 0)
    return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
  }

  /// Takes the attributes of a tag, names in lower case, the first of a name.
  mutating func takeAttributes() -> [String: String] {
    var attributes: [String: String] = [:]
    while true {
      skip { isHTMLSpace($0) || $0 == UInt8(ascii: "/") }
      let name = rest.prefix { !isHTMLSpace($0) && !"=>/".utf8.contains($0) }
      guard !name.isEmpty || rest.first == UInt8(ascii: "=") else { return attributes }
      rest = rest[name.endIndex...]
      skip(while: isHTMLSpace)
      var value: String?
      if take("=") {
        skip(while: isHTMLSpace)
        value = takeValue { isHTMLSpace($0) || $0 == UInt8(ascii: ">") }
      }
      let key = String(decoding: name.map(lowercased), as: UTF8.self)
      attributes[key] = attributes[key] ?? value ?? ""
    }
  }
}
