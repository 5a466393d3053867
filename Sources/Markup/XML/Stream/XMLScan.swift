internal import CLibXML2
import Model

/// A place in the bytes of an XML document, and what stands there.
@safe
struct XMLScan {
  /// Longer ones cost libxml2 more than they can mean.
  static let longestTag = 64 << 10
  /// libxml2 compares each with each.
  static let mostAttributes = 500

  let bytes: UnsafeBufferPointer<UInt8>
  let isLast: Bool
  var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) {
    unsafe self.bytes = bytes
    self.isLast = isLast
  }

  var rest: Int { unsafe bytes.count - position }
  var isAtEnd: Bool { rest == 0 }
  var first: UInt8? { unsafe isAtEnd ? nil : bytes[position] }

  func byte(_ offset: Int) -> UInt8? {
    unsafe offset < rest ? bytes[position + offset] : nil
  }

  func starts(with text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard rest >= count else { return false }
    return (0..<count).allSatisfy { unsafe bytes[position + $0] == text.utf8Start[$0] }
  }

  /// Takes what is well-formed text up to a byte that is looked for; nil at the end.
  mutating func takeRun(until isSpecial: (UInt8) -> Bool) -> (range: Range<Int>, lines: Int)? {
    guard !isAtEnd else { return nil }
    let start = position
    var lines = 0
    while position < (unsafe bytes.count) {
      let byte = unsafe bytes[position]
      if isSpecial(byte) { break }
      let length = byte < 0x80 ? (isAllowed(byte) ? 1 : 0) : lengthOfText(at: position)
      guard length > 0 else { break }
      if byte == 0x0a { lines += 1 }
      position += length
    }
    return (start..<position, lines)
  }

  /// Goes to the next such byte, and counts the lines on the way.
  mutating func skip(to end: UInt8) -> Int {
    let start = position
    let rest = unsafe bytes[start...]
    position = unsafe rest.firstIndex(of: end) ?? bytes.count
    return unsafe bytes[start..<position].count { $0 == 0x0a }
  }

  private func isAllowed(_ byte: UInt8) -> Bool {
    byte >= 0x20 || byte == 0x0a || byte == 0x09 || byte == 0x0d
  }

  /// The length of a character beyond ASCII that XML allows; 0 where there is none.
  private func lengthOfText(at place: Int) -> Int {
    let length = unsafe lengthOfScalar(at: place, of: bytes)
    // U+FFFE and U+FFFF (XML 1.0 §2.2).
    let isForbidden =
      unsafe length == 3 && bytes[place] == 0xef && bytes[place + 1] == 0xbf
      && bytes[place + 2] >= 0xbe
    return isForbidden ? 0 : length
  }
}

extension XMLScan {
  /// Bytes that must not reach a parser, and what is written instead.
  struct Damage {
    var length: Int
    var repair: Repair
    var scalar: Unicode.Scalar?
  }

  /// What is wrong here; nil where the next bytes decide.
  ///
  /// A byte that is no UTF-8 by itself is one of windows-1252, as in posts that were moved from an
  /// older database. A sequence that was begun and cut is dropped: its bytes are no letters.
  func damage() -> Damage? {
    guard let byte = first else { return nil }
    guard byte >= 0x80 else { return Damage(length: 1, repair: .control) }
    if byte == 0xef, unsafe lengthOfScalar(at: position, of: bytes) == 3 {
      return Damage(length: 3, repair: .noncharacter)
    }
    var length = 1
    while length < 4, byte >= 0xc2, let next = self.byte(length), isContinuation(next) {
      length += 1
    }
    if length == rest, !isLast, length < 4 { return nil }
    guard length == 1 else { return Damage(length: length, repair: .encoding) }
    return Damage(length: 1, repair: .encoding, scalar: windows1252Scalar(byte))
  }
}

extension XMLScan {
  /// What begins with an ampersand.
  enum Reference {
    /// One that XML knows, with its length.
    case valid(length: Int)
    /// A name that only HTML knows.
    case named(Unicode.Scalar, length: Int)
    /// The number of a character that XML forbids.
    case forbidden(length: Int)
    /// An ampersand, and no reference.
    case none
  }

