import Model
import Pipeline
import Rendering
import Store

extension OpenSite {
  /// What the page of an issue's editor shows; nil where no such issue is planned.
  func review(of name: IssueName) throws -> IssueReview? {
    guard let issue = try store.issue(name) else { return nil }
    return IssueReview(
      name: name,
      plan: issue.key,
      standing: try standing(of: issue),
      due: issue.slot,
      recipients: issue.deliveries ?? 0,
      titles: try store.titles(of: issue.key),
      decisions: try IssueDecision.allCases.filter { decision in
        if decision == .approve, issue.state == .review, !awaitsApproval(issue) { return false }
        return try store.refusal(of: decision, about: issue) == nil
      }
    )
  }

  private func standing(of issue: IssueRecord) throws -> IssueReview.Standing {
    switch issue.state {
    case .planning, .review: .waits(forApproval: awaitsApproval(issue))
    case .held: .held
    case .planned: try store.refusal(of: .hold, about: issue) == nil ? .goingOut : .over
    case .missed, .cancelled: .cancelled
    }
  }

  private func awaitsApproval(_ issue: IssueRecord) -> Bool {
    let digest = site.digests.first { $0.name == issue.name.digest }
    return digest?.needsApproval == true && issue.approved == nil
  }
}
