/// Where a text stands in a document, which decides what must be escaped in it.
protocol EscapingContext {
  /// Whether a character of printable ASCII is looked at, rather than copied.
  static func isSpecial(_ byte: UInt8) -> Bool

  /// A word in which the highest bit of the first special byte is set; see `marked`.
  static func marks(in word: UInt64) -> UInt64

  /// Whether U+2028 and U+2029 have substitutes.
  static var looksAtSeparators: Bool { get }

  /// What comes in the place of a character; nil where it may stay.
  ///
  /// Asked for special characters, controls, and every character past ASCII that is well-formed.
  func substitute(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Substitute?
}

/// At most eight bytes that come in the place of a character, the first in the lowest place.
struct Substitute {
  let bytes: UInt64
  let count: Int

  init(_ bytes: UInt64, _ count: Int) {
    self.bytes = bytes
    self.count = count
  }

  static let nothing = Substitute(0, 0)

  /// A character of at most four bytes in its own place.
  init(copying count: Int, from position: Int, of text: UnsafeBufferPointer<UInt8>) {
    var bytes: UInt64 = 0
    for index in (0..<count).reversed() {
      unsafe bytes = bytes << 8 | UInt64(text[position + index])
    }
    self.init(bytes, count)
  }
}
