/// The number of bytes of the well-formed UTF-8 sequence at a position, or 0 (RFC 3629 §4).
func lengthOfScalar(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Int {
  let lead = unsafe text[position]
  let (length, second) = shape(ofSequenceFrom: lead)
  guard length > 0, position + length <= text.count else { return 0 }
  guard length > 1 else { return 1 }
  guard unsafe second.contains(text[position + 1]) else { return 0 }
  for offset in 2..<max(length, 2) where unsafe !isContinuation(text[position + offset]) {
    return 0
  }
  return length
}

/// How long a sequence is, and what its second byte may be: neither overlong nor a surrogate.
private func shape(ofSequenceFrom lead: UInt8) -> (length: Int, second: ClosedRange<UInt8>) {
  switch lead {
  case 0x00...0x7f: (1, 0x80...0xbf)
  case 0xc2...0xdf: (2, 0x80...0xbf)
  case 0xe0: (3, 0xa0...0xbf)
  case 0xed: (3, 0x80...0x9f)
  case 0xe1...0xef: (3, 0x80...0xbf)
  case 0xf0: (4, 0x90...0xbf)
  case 0xf4: (4, 0x80...0x8f)
  case 0xf1...0xf3: (4, 0x80...0xbf)
  default: (0, 0x80...0xbf)
  }
}

private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }
