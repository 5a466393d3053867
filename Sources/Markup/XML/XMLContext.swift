/// Where a text stands in an XML document (XML 1.0 §2.4, §3.3.3).
enum XMLContext {
  case element
  case attribute
  /// A title in RSS, with the references that most readers take for text (RSS profile, “Character
  /// Data”).
  case title
}

extension XMLContext: EscapingContext {
  @inline(__always)
  static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): true
    default: false
    }
  }

  static var looksAtSeparators: Bool { false }

  @inline(__always)
  static func marks(in word: UInt64) -> UInt64 {
    marked(word, UInt8(ascii: "&")) | marked(word, UInt8(ascii: "<"))
      | marked(word, UInt8(ascii: ">")) | marked(word, UInt8(ascii: "\""))
  }

  func substitute(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Substitute? {
    switch (unsafe text[position], self) {
    case (UInt8(ascii: "&"), .title): .numberedAmpersand
    case (UInt8(ascii: "<"), .title): .numberedLess
    case (UInt8(ascii: ">"), .title): .numberedGreater
    case (UInt8(ascii: "&"), _): .ampersand
    case (UInt8(ascii: "<"), _): .less
    case (UInt8(ascii: ">"), _): .greater
    case (UInt8(ascii: "\""), .attribute): .quote
    // A parser turns white space in an attribute into spaces.
    case (0x09, .attribute): .tab
    case (0x0a, .attribute): .lineFeed
    case (0x09, _), (0x0a, _), (0x20..., _): nil
    default: .nothing
    }
  }
}

extension Substitute {
  fileprivate static let ampersand = Substitute(0x3b_706d_6126, 5)  // &amp;
  fileprivate static let less = Substitute(0x3b74_6c26, 4)  // &lt;
  fileprivate static let greater = Substitute(0x3b74_6726, 4)  // &gt;
  fileprivate static let quote = Substitute(0x3b74_6f75_7126, 6)  // &quot;
  fileprivate static let tab = Substitute(0x3b39_2326, 4)  // &#9;
  fileprivate static let lineFeed = Substitute(0x3b_3031_2326, 5)  // &#10;
  fileprivate static let numberedAmpersand = Substitute(0x3b36_3278_2326, 6)  // &#x26;
  fileprivate static let numberedLess = Substitute(0x3b43_3378_2326, 6)  // &#x3C;
  fileprivate static let numberedGreater = Substitute(0x3b45_3378_2326, 6)  // &#x3E;
}
