/// Escapes text for a document, without what the document could not hold.
///
/// Control characters, U+FFFE, U+FFFF, surrogates and whatever is not UTF-8 are left out; CR is
/// too, since an XML parser would turn it into LF. So a text is the same in every format. libxml2
/// escapes byte by byte, which was half of the time of writing a feed.
@safe
struct TextEscaper: ~Copyable {
  /// Longer texts are escaped in pieces.
  private static let piece = 4_096

  /// Has room for a piece of which every byte becomes six, and for the sixteen that are stored at
  /// once.
  private let output = UnsafeMutableRawPointer.allocate(byteCount: piece * 6 + 16, alignment: 16)

  deinit {
    unsafe output.deallocate()
  }

  /// Escapes a text, and lends the result piece by piece.
  ///
  /// - Parameter isTrusted: whether the text is known to be UTF-8. To find that out takes longer
  ///   than to escape it.
  borrowing func escape(
    _ text: UnsafeBufferPointer<UInt8>,
    in context: some EscapingContext,
    isTrusted: Bool = false,
    _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var rest = unsafe text[...]
    while unsafe !rest.isEmpty {
      let piece = unsafe UnsafeBufferPointer(rebasing: rest.prefix(endOfPiece(rest)))
      let isWellFormed = unsafe isTrusted || isWellFormedUTF8(piece)
      let count = unsafe escape(piece, in: context, isWellFormed: isWellFormed)
      let escaped = unsafe output.assumingMemoryBound(to: UInt8.self)
      unsafe body(UnsafeBufferPointer(start: escaped, count: count))
      unsafe rest = rest.dropFirst(piece.count)
    }
  }

  /// Escapes a text, and appends the result to other bytes.
  borrowing func append(
    _ text: UnsafeBufferPointer<UInt8>,
    in context: some EscapingContext,
    isTrusted: Bool = false,
    to bytes: inout [UInt8]
  ) {
    unsafe escape(text, in: context, isTrusted: isTrusted) {
      unsafe bytes.append(contentsOf: $0)
    }
  }

  /// The length of the next piece, which does not end inside a character.
  private borrowing func endOfPiece(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    guard unsafe rest.count > TextEscaper.piece else { return unsafe rest.count }
    let end = unsafe rest.startIndex + TextEscaper.piece
    let start = (end - 3...end).last { unsafe !isContinuation(rest[$0]) } ?? end
    return unsafe start - rest.startIndex
  }

  private borrowing func escape<Context: EscapingContext>(
    _ text: UnsafeBufferPointer<UInt8>,
    in context: Context,
    isWellFormed: Bool
  ) -> Int {
    guard let base = text.baseAddress else { return 0 }
    let input = unsafe UnsafeRawPointer(base)
    var position = 0
    var written = 0
    while position < text.count {
      let rest = text.count - position
      let plain =
        isWellFormed
        ? unsafe copyPlain(from: input + position, rest, to: written, Context.self)
        : unsafe copyASCII(from: input + position, rest, to: written, Context.self)
      position += plain
      written += plain
      guard position < text.count else { break }
      let special = unsafe SpecialCharacter(at: position, of: text, in: context)
      let substitute = special.substitute
      unsafe (output + written).storeBytes(of: substitute.bytes.littleEndian, as: UInt64.self)
      written += substitute.count
      position += special.length
    }
    return written
  }

  /// Copies well-formed text up to the next character that has to be looked at, and gives the
  /// length of what was copied.
  ///
  /// Two words at a time, whatever is in them: what follows the first special byte is written over.
  /// The comparisons of SIMD types, which would do that at once, are calls a hundred times as slow
  /// in Swift 6.3.
  @inline(__always)
  private borrowing func copyPlain<Context: EscapingContext>(
    from input: UnsafeRawPointer,
    _ count: Int,
    to written: Int,
    _: Context.Type
  ) -> Int {
    let target = unsafe output + written
    var position = 0
    while position + 16 <= count {
      let first = unsafe input.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let second = unsafe input.loadUnaligned(fromByteOffset: position + 8, as: UInt64.self)
      unsafe target.storeBytes(of: first, toByteOffset: position, as: UInt64.self)
      unsafe target.storeBytes(of: second, toByteOffset: position + 8, as: UInt64.self)
      let marks = specialMarks(in: first.littleEndian, Context.self)
      if marks != 0 { return position + marks.trailingZeroBitCount / 8 }
      let marksAfter = specialMarks(in: second.littleEndian, Context.self)
      if marksAfter != 0 { return position + 8 + marksAfter.trailingZeroBitCount / 8 }
      position += 16
    }
    while position + 8 <= count {
      let word = unsafe input.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      unsafe target.storeBytes(of: word, toByteOffset: position, as: UInt64.self)
      let marks = specialMarks(in: word.littleEndian, Context.self)
      if marks != 0 { return position + marks.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < count {
      let byte = unsafe input.load(fromByteOffset: position, as: UInt8.self)
      guard byte >= 0x20, byte != 0xef, byte != 0xe2, !Context.isSpecial(byte) else {
        return position
      }
      unsafe target.storeBytes(of: byte, toByteOffset: position, as: UInt8.self)
      position += 1
    }
    return position
  }

  /// The same for text that is not well-formed: every character past ASCII is looked at.
  private borrowing func copyASCII<Context: EscapingContext>(
    from input: UnsafeRawPointer,
    _ count: Int,
    to written: Int,
    _: Context.Type
  ) -> Int {
    for position in 0..<count {
      let byte = unsafe input.load(fromByteOffset: position, as: UInt8.self)
      guard byte >= 0x20, byte < 0x80, !Context.isSpecial(byte) else { return position }
      unsafe (output + written).storeBytes(of: byte, toByteOffset: position, as: UInt8.self)
    }
    return count
  }
}

/// A character that has to be looked at: how long it is, and what comes in its place.
private struct SpecialCharacter {
  let length: Int
  let substitute: Substitute

  init(at position: Int, of text: UnsafeBufferPointer<UInt8>, in context: some EscapingContext) {
    let length = unsafe lengthOfScalar(at: position, of: text)
    self.length = max(length, 1)
    if unsafe length == 0 || isForbidden(at: position, of: text) {
      substitute = .nothing
    } else {
      substitute =
        unsafe context.substitute(at: position, of: text)
        ?? Substitute(copying: length, from: position, of: text)
    }
  }
}

/// Whether the well-formed sequence is U+FFFE or U+FFFF, which XML 1.0 does not have.
private func isForbidden(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
  unsafe text[position] == 0xef && text[position + 1] == 0xbf && text[position + 2] >= 0xbe
}

/// A word in which the first byte that has to be looked at has its highest bit set: a control, what
/// the context names, and the first bytes of the few wide characters that may not stay.
///
/// Arithmetic that wraps: a subtraction borrows from the next byte only where it has found
/// something, so the lowest mark is always right.
@inline(__always)
private func specialMarks<Context: EscapingContext>(in word: UInt64, _: Context.Type) -> UInt64 {
  let controls = (word &- 0x2020_2020_2020_2020) & ~word
  let wide = marked(word, 0xef) | (Context.looksAtSeparators ? marked(word, 0xe2) : 0)
  return (controls | wide | Context.marks(in: word)) & 0x8080_8080_8080_8080
}
