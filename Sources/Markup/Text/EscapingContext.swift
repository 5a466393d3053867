/// Where a text stands in a document, which decides what must be escaped in it.
protocol EscapingContext {
  /// Whether a character of printable ASCII is looked at, rather than copied.
  static func isSpecial(_ byte: UInt8) -> Bool

  /// Words in which the highest bit of the first special byte is set; see `marked`.
  static func marks(in words: SIMD2<UInt64>) -> SIMD2<UInt64>

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
}

/// Words in which the first byte that equals another has its highest bit set.
func marked(_ words: SIMD2<UInt64>, _ byte: UInt8) -> SIMD2<UInt64> {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let differences = words ^ SIMD2(repeating: ones &* UInt64(byte))
  return (differences &- SIMD2(repeating: ones)) & ~differences
}
