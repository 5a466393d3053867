/// Why a Markdown text is not read.
package enum MarkdownError: Error, Equatable, CustomStringConvertible {
  case tooLarge(bytes: Int)
  case tooManyColumns(line: Int)
  case tooDeep(line: Int)

  /// The same with the numbers of the lines of a file in which the text begins later.
  package func moved(by lines: Int) -> MarkdownError {
    switch self {
    case .tooLarge: self
    case .tooManyColumns(let line): .tooManyColumns(line: line + lines)
    case .tooDeep(let line): .tooDeep(line: line + lines)
    }
  }

  package var description: String {
    switch self {
    case .tooLarge(let bytes):
      "the Markdown text has \(bytes) bytes, and at most \(MarkdownLimits.bytes) are read; "
        + "split the article"
    case .tooManyColumns(let line):
      "line \(line) has more than \(MarkdownLimits.columns) table columns; make the table "
        + "narrower, or escape the bars as \\|"
    case .tooDeep(let line):
      "line \(line) opens more than \(MarkdownLimits.nesting) quotations or lists; remove some"
    }
  }
}
