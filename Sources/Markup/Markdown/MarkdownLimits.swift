/// What is read at most: some texts take cmark-gfm time that is quadratic.
enum MarkdownLimits {
  static let bytes = 1_000_000
  /// Of a table.
  static let columns = 500
  /// Quotations and lists that one line opens.
  static let nesting = 200

  static func check(_ text: String) throws(MarkdownError) {
    guard text.utf8.count <= bytes else { throw .tooLarge(bytes: text.utf8.count) }
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // A shorter line cannot have as much.
    for (index, line) in lines.enumerated() where line.count > min(columns, nesting) {
      if line.count(where: { $0 == UInt8(ascii: "|") }) > columns {
        throw .tooManyColumns(line: index + 1)
      }
      if containers(openedBy: line) > nesting { throw .tooDeep(line: index + 1) }
    }
  }
}

/// How many quotations and list items a line begins with.
private func containers(openedBy line: Substring.UTF8View) -> Int {
  var count = 0
  var previous: UInt8 = 0
  for byte in line {
    switch byte {
    case UInt8(ascii: ">"): count += 1
    case UInt8(ascii: " "), UInt8(ascii: "\t"): if "-+*.)".utf8.contains(previous) { count += 1 }
    case UInt8(ascii: "0")...UInt8(ascii: "9"): break
    default: if !"-+*.)".utf8.contains(byte) { return count }
    }
    previous = byte
  }
  return count
}
