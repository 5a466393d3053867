/// The next position at which a rule may have something to do, or the length of the text: most of
/// a text is letters and spaces, which are passed a word of the machine at a time.
func nextSign(in text: [UInt8], from start: Int) -> Int {
  let bytes = unsafe text.span.bytes
  var position = start
  while position + 8 <= text.count {
    let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
    let marks = signMarks(in: word.littleEndian)
    if marks != 0 { return position + marks.trailingZeroBitCount / 8 }
    position += 8
  }
  while position < text.count, !mayBeginSign(text[position]) { position += 1 }
  return position
}

/// Digits, what a keyboard has beside them, and the first byte of guillemets and the sign of
/// degrees.
private func mayBeginSign(_ byte: UInt8) -> Bool { (0x21...0x3f).contains(byte) || byte == 0xc2 }

/// A word in which the highest bit of the first such byte is set.
private func signMarks(in word: UInt64) -> UInt64 {
  let highBits: UInt64 = 0x8080_8080_8080_8080
  // Zero for a space, 1 to 31 for the signs behind it. No sum leaves its byte.
  let distance = word ^ 0x2020_2020_2020_2020
  let low = distance & ~highBits
  let isPastSpace = low &+ 0x7f7f_7f7f_7f7f_7f7f
  let isPastSigns = low &+ 0x6060_6060_6060_6060
  return ((isPastSpace & ~isPastSigns & ~distance) | marked(word, 0xc2)) & highBits
}
