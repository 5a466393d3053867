/// Text in lines of limited width, for plain-text messages.
enum Wrapping {
  /// The columns of a plain-text message.
  static let width = 72

  /// Breaks a text at its spaces, so that no line is wider than `width` columns, indent included.
  ///
  /// No-break spaces stay. A longer word is broken too, unless it is an address: a cut address
  /// leads nowhere.
  static func lines(_ text: String, width: Int = width, indent: String = "") -> String {
    var lines: [String] = []
    var line = ""
    var columns = 0
    for word in words(text).flatMap({ pieces($0, width: width - indent.count) }) {
      let wordColumns = columnCount(word)
      if columns > 0, indent.count + columns + 1 + wordColumns > width {
        lines.append(indent + line)
        (line, columns) = ("", 0)
      }
      line += columns > 0 ? " " + word : word
      columns += wordColumns + (columns > 0 ? 1 : 0)
    }
    if columns > 0 { lines.append(indent + line) }
    return lines.joined(separator: "\n")
  }

  /// How many columns a word takes: one a character, which in ASCII is one a byte.
  private static func columnCount(_ word: String) -> Int {
    word.utf8.allSatisfy { $0 < 0x80 } ? word.utf8.count : word.count
  }

  /// Breaks each paragraph of a text; an empty line parts them.
  static func paragraphs(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { lines(String($0)) }
      .joined(separator: "\n")
  }

  /// A line with one text at each end and dots between; two lines where it would be too wide.
  static func leaders(_ left: String, _ right: String, indent: String = "  ") -> String {
    guard !right.isEmpty else { return lines(left, indent: indent) }
    let dots = width - indent.count - left.count - right.count - 2
    guard dots >= 3 else {
      return lines(left, indent: indent) + "\n" + lines(right, indent: indent + "  ")
    }
    return "\(indent)\(left) \(String(repeating: ".", count: dots)) \(right)"
  }

  /// A line with one text at each end; two lines where it would be too wide.
  static func ends(_ left: String, _ right: String) -> String {
    let gap = width - left.count - right.count
    guard gap >= 2 else { return lines(left) + "\n" + lines(right) }
    return left + String(repeating: " ", count: gap) + right
  }

  /// The text with each run of spaces, tabs and line breaks made one space.
  static func singleLine(_ text: String) -> String {
    words(text).joined(separator: " ")
  }

  private static func words(_ text: String) -> [Substring.UnicodeScalarView] {
    text.unicodeScalars.split { $0 == " " || ($0.value >= 9 && $0.value <= 13) }
  }

  private static func pieces(_ word: Substring.UnicodeScalarView, width: Int) -> [String] {
    var rest = Substring(word)
    if rest.utf8.count <= width { return [String(rest)] }
    guard !rest.contains("@"), !rest.contains("://") else { return [String(rest)] }
    var pieces: [String] = []
    while let end = rest.index(rest.startIndex, offsetBy: width, limitedBy: rest.endIndex),
      end < rest.endIndex
    {
      pieces.append(String(rest[..<end]))
      rest = rest[end...]
    }
    return pieces + [String(rest)]
  }
}

extension Sequence<Substring.UnicodeScalarView> {
  fileprivate func joined(separator: String) -> String {
    map { String($0) }.joined(separator: separator)
  }
}
