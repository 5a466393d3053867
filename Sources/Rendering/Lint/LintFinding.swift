/// Something about a message that readers or mail programs would do worse with.
package struct LintFinding: Equatable, Sendable, CustomStringConvertible {
  package enum Severity: String, Sendable {
    /// It should not go out so.
    case error
    case warning
  }

  /// What it is about.
  package enum Aspect: String, CaseIterable, Sendable {
    case size, headers, lines, structure, headings, alt, links, contrast, signature
  }

  package var severity: Severity
  package var aspect: Aspect
  package var message: String

  package init(_ severity: Severity, _ aspect: Aspect, _ message: String) {
    self.severity = severity
    self.aspect = aspect
    self.message = message
  }

  package var description: String { "\(severity.rawValue): \(aspect.rawValue): \(message)" }
}
