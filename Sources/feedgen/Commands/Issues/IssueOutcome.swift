import Model
import Store

/// What an order about an issue came to.
private struct IssueOutcome: Encodable {
  let issue: IssuePage
  /// In words.
  let outcome: String
}

extension OpenSite {
  /// Says what an order came to; to programs, with the issue as it is now.
  func tell(_ report: Report, _ outcome: String, about name: IssueName) throws {
    guard report.isJSON else { return report.say(outcome) }
    guard let issue = try store.issue(name) else { throw UnknownIssue(name: "\(name)") }
    try report.document(IssueOutcome(issue: try IssuePage(issue, in: self), outcome: outcome))
  }
}
