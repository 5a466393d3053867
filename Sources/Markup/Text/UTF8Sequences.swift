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

/// Whether a text is UTF-8 throughout: eight bytes at a time where they are ASCII, two or three
/// where they are letters with accents, dashes or quotes.
func isWellFormedUTF8(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let base = text.baseAddress else { return true }
  let bytes = unsafe UnsafeRawPointer(base)
  var position = 0
  while position + 8 <= text.count {
    let word = unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
    let marks = word & 0x8080_8080_8080_8080
    guard marks != 0 else {
      position += 8
      continue
    }
    let ascii = marks.trailingZeroBitCount / 8
    position += ascii
    // The sequence is often in the word already.
    let length = ascii <= 5 ? lengthOfCommonSequence(word >> UInt64(ascii * 8)) : 0
    position += length
    guard length == 0 else { continue }
    let rareLength = unsafe lengthOfScalar(at: position, of: text)
    guard rareLength > 0 else { return false }
    position += rareLength
  }
  while position < text.count {
    let length = unsafe lengthOfScalar(at: position, of: text)
    guard length > 0 else { return false }
    position += length
  }
  return true
}

/// The length of the sequence of two or three bytes that a word begins with, its first byte in the
/// lowest place; 0 where more has to be known.
@inline(__always)
private func lengthOfCommonSequence(_ word: UInt64) -> Int {
  if word & 0xc0e0 == 0x80c0 { return word & 0x1e == 0 ? 0 : 2 }
  let isThree = word & 0xc0_c0f0 == 0x80_80e0
  let lead = word & 0x0f
  return isThree && lead != 0x00 && lead != 0x0d ? 3 : 0
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
