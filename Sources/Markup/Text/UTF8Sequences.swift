/// The number of bytes of the well-formed UTF-8 sequence at a position, or 0 (RFC 3629 §4).
func lengthOfScalar(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Int {
  let lead = unsafe text[position]
  let length = lengthOfSequence(from: lead)
  guard length > 1 else { return length }
  guard position + length <= text.count else { return 0 }
  let second = unsafe text[position + 1]
  guard second >= leastSecond(after: lead), second <= mostSecond(after: lead) else { return 0 }
  if length > 2, unsafe !isContinuation(text[position + 2]) { return 0 }
  if length > 3, unsafe !isContinuation(text[position + 3]) { return 0 }
  return length
}

private func lengthOfSequence(from lead: UInt8) -> Int {
  if lead < 0x80 { return 1 }
  if lead < 0xc2 { return 0 }
  if lead < 0xe0 { return 2 }
  if lead < 0xf0 { return 3 }
  return lead < 0xf5 ? 4 : 0
}

/// Less would be a longer form of a character that has a shorter one.
private func leastSecond(after lead: UInt8) -> UInt8 {
  lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80
}

/// More would be a surrogate, or past Unicode.
private func mostSecond(after lead: UInt8) -> UInt8 {
  lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf
}

func isContinuation(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }
