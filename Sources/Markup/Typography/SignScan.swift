// Passing over letters and spaces, which most of a text is, a word of the machine at a time.

/// The next position at which a rule may have something to do, or the length of the text.
///
/// Such are digits, what a keyboard has beside them, and the first byte of guillemets and of the
/// sign of degrees.
func nextSign(in text: [UInt8], from start: Int) -> Int {
  firstPosition(in: text, from: start) { word in
    // Zero for a space, 1 to 31 for the signs behind it. No sum leaves its byte.
    let distance = word ^ 0x2020_2020_2020_2020
    let low = distance & ~0x8080_8080_8080_8080
    let isPastSpace = low &+ 0x7f7f_7f7f_7f7f_7f7f
    let isPastSigns = low &+ 0x6060_6060_6060_6060
    return isPastSpace & ~isPastSigns & ~distance | marked(word, 0xc2)
  }
}

/// The next position at which a quotation mark of any kind may stand, or the length of the text.
func nextQuotationMark(in text: [UInt8], from start: Int) -> Int {
  firstPosition(in: text, from: start) { word in
    marked(word, UInt8(ascii: "\"")) | marked(word, 0xc2) | marked(word, 0xe2)
  }
}

@inline(__always)
private func firstPosition(in text: [UInt8], from start: Int, marks: (UInt64) -> UInt64) -> Int {
  unsafe text.withUnsafeBufferPointer { unsafe firstPosition(from: start, in: $0, where: marks) }
}
