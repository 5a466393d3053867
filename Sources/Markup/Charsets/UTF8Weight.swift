/// How much of a text is UTF-8, beyond what is ASCII in any charset.
struct UTF8Weight {
  /// Well-formed sequences of more than one byte.
  private var sequences = 0
  private var malformedBytes = 0

  init(of start: [UInt8]) {
    unsafe start.withUnsafeBufferPointer { text in
      var position = 0
      while position < text.count {
        let length = unsafe lengthOfScalar(at: position, of: text)
        if length > 1 { sequences += 1 }
        if length == 0, unsafe !isCut(text[position...]) { malformedBytes += 1 }
        position += max(length, 1)
      }
    }
  }

  /// Whether this is UTF-8, although another charset is declared.
  ///
  /// One word in a charset of single bytes does not come out as UTF-8; in one of two bytes a short
  /// text can.
  func refutes(_ charset: Charset) -> Bool {
    malformedBytes == 0 && sequences >= (charset.isOfSingleBytes ? 1 : 50) && !charset.isUTF16
  }

  private var isUnlikely: Bool { malformedBytes > sequences }

  /// What the text is when nothing says so.
  func guess(of start: [UInt8]) -> Charset {
    isUnlikely ? likelySingleByteCharset(of: start) : .utf8
  }

  /// Whether bytes can be what they are said to be.
  func allows(_ charset: Charset, in start: [UInt8]) -> Bool {
    if charset == .utf8 { return !isUnlikely }
    // A text in UTF-16 has a zero beside each ASCII character.
    return !charset.isUTF16 || start.contains(0)
  }
}

/// Whether bytes can be the beginning of a character whose rest is in the next chunk.
private func isCut(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
  guard unsafe rest.count < 4, let lead = unsafe rest.first else { return false }
  return lead >= 0xc2 && (unsafe rest.dropFirst().allSatisfy(isContinuation))
}
