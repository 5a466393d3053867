/// Inside a string of JSON (RFC 8259 §7).
struct JSONContext {}

extension JSONContext: EscapingContext {
  @inline(__always)
  static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "/")
  }

  static var looksAtSeparators: Bool { true }

  @inline(__always)
  static func marks(in word: UInt64) -> UInt64 {
    marked(word, UInt8(ascii: "\"")) | marked(word, UInt8(ascii: "\\"))
      | marked(word, UInt8(ascii: "/"))
  }

  func substitute(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Substitute? {
    switch unsafe text[position] {
    case UInt8(ascii: "\""): .quote
    case UInt8(ascii: "\\"): .backslash
    case UInt8(ascii: "/"): unsafe mayEndElement(at: position, of: text) ? .slash : nil
    case 0x09: .tab
    case 0x0a: .lineFeed
    case 0xe2: unsafe substituteForSeparator(at: position, of: text)
    case 0x20...: nil
    default: .nothing
    }
  }

  /// Whether a slash may come to stand behind `<`, and end a `<script>` that the JSON is put in.
  ///
  /// What stands before may be left out, or belong to the piece before.
  private func mayEndElement(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard position > 0 else { return true }
    let previous = unsafe text[position - 1]
    return previous == UInt8(ascii: "<") || !(0x20..<0x80).contains(previous)
  }

  /// U+2028 and U+2029, which end a line of JavaScript even inside a string.
  private func substituteForSeparator(
    at position: Int,
    of text: UnsafeBufferPointer<UInt8>
  ) -> Substitute? {
    guard unsafe text[position + 1] == 0x80 else { return nil }
    return switch unsafe text[position + 2] {
    case 0xa8: .lineSeparator
    case 0xa9: .paragraphSeparator
    default: nil
    }
  }
}

extension Substitute {
  fileprivate static let quote = Substitute(0x225c, 2)  // \"
  fileprivate static let backslash = Substitute(0x5c5c, 2)  // \\
  fileprivate static let slash = Substitute(0x2f5c, 2)  // \/
  fileprivate static let tab = Substitute(0x745c, 2)  // \t
  fileprivate static let lineFeed = Substitute(0x6e5c, 2)  // \n
  fileprivate static let lineSeparator = Substitute(0x3832_3032_755c, 6)  // \u2028
  fileprivate static let paragraphSeparator = Substitute(0x3932_3032_755c, 6)  // \u2029
}
