/// The name of an element of HTML, small enough to be compared as a number: posts have thousands.
struct ElementName: Hashable, ExpressibleByStringLiteral {
  /// No element has a longer name.
  static let longest = 16

  private var letters: UInt128 = 0

  /// The name that begins at a place, in lower case; empty where none does.
  init(in bytes: [UInt8], from start: Int) {
    var place = start
    while place < bytes.count, place - start < ElementName.longest,
      isLetter(bytes[place]) || (place > start && isDigit(bytes[place]))
    {
      append(bytes[place])
      place += 1
    }
  }

  init(stringLiteral name: StaticString) {
    for index in 0..<name.utf8CodeUnitCount { unsafe append(name.utf8Start[index]) }
  }

  var isEmpty: Bool { letters == 0 }
  var count: Int { (UInt128.bitWidth - letters.leadingZeroBitCount + 7) / 8 }

  private mutating func append(_ byte: UInt8) {
    letters = letters << 8 | UInt128(byte | 0x20)
  }
}

private func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }

private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
