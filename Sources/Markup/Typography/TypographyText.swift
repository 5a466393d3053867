/// A text in UTF-8 whose characters are read from any place, forward and backward.
///
/// A position is that of a character's first byte. Most of what rules look for is ASCII, so they may
/// look at the byte before or behind a sign too: where it is only a part of a character, there is
/// none.
struct TypographyText {
  let bytes: [UInt8]

  /// The character that begins at a position; nil outside of the text, and within a character.
  subscript(position: Int) -> Unicode.Scalar? {
    guard bytes.indices.contains(position) else { return nil }
    let lead = bytes[position]
    if lead < 0x80 { return Unicode.Scalar(lead) }
    return isContinuation(lead) ? nil : wideScalar(at: position)
  }

  /// The character that ends where another begins; nil at the start of the text.
  func scalar(before position: Int) -> Unicode.Scalar? { self[start(before: position)] }

  /// The position of the character before another; -1 at the start of the text.
  func start(before position: Int) -> Int {
    var start = position - 1
    while start > 0, isContinuation(bytes[start]) { start -= 1 }
    return start
  }

  private func wideScalar(at position: Int) -> Unicode.Scalar? {
    let lead = UInt32(bytes[position])
    let length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    var value = lead & 0x7f >> UInt32(length)
    for index in position + 1..<position + length {
      value = value << 6 | UInt32(bytes[index] & 0x3f)
    }
    return Unicode.Scalar(value)
  }
}

// MARK: - What rules ask

extension TypographyText {
  func isWord(at position: Int) -> Bool { self[position].map(isWordScalar) ?? false }

  func isWord(before position: Int) -> Bool { scalar(before: position).map(isWordScalar) ?? false }

  func isDigit(at position: Int) -> Bool {
    bytes.indices.contains(position) && isASCIIDigit(bytes[position])
  }

  /// The spaces that end before a position.
  func spaces(before position: Int) -> Range<Int> {
    var start = position
    while let scalar = scalar(before: start), isSpaceScalar(scalar) {
      start -= UTF8.width(scalar)
    }
    return start..<position
  }

  /// The spaces that begin at a position.
  func spaces(at position: Int) -> Range<Int> {
    position..<end(from: position, while: isSpaceScalar)
  }

  /// What stands between two spaces around a position.
  func word(around position: Int) -> Range<Int> {
    var start = position
    while let scalar = scalar(before: start), !isSpaceScalar(scalar) {
      start -= UTF8.width(scalar)
    }
    return start..<end(from: position) { !isSpaceScalar($0) }
  }

  @inline(__always)
  private func end(from position: Int, while condition: (Unicode.Scalar) -> Bool) -> Int {
    var end = position
    while let scalar = self[end], condition(scalar) { end += UTF8.width(scalar) }
    return end
  }
}
