import Markup
package import Model

/// What is said to those who make the publication, in the site's language.
package struct StaffTexts: Sendable {
  private let catalog: Catalog

  package init(_ templates: Templates, _ site: Site) throws(Problem) {
    catalog = try templates.catalog(for: [site.language])
  }
}

extension StaffTexts {
  package func reviewSubject(_ subject: String) -> String {
    catalog.text(.reviewSubject, ["subject": subject])
  }

  /// What a review copy says before the digest.
  package func reviewNote(
    of issue: IssueName,
    due: (date: CivilDate, time: CivilTime),
    recipients: Int,
    needsApproval: Bool,
    page: String? = nil,
    _ lint: LintReport
  ) throws -> Introduction {
    let values = ["date": catalog.text(due.date), "time": catalog.text(due.time)]
    let key: PhraseKey = needsApproval ? .reviewApproval : .reviewPlanned
    let commands: [(PhraseKey, String)] = [
      (.reviewApprove, "approve"), (.reviewHold, "hold"), (.reviewReplan, "replan"),
    ]
    let lines = commands.filter { needsApproval || $0.0 != .reviewApprove }.map { key, word in
      catalog.text(key, ["command": "feedgen issues \(word) \(issue)"])
    }
    let first = catalog.text(key, count: recipients, values)
    let ways = page.map { [catalog.text(.reviewPage) + "\n" + $0] } ?? []
    return try introduction([first] + ways + lines + findings(lint))
  }

  private func findings(_ lint: LintReport) -> [String] {
    guard !lint.findings.isEmpty else { return [catalog.text(.reviewClean)] }
    return [catalog.text(.reviewFindings, count: lint.findings.count)]
      + lint.findings.map { "– \($0)" }
  }

  private func introduction(_ paragraphs: [String]) throws -> Introduction {
    let html = paragraphs.map { "<p>\(linked($0))</p>" }.joined()
    return Introduction(
      html: try HTMLFragment(parsing: html).sanitised(base: nil),
      text: paragraphs.joined(separator: "\n\n")
    )
  }

  /// A paragraph, escaped; the address on its last line is a link.
  private func linked(_ paragraph: String) -> String {
    let lines = paragraph.split(separator: "\n").map(String.init)
    guard lines.count > 1, let url = lines.last, url.webAddress != nil
    else { return paragraph.htmlEscaped }
    let text = lines.dropLast().joined(separator: "\n").htmlEscaped
    return "<a href=\"\(url.htmlEscaped)\">\(text)</a>"
  }
}

extension Introduction {
  /// One after the other, with a line between.
  package func followed(by other: Introduction?) throws -> Introduction {
    guard let other else { return self }
    return Introduction(
      html: try HTMLFragment(parsing: html.text + "<hr>" + other.html.text).sanitised(base: nil),
      text: text + "\n\n" + other.text
    )
  }
}

extension StaffTexts {
  package func reportSubject(_ issue: IssueName) -> String {
    catalog.text(.reportSubject, ["issue": "\(issue)"])
  }

  /// What became of an issue, a line each; what is nothing is left out.
  package func report(
    _ counts: [DeliveryState: Int],
    newSubscribers: Int,
    left: Int
  ) -> String {
    let sum = { (states: [DeliveryState]) in states.reduce(0) { $0 + (counts[$1] ?? 0) } }
    let lines: [(PhraseKey, Int)] = [
      (.reportSent, sum([.accepted])), (.reportPreviewed, sum([.previewed])),
      (.reportRefused, sum([.rejected])), (.reportWaiting, sum([.pending, .claimed, .uncertain])),
      (.reportUnsent, sum([.cancelled, .expired])), (.reportUnknown, sum([.unknown])),
      (.reportNew, newSubscribers), (.reportLeft, left),
    ]
    return lines.filter { $0.1 > 0 }.map { catalog.text($0.0, count: $0.1) + "\n" }.joined()
  }

  package func problemsSubject(_ count: Int) -> String {
    catalog.text(.problemsSubject, count: count)
  }
}
