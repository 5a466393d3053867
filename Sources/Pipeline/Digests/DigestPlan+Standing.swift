import Model
import Selecting
import Store

extension DigestPlan {
  /// Whether an issue goes out at once, or what it waits for.
  func standing(
    of draft: IssueDraft,
    _ slot: Slot,
    keeping kept: [IssueHold]
  ) throws -> IssueStanding {
    guard draft.deliveryCount > 0 else { return .planned }
    var holds = kept
    if holds.isEmpty, let caution = try caution() { holds = [caution] }
    if let mistake = editorial?.mistake(unless: draft.lists) { holds.append(.mistake(mistake)) }
    if !holds.isEmpty { return .held(holds) }
    return slot.instant > asOf || digest.needsApproval ? .review : .planned
  }

  /// Why a relay is not to get an issue before a person has looked at it.
  ///
  /// - Parameter slot: that of an issue planned ahead: a run since then has seen it fall due.
  func caution(dueAt slot: Instant? = nil, isApproved: Bool = false) throws -> IssueHold? {
    guard !isPreviewing, let mail = site.mail else { return nil }
    if mail.holdsAfterGap, let last = try store.lastRun()?.planned, last < slot ?? asOf,
      asOf.since(last) > .hours(24)
    {
      return .gap
    }
    return try mail.holdsFirstSend && !isApproved && !store.hasSent() ? .firstSend : nil
  }

  func result(
    _ name: IssueName,
    _ standing: IssueStanding,
    _ draft: IssueDraft
  ) -> PlannedIssue {
    let (articles, deliveries) = (draft.listedArticles.count, draft.deliveryCount)
    if standing.state == .held { return .held(name, standing.holds, deliveries: deliveries) }
    return standing.state == .review
      ? .inReview(name, articles: articles, deliveries: deliveries)
      : .planned(name, articles: articles, deliveries: deliveries)
  }
}
