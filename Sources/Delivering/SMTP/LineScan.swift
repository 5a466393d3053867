internal import Glibc

/// What one look at every byte of a message finds.
struct LineScan {
  /// Where lines begin with a dot.
  var dots: [Int] = []
  var first8Bit: Int?
  /// Where the empty line is that ends the header.
  var headerEnd: Int

  /// Looks at a message; nil where it has a CR or LF without the other.
  init?(_ message: Span<UInt8>) {
    headerEnd = message.count
    first8Bit = message.first8Bit
    var start = 0
    while start < message.count {
      if message[start] == 46 { dots.append(start) }
      let end = message.firstIndex(of: 10, from: start, to: message.count)
      let carriageReturn = message.firstIndex(of: 13, from: start, to: end ?? message.count)
      guard carriageReturn == end.map({ $0 - 1 }) else { return nil }
      guard let end else { return }
      if end == start + 1, headerEnd == message.count { headerEnd = start }
      start = end + 1
    }
  }
}

extension Span<UInt8> {
  /// Where a byte is, found as fast as the C library can.
  fileprivate func firstIndex(of byte: Int32, from start: Int, to end: Int) -> Int? {
    unsafe withUnsafeBytes { bytes in
      guard start < end, let base = bytes.baseAddress,
        let found = unsafe memchr(base + start, byte, end - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// Where the first byte is that is not ASCII, looked for in steps of 32.
  fileprivate var first8Bit: Int? {
    var index = 0
    while index + 32 <= count,
      (word(at: index) | word(at: index + 8) | word(at: index + 16) | word(at: index + 24))
        & 0x8080_8080_8080_8080 == 0
    {
      index += 32
    }
    while index < count {
      if self[index] >= 0x80 { return index }
      index += 1
    }
    return nil
  }

  private func word(at index: Int) -> UInt64 {
    unsafe withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    }
  }
}
