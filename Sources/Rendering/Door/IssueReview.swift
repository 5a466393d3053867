package import Model

/// An issue as the page shows it where an editor decides about it.
package struct IssueReview: Equatable, Sendable {
  package enum Standing: Equatable, Sendable {
    case waits(forApproval: Bool)
    case held
    case goingOut
    case over
    case cancelled
  }

  package var name: IssueName
  /// The store's key of the plan that is shown: an issue can be planned anew.
  package var plan: Int64
  package var standing: Standing
  package var due: Instant
  package var recipients: Int
  /// Of its articles.
  package var titles: [String]
  /// What can be decided now.
  package var decisions: [IssueDecision]

  package init(
    name: IssueName,
    plan: Int64,
    standing: Standing,
    due: Instant,
    recipients: Int,
    titles: [String],
    decisions: [IssueDecision]
  ) {
    self.name = name
    self.plan = plan
    self.standing = standing
    self.due = due
    self.recipients = recipients
    self.titles = titles
    self.decisions = decisions
  }

  /// The names of the fields that its buttons send.
  package static let decisionField = "decision"
  package static let planField = "plan"
}
