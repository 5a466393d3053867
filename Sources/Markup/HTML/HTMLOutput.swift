/// HTML as it is written: quoted attributes, and `& < > "` always as references.
struct HTMLOutput {
  private(set) var bytes: [UInt8] = []
  /// Whether what comes next stands directly behind the tag of `pre`.
  private var isAtStartOfPre = false

  mutating func start(_ name: String, _ attributes: [HTMLElement.Attribute]) {
    append("<\(name)")
    for attribute in attributes {
      append(" \(attribute.name)=\"")
      escape(attribute.value)
      append("\"")
    }
    append(">")
    isAtStartOfPre = name == "pre"
  }

  mutating func end(_ name: String) {
    append("</\(name)>")
    isAtStartOfPre = false
  }

  mutating func text(_ text: String) {
    // A parser drops one LF there.
    if isAtStartOfPre, text.utf8.first == 0x0a { bytes.append(0x0a) }
    isAtStartOfPre = false
    escape(text)
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func escape(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "<"): append("&lt;")
      case UInt8(ascii: ">"): append("&gt;")
      case UInt8(ascii: "\""): append("&quot;")
      default: bytes.append(byte)
      }
    }
  }
}
