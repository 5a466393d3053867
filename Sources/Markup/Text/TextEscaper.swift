/// Escapes text for a document, without what the document could not hold.
///
/// Control characters, U+FFFE, U+FFFF, surrogates and whatever is not UTF-8 are left out; CR is
/// too, since an XML parser would turn it into LF. So a text is the same in every format. It is
/// looked at sixteen bytes at a time and copied in runs: libxml2 escapes byte by byte, which was
/// half of the time of writing a feed.
@safe
struct TextEscaper: ~Copyable {
  /// Longer texts are escaped in pieces.
  private static let piece = 16_384

  /// Has room for a piece of which every byte becomes six, and is stored as eight.
  private let output = UnsafeMutableRawPointer.allocate(byteCount: piece * 6 + 8, alignment: 16)

  deinit {
    unsafe output.deallocate()
  }

  /// Escapes a text, and lends the result piece by piece.
  borrowing func escape(
    _ text: UnsafeBufferPointer<UInt8>,
    in context: some EscapingContext,
    _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var rest = unsafe text[...]
    while unsafe !rest.isEmpty {
      let piece = unsafe UnsafeBufferPointer(rebasing: rest.prefix(endOfPiece(rest)))
      let count = unsafe escape(piece, in: context)
      let escaped = unsafe output.assumingMemoryBound(to: UInt8.self)
      unsafe body(UnsafeBufferPointer(start: escaped, count: count))
      unsafe rest = rest.dropFirst(piece.count)
    }
  }

  /// Escapes a text, and appends the result to other bytes.
  borrowing func append(
    _ text: UnsafeBufferPointer<UInt8>,
    in context: some EscapingContext,
    to bytes: inout [UInt8]
  ) {
    unsafe escape(text, in: context) { unsafe bytes.append(contentsOf: $0) }
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
    in context: Context
  ) -> Int {
    guard let start = text.baseAddress else { return 0 }
    var written = 0
    var copied = 0
    var position = unsafe firstSpecial(in: text, from: 0, Context.self)
    while position < text.count {
      let special = unsafe SpecialCharacter(at: position, of: text, in: context)
      if let substitute = special.substitute {
        let run = position - copied
        unsafe (output + written).copyMemory(from: start + copied, byteCount: run)
        unsafe (output + written + run)
          .storeBytes(of: substitute.bytes.littleEndian, as: UInt64.self)
        written += run + substitute.count
        copied = position + special.length
      }
      position = unsafe firstSpecial(in: text, from: position + special.length, Context.self)
    }
    unsafe (output + written).copyMemory(from: start + copied, byteCount: text.count - copied)
    return written + text.count - copied
  }
}

/// A character that cannot simply be copied: how long it is, and what comes in its place.
private struct SpecialCharacter {
  let length: Int
  /// Nil where it may stay after all.
  let substitute: Substitute?

  init(at position: Int, of text: UnsafeBufferPointer<UInt8>, in context: some EscapingContext) {
    let length = unsafe lengthOfScalar(at: position, of: text)
    self.length = max(length, 1)
    if unsafe length == 0 || isForbidden(at: position, of: text) {
      substitute = .nothing
    } else {
      substitute = unsafe context.substitute(at: position, of: text)
    }
  }
}

/// Whether the well-formed sequence is U+FFFE or U+FFFF, which XML 1.0 does not have.
private func isForbidden(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
  unsafe text[position] == 0xef && text[position + 1] == 0xbf && text[position + 2] >= 0xbe
}

/// The first byte from a position on that is not an ordinary ASCII character, or the end.
private func firstSpecial<Context: EscapingContext>(
  in text: UnsafeBufferPointer<UInt8>,
  from start: Int,
  _: Context.Type
) -> Int {
  guard let base = text.baseAddress else { return start }
  let bytes = unsafe UnsafeRawPointer(base)
  var position = start
  while position + 16 <= text.count {
    let block = unsafe bytes.loadUnaligned(fromByteOffset: position, as: SIMD2<UInt64>.self)
    if let lane = firstSpecialLane(block, Context.self) { return position + lane }
    position += 16
  }
  while position < text.count, unsafe !isSpecial(text[position], Context.self) { position += 1 }
  return position
}

/// The first byte of sixteen that is special, or nil.
///
/// Two words of eight bytes each, with arithmetic that wraps: the comparisons of SIMD types, which
/// would say the same, are calls a hundred times as slow in Swift 6.3. A subtraction borrows from
/// the next byte only where it has found something, so the lowest mark is always right.
private func firstSpecialLane<Context: EscapingContext>(
  _ words: SIMD2<UInt64>,
  _: Context.Type
) -> Int? {
  var marks = words | (words &- SIMD2(repeating: 0x2020_2020_2020_2020))
  marks |= Context.marks(in: words)
  marks &= SIMD2(repeating: 0x8080_8080_8080_8080)
  if marks.x != 0 { return marks.x.trailingZeroBitCount / 8 }
  return marks.y == 0 ? nil : 8 + marks.y.trailingZeroBitCount / 8
}

private func isSpecial<Context: EscapingContext>(_ byte: UInt8, _: Context.Type) -> Bool {
  byte < 0x20 || byte >= 0x80 || Context.isSpecial(byte)
}
