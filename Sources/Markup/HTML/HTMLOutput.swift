/// HTML as it is written: quoted attributes, and `& < > "` always as references.
struct HTMLOutput {
  private(set) var bytes: [UInt8] = []
  /// Whether what comes next stands directly behind the tag of `pre`.
  private var isAtStartOfPre = false

  /// What was written; only texts were.
  var html: String { String(trusted: bytes.span) }

  mutating func start(_ name: String, _ attributes: [HTMLElement.Attribute]) {
    append("<")
    append(name)
    for attribute in attributes {
      append(" ")
      append(attribute.name)
      append("=\"")
      escape(attribute.value)
      append("\"")
    }
    append(">")
    isAtStartOfPre = name == "pre"
  }

  mutating func end(_ name: String) {
    append("</")
    append(name)
    append(">")
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
    var text = text
    text.withUTF8 { unsafe escape($0) }
  }

  private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while start < text.count {
      let end = unsafe firstPosition(from: start, in: text, where: specialMarks)
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
      if end < text.count { append(unsafe reference(to: text[end])) }
      start = end + 1
    }
  }
}

/// Marks `& < > "`: two pairs, of which one bit makes one character.
@inline(__always)
private func specialMarks(_ word: UInt64) -> UInt64 {
  marked(word | 0x0202_0202_0202_0202, UInt8(ascii: ">"))
    | marked(word | 0x0404_0404_0404_0404, UInt8(ascii: "&"))
}

private func reference(to byte: UInt8) -> String {
  switch byte {
  case UInt8(ascii: "&"): "&amp;"
  case UInt8(ascii: "<"): "&lt;"
  case UInt8(ascii: ">"): "&gt;"
  default: "&quot;"
  }
}
