package import Model

/// A text without anything that breaks a feed or a message, and how much had to be mended.
///
/// A byte order mark at the start and the ends of lines are made uniform without being counted:
/// they are habits, not damage.
package struct RepairedText: Equatable, Sendable {
  package var text: String
  package var repairs: Repairs

  /// Reads bytes that should be UTF-8.
  ///
  /// Where they are not, and nothing else in them is a longer sequence of UTF-8, all are read as
  /// windows-1252; otherwise the bad bytes are dropped. Dropped, not replaced: U+FFFD is a flaw
  /// that readers see and validators report.
  package init(utf8 bytes: [UInt8]) {
    let text = String(validating: bytes, as: UTF8.self)
    self = text.flatMap(RepairedText.init(unlessDamaged:)) ?? RepairedText(repairing: bytes)
  }

  private init(repairing bytes: [UInt8]) {
    var repair = TextRepair(capacity: bytes.count)
    unsafe bytes.withUnsafeBufferPointer { unsafe repair.read($0) }
    text = String(decoding: repair.output, as: UTF8.self)
    repairs = repair.repairs
  }

  package init(_ text: String) {
    self = RepairedText(unlessDamaged: text) ?? RepairedText(repairing: Array(text.utf8))
  }

  /// Takes a text as it is; nil where something in it may be in need of repair.
  private init?(unlessDamaged text: String) {
    var text = text
    guard text.withUTF8({ unsafe needsNoRepair($0) }) else { return nil }
    self.text = text
    repairs = Repairs()
  }
}

private struct TextRepair {
  var output: [UInt8] = []
  var repairs = Repairs()

  init(capacity: Int) {
    output.reserveCapacity(capacity)
  }

  mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
    let isLatin = unsafe looksLikeWindows1252(text)
    var position = 0
    while position < text.count {
      if isLatin {
        unsafe readLatin(text[position])
        position += 1
      } else {
        unsafe position += readSequence(at: position, of: text)
      }
    }
    normaliseLineEnds()
  }

  private mutating func readLatin(_ byte: UInt8) {
    guard byte >= 0x80 else { return readASCII(byte) }
    repairs.note(.encoding)
    if let scalar = windows1252Scalar(byte) { append(scalar) }
  }

  private mutating func readASCII(_ byte: UInt8) {
    switch byte {
    case 0x09, 0x0a, 0x0d, 0x20..<0x7f: output.append(byte)
    default: repairs.note(.control)
    }
  }

  /// Reads one character, and returns how many bytes it took.
  private mutating func readSequence(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Int {
    let length = unsafe lengthOfScalar(at: position, of: text)
    switch length {
    case 0: repairs.note(.encoding)
    case 1: unsafe readASCII(text[position])
    default:
      let sequence = unsafe UnsafeBufferPointer(rebasing: text[position..<position + length])
      unsafe readLonger(sequence)
    }
    return max(length, 1)
  }

  private mutating func readLonger(_ sequence: UnsafeBufferPointer<UInt8>) {
    // Files that were joined begin with two byte order marks.
    if output.isEmpty, unsafe sequence.elementsEqual([0xef, 0xbb, 0xbf]) { return }
    if unsafe sequence[0] == 0xc2, unsafe sequence[1] < 0xa0 {
      repairs.note(.windows1252)
      if let scalar = unsafe windows1252Scalar(sequence[1]) { append(scalar) }
    } else if unsafe isNoncharacter(sequence) {
      repairs.note(.noncharacter)
    } else {
      unsafe output.append(contentsOf: sequence)
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
  }

  /// Makes CRLF and CR a LF.
  private mutating func normaliseLineEnds() {
    guard output.contains(0x0d) else { return }
    var kept = 0
    var previous: UInt8 = 0
    for byte in output {
      defer { previous = byte }
      if byte == 0x0a, previous == 0x0d { continue }
      output[kept] = byte == 0x0d ? 0x0a : byte
      kept += 1
    }
    output.removeSubrange(kept...)
  }
}

/// Whether bytes are not UTF-8, and none of them is a well-formed sequence of more than one byte.
private func looksLikeWindows1252(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  var isBroken = false
  var position = 0
  while position < text.count {
    let length = unsafe lengthOfScalar(at: position, of: text)
    if length > 1 { return false }
    isBroken = isBroken || length == 0
    position += 1
  }
  return isBroken
}

/// Whether a well-formed sequence is one of the 66 noncharacters: U+FDD0–FDEF, U+nFFFE, U+nFFFF.
private func isNoncharacter(_ sequence: UnsafeBufferPointer<UInt8>) -> Bool {
  let last = unsafe sequence[sequence.count - 1]
  let middle = unsafe sequence[sequence.count - 2]
  if sequence.count == 3, unsafe sequence[0] == 0xef, middle == 0xb7 {
    return (0x90...0xaf).contains(last)
  }
  guard middle == 0xbf, last >= 0xbe else { return false }
  return unsafe sequence.count == 4 ? sequence[1] & 0x0f == 0x0f : sequence[0] == 0xef
}

/// Whether nothing in well-formed UTF-8 can be in need of repair, as in most texts.
///
/// No controls, and no character that begins as a byte order mark does.
func needsNoRepair(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  var position = unsafe firstPosition(from: 0, in: text, where: doubtMarks)
  while position < text.count {
    guard unsafe mayStay(at: position, of: text) else { return false }
    position = unsafe firstPosition(from: position + 1, in: text, where: doubtMarks)
  }
  return true
}

/// Marks controls, and the first bytes of C1 controls and of noncharacters.
@inline(__always)
private func doubtMarks(_ word: UInt64) -> UInt64 {
  let low = word & 0x7f7f_7f7f_7f7f_7f7f
  let controls = ~(low &+ 0x6060_6060_6060_6060) & ~word
  let delete = (low &+ 0x0101_0101_0101_0101) & ~word
  let wide = (low &+ 0x1111_1111_1111_1111) & word
  return controls | delete | wide | marked(word, 0xc2)
}

private func mayStay(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
  switch unsafe text[position] {
  case 0x09, 0x0a: true
  case 0xc2: unsafe text[position + 1] >= 0xa0
  case 0xf0...: unsafe !isNoncharacter(UnsafeBufferPointer(rebasing: text[position..<position + 4]))
  default: false
  }
}