  /// No name of HTML, and no number, is longer.
  private static let longestReference = 40

  /// The reference here; nil where the next bytes decide.
  func reference() -> Reference? {
    let window = unsafe bytes[position..<min(position + XMLScan.longestReference, bytes.count)]
    guard let end = unsafe window.dropFirst().firstIndex(where: { !isReferenceByte($0) }) else {
      return isLast || rest >= XMLScan.longestReference ? Reference.none : nil
    }
    guard unsafe bytes[end] == UInt8(ascii: ";") else { return Reference.none }
    let name = unsafe String(decoding: bytes[position + 1..<end], as: UTF8.self)
    let length = end + 1 - position
    return name.utf8.first == UInt8(ascii: "#")
      ? numbered(name.dropFirst(), length) : named(name, length)
  }

  private func numbered(_ digits: Substring, _ length: Int) -> Reference {
    let isHexadecimal = digits.utf8.first == UInt8(ascii: "x")
    let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let number, let scalar = Unicode.Scalar(number) else { return .forbidden(length: length) }
    switch scalar {
    case "\t", "\n", "\r", "\u{20}"..."\u{fffd}", "\u{10000}"...: return .valid(length: length)
    default: return .forbidden(length: length)
    }
  }

  private func named(_ name: String, _ length: Int) -> Reference {
    if ["amp", "lt", "gt", "quot", "apos"].contains(name) { return .valid(length: length) }
    guard let known = unsafe htmlEntityLookup(name),
      let scalar = unsafe Unicode.Scalar(known.pointee.value)
    else { return Reference.none }
    return .named(scalar, length: length)
  }
}

private func isReferenceByte(_ byte: UInt8) -> Bool {
  isASCIILetter(byte) || isASCIIDigit(byte) || byte == UInt8(ascii: "#")
}

extension XMLScan {
  /// Whether a less-than sign begins a tag.
  var beginsTag: Bool {
    guard let next = byte(1) else { return false }
    return isNameStart(next) || (next == UInt8(ascii: "/") && byte(2).map(isNameStart) == true)
      || next == UInt8(ascii: "!")
  }

  /// Whether an XML declaration begins here, and not a style sheet's instruction.
  var isDeclaration: Bool {
    starts(with: "<?xml") && byte(5).map(isHTMLSpace) == true
  }

  /// The name that the tag here begins with, without its prefix; none for an end tag.
  var localName: String {
    let name = unsafe bytes[(position + 1)...].prefix { isNameByte($0) }
    let start = unsafe name.lastIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? name.startIndex
    return unsafe String(decoding: name[start...], as: UTF8.self)
  }

  /// The length of the tag here and the number of its attributes; nil where it has no end.
  func tag() -> (length: Int, attributes: Int)? {
    var quote: UInt8?
    var attributes = 0
    let limit = unsafe min(bytes.count, position + XMLScan.longestTag)
    for place in position..<limit {
      let byte = unsafe bytes[place]
      switch byte {
      case quote: quote = nil
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard quote == nil else { continue }
        quote = byte
        attributes += 1
      case UInt8(ascii: ">") where quote == nil: return (place + 1 - position, attributes)
      default: continue
      }
    }
    return nil
  }

  /// The length of the document type here, and whether it declares entities; nil where it has no
  /// end.
  func documentType() -> (length: Int, hasEntities: Bool)? {
    var isInSubset = false
    let limit = unsafe min(bytes.count, position + XMLScan.longestTag)
    for place in position..<limit {
      switch unsafe bytes[place] {
      case UInt8(ascii: "["): isInSubset = true
      case UInt8(ascii: "]"): isInSubset = false
      case UInt8(ascii: ">") where !isInSubset:
        let text = unsafe String(decoding: bytes[position...place], as: UTF8.self)
        return (place + 1 - position, text.uppercased().contains("<!ENTITY"))
      default: continue
      }
    }
    return nil
  }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  isNameStart(byte) || isASCIIDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
}

private func isNameStart(_ byte: UInt8) -> Bool {
  isASCIILetter(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") || byte >= 0x80
}
