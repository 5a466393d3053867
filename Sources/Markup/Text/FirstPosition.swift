/// The position of the first byte that is looked for, or the end of the text; eight bytes at once.
///
/// - Parameter step: how far it goes on each time; less than eight where what follows matters.
/// - Parameter marks: gives a word in which the first byte looked for has its highest bit set, and
///   none before it has; see `marked`.
@inline(__always)
func firstPosition(
  from start: Int,
  in text: UnsafeBufferPointer<UInt8>,
  by step: Int = 8,
  where marks: (UInt64) -> UInt64
) -> Int {
  var position = start
  while position < text.count {
    let found = unsafe marks(word(at: position, of: text)) & 0x8080_8080_8080_8080
    if found != 0 { return min(position + found.trailingZeroBitCount / 8, text.count) }
    position += step
  }
  return text.count
}

/// Eight bytes, the first in the lowest place; NUL for those behind the end.
@inline(__always)
private func word(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> UInt64 {
  let rest = text.count - position
  guard rest < 8, let base = text.baseAddress else {
    let bytes = UnsafeRawBufferPointer(text)
    return unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
  }
  return (0..<rest).reversed().reduce(0) { unsafe $0 << 8 | UInt64(base[position + $1]) }
}

/// A word in which the first byte that equals another has its highest bit set.
@inline(__always)
func marked(_ word: UInt64, _ byte: UInt8) -> UInt64 {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let difference = word ^ (ones &* UInt64(byte))
  return (difference &- ones) & ~difference
}
