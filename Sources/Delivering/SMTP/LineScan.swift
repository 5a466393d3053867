/// What one look at every byte of a message finds.
struct LineScan {
  /// Where lines begin with a dot.
  var dots: [Int] = []
  var first8Bit: Int?
  /// Where the empty line is that ends the header.
  var headerEnd: Int

  private var lineStart = 0

  /// Looks at a message; nil where it has a CR or LF without the other.
  init?(_ message: Span<UInt8>) {
    headerEnd = message.count
    var index = 0
    while index < message.count {
      // Most words of eight bytes hold nothing of interest.
      if index != lineStart, index + 8 <= message.count, message.isPlainWord(at: index) {
        index += 8
      } else {
        guard take(message[index], at: index, of: message) else { return nil }
        index += 1
      }
    }
  }

  private mutating func take(_ byte: UInt8, at index: Int, of message: Span<UInt8>) -> Bool {
    if byte >= 0x80, first8Bit == nil { first8Bit = index }
    if byte == 46, index == lineStart { dots.append(index) }
    if byte == 13, index + 1 == message.count || message[index + 1] != 10 { return false }
    guard byte == 10 else { return true }
    guard index > lineStart, message[index - 1] == 13 else { return false }
    if index == lineStart + 1, headerEnd == message.count { headerEnd = index }
    lineStart = index + 1
    return true
  }
}

extension Span<UInt8> {
  /// Whether the eight bytes from an index on are ASCII, and none of them is below 16.
  fileprivate func isPlainWord(at index: Int) -> Bool {
    let word = unsafe withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    }
    let highBits: UInt64 = 0x8080_8080_8080_8080
    // Adding 112 carries each ASCII byte of 16 or more into its high bit.
    return word & highBits == 0 && (word &+ 0x7070_7070_7070_7070) & highBits == highBits
  }
}
