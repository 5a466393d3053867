import Glibc

/// Turns the bytes of a charset into UTF-8, chunk after chunk.
///
/// A character may be cut between two chunks. What is malformed is dropped and counted. UTF-8 goes
/// through as it is: who reads the text mends it.
@safe
package struct CharsetDecoder: ~Copyable {
  /// Nil for UTF-8.
  private let conversion: iconv_t?
  /// How many bytes to pass over where they cannot be read.
  private let unit: Int
  /// The beginning of a character whose end is still to come.
  private var pending: [UInt8] = []
  /// How many bytes could not be read.
  package private(set) var malformedBytes = 0

  /// More than any character, or change of state, takes.
  private static let longestSequence = 16

  /// Nil where the system lacks the charset.
  package init?(_ charset: Charset) {
    unit = charset.isUTF16 ? 2 : 1
    guard charset != .utf8 else {
      unsafe conversion = nil
      return
    }
    let opened = unsafe iconv_open("UTF-8", charset.iconvName)
    guard unsafe opened != iconv_t(bitPattern: -1) else { return nil }
    unsafe conversion = opened
  }

  deinit {
    if let conversion = unsafe conversion { unsafe iconv_close(conversion) }
  }

  /// Reads one more chunk, and appends its text.
  package mutating func decode(_ bytes: ArraySlice<UInt8>, into output: inout [UInt8]) {
    guard let conversion = unsafe conversion else { return output += bytes }
    var input = pending + bytes
    let unread = unsafe input.withUnsafeMutableBufferPointer { buffer in
      var rest = unsafe IconvInput(buffer)
      unsafe decode(&rest, by: conversion, into: &output)
      return unsafe rest.count
    }
    pending = Array(input.suffix(unread))
  }

  /// Appends what iconv keeps back for an accent to come, and drops a character that never ended.
  package mutating func finish(into output: inout [UInt8]) {
    malformedBytes += pending.count
    pending = []
    guard let conversion = unsafe conversion else { return }
    _ = unsafe converted(by: conversion, from: nil, nil, into: &output)
  }

  /// Reads until there is nothing more, or only the beginning of a character.
  private mutating func decode(
    _ input: inout IconvInput,
    by conversion: iconv_t,
    into output: inout [UInt8]
  ) {
    while unsafe input.count > 0 {
      switch unsafe input.convert(by: conversion, into: &output) {
      case .all, .full: break
      case .cut where unsafe input.count < CharsetDecoder.longestSequence: return
      case .malformed, .cut: malformedBytes += unsafe input.skip(unit)
      }
    }
  }
}

/// What of a chunk iconv has not read yet.
@unsafe
private struct IconvInput {
  enum Stop {
    case all, full, cut, malformed
  }

  private var next: UnsafeMutablePointer<CChar>?
  private(set) var count: Int

  init(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
    let raw = UnsafeMutableRawPointer(bytes.baseAddress)
    unsafe next = raw?.assumingMemoryBound(to: CChar.self)
    unsafe count = bytes.count
  }

  /// Converts as much as a piece of output holds.
  mutating func convert(by conversion: iconv_t, into output: inout [UInt8]) -> Stop {
    let before = (unsafe count, output.count)
    switch unsafe converted(by: conversion, from: &next, &count, into: &output) {
    case 0: return .all
    case EINVAL: return .cut
    // A piece has room for any character: what takes no step forward never will.
    case E2BIG where unsafe (count, output.count) != before: return .full
    default: return .malformed
    }
  }

  /// Passes over some bytes, and tells how many.
  mutating func skip(_ bytes: Int) -> Int {
    let skipped = unsafe min(bytes, count)
    unsafe next = next.map { unsafe $0 + skipped }
    unsafe count -= skipped
    return skipped
  }
}

/// Converts as much as a piece of output holds; returns why it stopped, or 0 at the end.
private func converted(
  by conversion: iconv_t,
  from input: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
  _ count: UnsafeMutablePointer<Int>?,
  into output: inout [UInt8]
) -> Int32 {
  unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { piece in
    var end = piece.baseAddress
    var room = piece.count
    let result = unsafe iconv(conversion, input, count, &end, &room)
    let reason = errno
    let written = unsafe UnsafeRawBufferPointer(piece).prefix(piece.count - room)
    unsafe output.append(contentsOf: written)
    return result == -1 ? reason : 0
  }
}
