extension HTMLScan {
  func starts(with text: StaticString) -> Bool {
    text.withUTF8Buffer { unsafe html[min(position, html.count)...].starts(with: $0) }
  }

  mutating func skipPast(_ character: Unicode.Scalar) {
    while let next = byte(at: position) {
      position += 1
      if next == UInt8(ascii: character) { return }
    }
  }

  /// Goes behind the next such text, whatever the case of its letters; false where there is none.
  ///
  /// What was not found is not sought again: a text may begin very many elements that never end.
  ///
  /// - Parameter text: ASCII in lower case that begins with no letter.
  mutating func skip(past text: String) -> Bool {
    guard !absent.contains(text) else { return false }
    var rest = unsafe html[min(position, html.count)...]
    while let start = unsafe rest.firstIndex(of: text.utf8.first ?? 0) {
      unsafe rest = rest[start...]
      if unsafe rest.lazy.map(lowercased).starts(with: text.utf8) {
        position = start + text.utf8.count
        return true
      }
      unsafe rest = rest.dropFirst()
    }
    absent.insert(text)
    return false
  }

  /// Reads to the end of a tag, and returns the number of its attributes.
  mutating func skipAttributes(from start: Int) throws(HTMLError) -> Int {
    var count = 0
    let embeddedBefore = embeddedBytes
    endsItself = false
    while let next = byte(at: position), next != UInt8(ascii: ">") {
      endsItself = next == UInt8(ascii: "/")
      if isHTMLSpace(next) || next == UInt8(ascii: "/") {
        position += 1
      } else {
        count += 1
        skipAttribute()
      }
      guard position - start - (embeddedBytes - embeddedBefore) <= HTMLLimits.tagBytes else {
        throw .tagTooLong(bytes: HTMLLimits.tagBytes)
      }
    }
    position += 1
    return count
  }

  private mutating func skipAttribute() {
    position += 1  // also where it is an equals sign
    skip { !isHTMLSpace($0) && !"/>=".utf8.contains($0) }
    let end = position
    skip(while: isHTMLSpace)
    guard byte(at: position) == UInt8(ascii: "=") else {
      position = end
      return
    }
    position += 1
    skip(while: isHTMLSpace)
    skipValue()
  }

  private mutating func skipValue() {
    let start = position
    switch byte(at: position) {
    case UInt8(ascii: "\""): skipQuoted(by: "\"")
    case UInt8(ascii: "'"): skipQuoted(by: "'")
    default: skip { !isHTMLSpace($0) && $0 != UInt8(ascii: ">") }
    }
    if unsafe isEmbeddedData(start..<min(position, html.count)) {
      embeddedBytes += position - start
    }
  }

  private mutating func skipQuoted(by quote: Unicode.Scalar) {
    position += 1
    skipPast(quote)
  }

  /// Whether a value is `data:…;base64,…` to its end, and so none that lost its quotation mark.
  private func isEmbeddedData(_ range: Range<Int>) -> Bool {
    let value = unsafe html[range].drop { "\"'".utf8.contains($0) || isHTMLSpace($0) }
    guard unsafe value.prefix(5).map(lowercased).elementsEqual("data:".utf8) else { return false }
    return unsafe value.allSatisfy { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
  }

  private mutating func skip(while condition: (UInt8) -> Bool) {
    while let next = byte(at: position), condition(next) { position += 1 }
  }
}
