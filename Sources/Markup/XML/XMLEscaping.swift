/// Where a text stands in an XML document, which decides what must be escaped in it.
enum XMLContext {
  case element, attribute
}

extension [UInt8] {
  /// Appends a text as character data, without what XML 1.0 §2.2 forbids.
  ///
  /// Control characters, U+FFFE, U+FFFF, surrogates and whatever is not UTF-8 are left out; CR is
  /// too, since a parser would turn it into LF. The text is read sixteen bytes at a time and
  /// copied in runs: libxml2 escapes byte by byte, which was half of the time of writing a feed.
  mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, in context: XMLContext) {
    reserveCapacity(count + text.count + text.count / 8)
    var copied = 0
    var position = unsafe firstSpecial(in: text, from: 0)
    while position < text.count {
      let special = unsafe XMLSpecial(at: position, of: text, in: context)
      if case .plain = special.substitute {
        position = unsafe firstSpecial(in: text, from: position + special.length)
        continue
      }
      unsafe append(contentsOf: text.run(copied, position))
      if case .text(let substitute) = special.substitute { append(substitute) }
      copied = position + special.length
      position = unsafe firstSpecial(in: text, from: copied)
    }
    unsafe append(contentsOf: text.run(copied, text.count))
  }

  private mutating func append(_ text: StaticString) {
    unsafe append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    )
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate func run(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(rebasing: self[start..<end])
  }
}

/// A byte that cannot simply be copied, and what comes in its place.
private struct XMLSpecial {
  enum Substitute {
    /// It may stay after all: a well-formed sequence of UTF-8, or white space.
    case plain
    case text(StaticString)
    case nothing
  }

  var length = 1
  var substitute = Substitute.nothing

  init(at position: Int, of text: UnsafeBufferPointer<UInt8>, in context: XMLContext) {
    let byte = unsafe text[position]
    switch (byte, context) {
    case (UInt8(ascii: "&"), _): substitute = .text("&amp;")
    case (UInt8(ascii: "<"), _): substitute = .text("&lt;")
    case (UInt8(ascii: ">"), _): substitute = .text("&gt;")
    case (UInt8(ascii: "\""), .attribute): substitute = .text("&quot;")
    // A parser turns white space in an attribute into spaces (XML 1.0 §3.3.3).
    case (0x09, .attribute): substitute = .text("&#9;")
    case (0x0a, .attribute): substitute = .text("&#10;")
    case (UInt8(ascii: "\""), _), (0x09, _), (0x0a, _): substitute = .plain
    case (0x80..., _):
      length = unsafe lengthOfScalar(at: position, of: text)
      substitute = length > 0 ? .plain : .nothing
      if length == 0 {
        length = 1
      } else if unsafe isForbidden(at: position, of: text) {
        substitute = .nothing
      }
    default: break
    }
  }
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

private func firstSpecialLane(_ block: SIMD16<UInt8>) -> Int? {
  let special =
    (block .< 0x20) .| (block .>= 0x80) .| (block .== UInt8(ascii: "&"))
    .| (block .== UInt8(ascii: "<")) .| (block .== UInt8(ascii: ">"))
    .| (block .== UInt8(ascii: "\""))
  let marks = SIMD16<UInt8>(repeating: 0).replacing(with: 0xff, where: special)
  let halves = unsafe unsafeBitCast(marks, to: SIMD2<UInt64>.self)
  if halves.x != 0 { return halves.x.trailingZeroBitCount / 8 }
  return halves.y == 0 ? nil : 8 + halves.y.trailingZeroBitCount / 8
}

private func isSpecial(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x00..<0x20, 0x80..., UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"),
    UInt8(ascii: "\""):
    true
  default: false
  }
}
