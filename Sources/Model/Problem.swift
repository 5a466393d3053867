/// Something wrong in what a person wrote, with the place and how to mend it.
///
/// Printed as `path:line:column: message`, then the line itself with a mark under the column.
package struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
  package var path: String
  /// From 1; nil where the whole file is meant.
  package var line: Int?
  package var column: Int?
  package var message: String
  /// The line as it stands in the file.
  package var excerpt: String?

  package init(
    path: String,
    line: Int? = nil,
    column: Int? = nil,
    message: String,
    excerpt: String? = nil
  ) {
    self.path = path
    self.line = line
    self.column = column
    self.message = message
    self.excerpt = excerpt
  }

  package var description: String {
    let place = [path, line.map(String.init), column.map(String.init)]
      .compactMap { $0 }.joined(separator: ":")
    guard let excerpt else { return "\(place): \(message)" }
    let mark = column.map { "\n  " + String(repeating: " ", count: max(0, $0 - 1)) + "^" } ?? ""
    return "\(place): \(message)\n  \(excerpt)\(mark)"
  }
}
