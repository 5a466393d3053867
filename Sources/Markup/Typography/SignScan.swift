// Passing over letters and spaces, which most of a text is, a word of the machine at a time.

/// The next position at which a rule may have something to do, or the length of the text.
///
/// Such are digits, what a keyboard has beside them, and the first byte of guillemets and of the
/// sign of degrees.
func nextSign(in text: [UInt8], from start: Int) -> Int {
  scan(text, from: start) { word in
    // Zero for a space, 1 to 31 for the signs behind it. No sum leaves its byte.
    let distance = word ^ 0x2020_2020_2020_2020
    let low = distance & ~highBits
    let isPastSpace = low &+ 0x7f7f_7f7f_7f7f_7f7f
    let isPastSigns = low &+ 0x6060_6060_6060_6060
    return isPastSpace & ~isPastSigns & ~distance | marked(word, 0xc2)
  }
}

/// The next position at which a quotation mark of any kind may stand, or the length of the text.
func nextQuotationMark(in text: [UInt8], from start: Int) -> Int {
  scan(text, from: start) { word in
    marked(word, UInt8(ascii: "\"")) | marked(word, 0xc2) | marked(word, 0xe2)
  }
}

private let highBits: UInt64 = 0x8080_8080_8080_8080

/// Looks for the first byte whose highest bit is set in the marks of its word.
@inline(__always)
private func scan(_ text: [UInt8], from start: Int, marks: (UInt64) -> UInt64) -> Int {
  var position = start
  while position < text.count {
    let found = marks(word(at: position, of: text)) & highBits
    if found != 0 { return position + found.trailingZeroBitCount / 8 }
    position += 8
  }
  return text.count
}

/// Eight bytes, the first in the lowest place, with zeros behind the end of the text.
@inline(__always)
private func word(at position: Int, of text: [UInt8]) -> UInt64 {
  guard position + 8 <= text.count else {
    return text[position...].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
  return unsafe text.span.bytes
    .unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
}
