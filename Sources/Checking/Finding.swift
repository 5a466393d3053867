/// Something wrong with a published file, or that may be.
package struct Finding: Equatable, Sendable, Encodable {
  package enum Severity: String, Sendable, Encodable {
    /// Readers or validators refuse it, or people see something false.
    case error
    /// Some readers do worse with it.
    case warning
  }

  package var severity: Severity
  /// Below the output folder.
  package var path: String
  /// From 1; nil where the whole file is meant, and in JSON.
  package var line: Int?
  /// The id of the article, which `feedgen articles show` takes.
  package var article: String?
  package var title: String?
  /// What is wrong, and how to mend it.
  package var message: String

  package init(
    severity: Severity,
    path: String,
    line: Int? = nil,
    article: String? = nil,
    title: String? = nil,
    message: String
  ) {
    self.severity = severity
    self.path = path
    self.line = line
    self.article = article
    self.title = title
    self.message = message
  }
}

extension Finding: CustomStringConvertible {
  /// The finding on one line: `atom.xml:12: “A title” (tag:x,2026:a): its link is not absolute`.
  package var description: String {
    let place = line.map { "\(path):\($0)" } ?? path
    let name = [title.map { "“\($0)”" }, article.map { "(\($0))" }].compactMap { $0 }
    return ([place] + (name.isEmpty ? [] : [name.joined(separator: " ")]) + [message])
      .joined(separator: ": ")
  }
}
