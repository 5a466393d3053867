/// Where a text stands in an XML document, which decides what must be escaped in it.
enum XMLContext {
  case element, attribute
}

/// Escapes text as character data, without what XML 1.0 §2.2 forbids.
///
/// Control characters, U+FFFE, U+FFFF, surrogates and whatever is not UTF-8 are left out; CR is
/// too, since a parser would turn it into LF. The text is looked at sixteen bytes at a time and
/// copied in runs: libxml2 escapes byte by byte, which was half of the time of writing a feed.
@safe
struct XMLEscaper: ~Copyable {
  /// Longer texts are escaped in pieces.
  private static let piece = 16_384

  /// Has room for a piece of which every byte becomes a reference of six, and is stored as eight.
  private let output = UnsafeMutableRawPointer.allocate(byteCount: piece * 6 + 8, alignment: 16)

  deinit {
    unsafe output.deallocate()
  }

  /// Escapes a text, and lends the result piece by piece.
  borrowing func escape(
    _ text: UnsafeBufferPointer<UInt8>,
    in context: XMLContext,
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

  /// The length of the next piece, which does not end inside a character.
  private borrowing func endOfPiece(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    guard unsafe rest.count > XMLEscaper.piece else { return unsafe rest.count }
    let end = unsafe rest.startIndex + XMLEscaper.piece
    let start = (end - 3...end).last { unsafe !isContinuation(rest[$0]) } ?? end
    return unsafe start - rest.startIndex
  }

  private borrowing func escape(
    _ text: UnsafeBufferPointer<UInt8>,
    in context: XMLContext
  ) -> Int {
    guard let start = text.baseAddress else { return 0 }
    var written = 0
    var copied = 0
    var position = unsafe firstSpecial(in: text, from: 0)
    while true {
      let special = unsafe XMLSpecial(at: position, of: text, in: context)
      if !special.isPlain {
        let run = position - copied
        unsafe (output + written).copyMemory(from: start + copied, byteCount: run)
        unsafe (output + written + run)
          .storeBytes(of: special.substitute.littleEndian, as: UInt64.self)
        written += run + special.substituteLength
        copied = position + special.length
      }
      guard position < text.count else { return written }
      position = unsafe firstSpecial(in: text, from: position + special.length)
    }
  }
}

/// A byte that cannot simply be copied, and what comes in its place.
private struct XMLSpecial {
  /// How many bytes it and those that belong to it are.
  var length = 1
  /// Whether it may stay after all: a well-formed sequence of UTF-8, or white space.
  var isPlain = false
  /// A reference of at most eight bytes, the first in the lowest place.
  var substitute: UInt64 = 0
  var substituteLength = 0

  init(at position: Int, of text: UnsafeBufferPointer<UInt8>, in context: XMLContext) {
    guard position < text.count else { return }
    switch (unsafe text[position], context) {
    case (UInt8(ascii: "&"), _): (substitute, substituteLength) = XMLSpecial.ampersand
    case (UInt8(ascii: "<"), _): (substitute, substituteLength) = XMLSpecial.less
    case (UInt8(ascii: ">"), _): (substitute, substituteLength) = XMLSpecial.greater
    case (UInt8(ascii: "\""), .attribute): (substitute, substituteLength) = XMLSpecial.quote
    // A parser turns white space in an attribute into spaces (XML 1.0 §3.3.3).
    case (0x09, .attribute): (substitute, substituteLength) = XMLSpecial.tab
    case (0x0a, .attribute): (substitute, substituteLength) = XMLSpecial.lineFeed
    case (UInt8(ascii: "\""), _), (0x09, _), (0x0a, _): isPlain = true
    case (0x80..., _):
      let sequence = unsafe lengthOfScalar(at: position, of: text)
      isPlain = unsafe sequence > 0 && !isForbidden(at: position, of: text)
      length = max(sequence, 1)
    default: break
    }
  }

  private static let ampersand: (UInt64, Int) = (0x3b_706d_6126, 5)  // &amp;
  private static let less: (UInt64, Int) = (0x3b74_6c26, 4)  // &lt;
  private static let greater: (UInt64, Int) = (0x3b74_6726, 4)  // &gt;
  private static let quote: (UInt64, Int) = (0x3b74_6f75_7126, 6)  // &quot;
  private static let tab: (UInt64, Int) = (0x3b39_2326, 4)  // &#9;
  private static let lineFeed: (UInt64, Int) = (0x3b_3031_2326, 5)  // &#10;
}

/// Whether the well-formed sequence is U+FFFE or U+FFFF, which XML 1.0 does not have.
private func isForbidden(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
  unsafe text[position] == 0xef && text[position + 1] == 0xbf && text[position + 2] >= 0xbe
}

/// The first byte from a position on that is not an ordinary ASCII character, or the end.
private func firstSpecial(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
  guard let base = text.baseAddress else { return start }
  let bytes = unsafe UnsafeRawPointer(base)
  var position = start
  while position + 16 <= text.count {
    let block = unsafe bytes.loadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self)
    if let lane = firstSpecialLane(block) { return position + lane }
    position += 16
  }
  while position < text.count, unsafe !isSpecial(text[position]) { position += 1 }
  return position
}

/// The first byte of sixteen that is special, or nil.
///
/// Two words of eight bytes each, with arithmetic that wraps: the comparisons of SIMD types, which
/// would say the same, are calls a hundred times as slow in Swift 6.3. A subtraction borrows from
/// the next byte only where it has found something, so the lowest mark is always right.
private func firstSpecialLane(_ block: SIMD16<UInt8>) -> Int? {
  let words = unsafe unsafeBitCast(block, to: SIMD2<UInt64>.self)
  var marks = words | (words &- SIMD2(repeating: 0x2020_2020_2020_2020))
  marks |= marked(words, UInt8(ascii: "&")) | marked(words, UInt8(ascii: "<"))
  marks |= marked(words, UInt8(ascii: ">")) | marked(words, UInt8(ascii: "\""))
  marks &= SIMD2(repeating: 0x8080_8080_8080_8080)
  if marks.x != 0 { return marks.x.trailingZeroBitCount / 8 }
  return marks.y == 0 ? nil : 8 + marks.y.trailingZeroBitCount / 8
}

/// Words in which the first byte that equals another has its highest bit set.
private func marked(_ words: SIMD2<UInt64>, _ byte: UInt8) -> SIMD2<UInt64> {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let differences = words ^ SIMD2(repeating: ones &* UInt64(byte))
  return (differences &- SIMD2(repeating: ones)) & ~differences
}

private func isSpecial(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x00..<0x20, 0x80..., UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"),
    UInt8(ascii: "\""):
    true
  default: false
  }
}
