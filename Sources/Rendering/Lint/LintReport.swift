/// What was found in a digest's message by looking at its bytes, as they would go out.
package struct LintReport: Sendable, CustomStringConvertible {
  /// What was measured, a line each.
  package private(set) var facts: [String] = []
  package private(set) var findings: [LintFinding] = []

  package init(of message: [UInt8]) {
    let message = MIMEMessage(message)
    findings = message.headerFindings + message.lineFindings
    guard let text = message.part("text/plain"), let html = message.part("text/html") else {
      note(.error, .structure, "it must have a part text/plain and, behind it, one text/html")
      return
    }
    let markup = DigestMarkup(html.text)
    findings += message.structureFindings + sizeFindings(of: html)
    findings += markup.documentFindings + markup.headingFindings + markup.imageFindings
    findings += markup.linkFindings(text: text.text) + text.widthFindings
    findings += ContrastCheck(markup).findings
    facts = [
      "HTML: \(Weight.decoded(html.text)) bytes (at most \(Weight.most.decoded)), "
        + "\(html.body.count) as sent (at most \(Weight.most.encoded))",
      "text: \(text.text.utf8.count) bytes",
      "headings: \(markup.headings.count), links: \(markup.links.count), "
        + "pictures: \(markup.images.count)",
    ]
  }

  package var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// Adds what only others can find: whether the signature verifies.
  package mutating func add(_ others: [LintFinding], fact: String? = nil) {
    findings += others
    if let fact { facts.append(fact) }
  }

  package var description: String {
    let counts = [LintFinding.Severity.error, .warning].map { severity in
      "\(severity.rawValue)s: \(findings.count { $0.severity == severity })"
    }
    return (facts + [counts.joined(separator: ", ")] + findings.map(\.description))
      .joined(separator: "\n") + "\n"
  }

  private mutating func note(
    _ severity: LintFinding.Severity,
    _ aspect: LintFinding.Aspect,
    _ message: String
  ) {
    findings.append(LintFinding(severity, aspect, message))
  }

  private func sizeFindings(of html: MIMEMessage.Part) -> [LintFinding] {
    let decoded = Weight.decoded(html.text)
    guard decoded > Weight.most.decoded || html.body.count > Weight.most.encoded else { return [] }
    return [
      LintFinding(
        .error,
        .size,
        "the HTML has \(decoded) bytes, \(html.body.count) as sent; Gmail cuts it off near 102 kB"
      )
    ]
  }
}
