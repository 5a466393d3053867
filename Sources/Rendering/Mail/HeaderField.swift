package import Model

/// A header field of a message (RFC 5322 §2.2), folded, with its CRLF.
///
/// Control characters of any value become spaces: nothing can begin a line of its own.
package struct HeaderField: Sendable {
  package let bytes: [UInt8]

  /// A field of free text, encoded where it is not ASCII: Subject.
  package init(_ name: String, text: String) {
    let text = Self.singleLine(text)
    self.init(name, words: Self.words(text, after: name))
  }

  /// A field of one mailbox: From, To.
  package init(_ name: String, mailbox: Mailbox) {
    self.init(name, phrase: mailbox.name, then: "<\(mailbox.address)>")
  }

  /// A field that ends in angle brackets, with words before them: List-Id.
  package init(_ name: String, phrase: String?, then addition: String) {
    let phrase = Self.singleLine(phrase ?? "")
    let words = phrase.isEmpty ? [] : Self.phrase(phrase, after: name)
    self.init(name, words: words + [addition])
  }

  /// A field whose value is written as it must stand.
  ///
  /// - Parameter words: may be put on lines of their own, and are longer than a line at need.
  package init(_ name: String, words: [String]) {
    var bytes = Array("\(name):".utf8)
    let nameEnd = bytes.count
    var lineStart = 0
    var hasEncodedWord = false
    for word in words.map(Self.singleLine) where !word.isEmpty {
      let longest = Self.isEncoded(word) || hasEncodedWord ? 76 : 78
      if bytes.count - lineStart + 1 + word.utf8.count > longest, bytes.count > nameEnd {
        bytes += [13, 10]
        (lineStart, hasEncodedWord) = (bytes.count, false)
      }
      bytes.append(0x20)
      bytes += word.utf8
      hasEncodedWord = hasEncodedWord || word.hasEncodedWord
    }
    self.bytes = bytes + [13, 10]
  }

  /// The words of free text: those of the text itself, or encoded-words.
  private static func words(_ text: String, after name: String) -> [String] {
    let words = text.split(separator: " ").map(String.init)
    let isPlain =
      text.utf8.allSatisfy { (0x20..<0x7f).contains($0) } && !text.hasEncodedWord
      && words.allSatisfy { $0.utf8.count <= 60 }
    return isPlain ? words : encoded(text, after: name)
  }

  /// The words of a display name: atoms, a quoted-string, or encoded-words (RFC 5322 §3.2.5).
  private static func phrase(_ text: String, after name: String) -> [String] {
    let words = words(text, after: name)
    guard words.first.map(isEncoded) != true else { return words }
    if text.utf8.allSatisfy({ isAtomText($0) || $0 == 0x20 }) { return words }
    let escaped = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
    return escaped.utf8.count <= 60 ? ["\"\(escaped)\""] : encoded(text, after: name)
  }

  private static func encoded(_ text: String, after name: String) -> [String] {
    EncodedWord.words(text, firstWidth: 76 - name.utf8.count - 2)
  }

  private static func isEncoded(_ word: String) -> Bool { word.hasPrefix("=?utf-8?") }

  /// The text with each run of white space and control characters made one space, and without
  /// what would turn the direction of the rest around.
  private static func singleLine(_ text: String) -> String {
    if isSingleLine(text) { return text }
    return text.unicodeScalars.filter { !turnsDirection($0) }.split(whereSeparator: isSpace)
      .map { String($0) }.joined(separator: " ")
  }

  /// Whether a text is so already, as nearly all are: nothing is copied then.
  private static func isSingleLine(_ text: String) -> Bool {
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if turnsDirection(scalar) || isSpace(scalar) && (scalar != " " || previous == " ") {
        return false
      }
      previous = scalar
    }
    return previous != " "
  }
}

/// White space that breaks lines, and control characters.
private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value <= 0x20 || (0x7f..<0xa0).contains(scalar.value)
    || (0x2028...0x2029).contains(scalar.value)
}

/// Embeddings, overrides and isolates (UAX 9): with them an address can look like another.
private func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
  (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
}

extension String {
  /// Whether there is `=?`, with which encoded-words begin.
  fileprivate var hasEncodedWord: Bool {
    zip(utf8, utf8.dropFirst()).contains { $0 == UInt8(ascii: "=") && $1 == UInt8(ascii: "?") }
  }
}

private let otherAtomText = Array("!#$%&'*+-/=?^_`{|}~".utf8)

private func isAtomText(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default:
    otherAtomText.contains(byte)
  }
}
