package import Model
import Rendering
import Selecting
import Store

/// What planning a digest came to.
package enum PlannedIssue: Equatable, Sendable {
  /// Its slot passed too long ago; its articles will be in the next one.
  case missed(IssueName)
  /// Frozen, with so many articles and deliveries; it goes out.
  case planned(IssueName, articles: Int, deliveries: Int)
  /// Frozen before its slot or its approval; the reviewers have it.
  case inReview(IssueName, articles: Int, deliveries: Int)
  /// Frozen, and waits for a person.
  case held(IssueName, [IssueHold], deliveries: Int)
  /// Its slot has come, or its approval.
  case released(IssueName, deliveries: Int)
  /// So many of its deliveries waited for too long; their articles will be in the next one.
  case expired(IssueName, deliveries: Int)
}

/// Plans the issue of a digest that is due: who gets what, frozen before the first byte is sent.
struct DigestPlan {
  let store: any DigestPlanStore
  let site: Site
  let digest: DigestSettings
  private let templates: () throws -> Templates
  let asOf: Instant
  /// Whether messages go to the outbox, where they count as previewed, not as sent.
  let isPreviewing: Bool
  let editorial: IssueEditorial?
  /// Nil where mail is not configured.
  private let message: DigestMessage?

  /// - Parameters:
  ///   - editorial: what the editor has written for the next issue.
  ///   - message: makes the copies for the reviewers.
  init(
    store: any DigestPlanStore,
    site: Site,
    digest: DigestSettings,
    templates: @escaping () throws -> Templates,
    asOf: Instant,
    isPreviewing: Bool,
    editorial: IssueEditorial? = nil,
    message: DigestMessage? = nil
  ) {
    self.store = store
    self.site = site
    self.digest = digest
    self.templates = templates
    self.asOf = asOf
    self.isPreviewing = isPreviewing
    self.editorial = editorial
    self.message = message
  }

  /// What is due, without doing it.
  private func due() throws -> DueIssue {
    digest.dueIssue(
      asOf: asOf,
      in: site.zone,
      lastSlot: try store.lastSlot(of: digest.name)
    )
  }

  private func expire() throws -> [PlannedIssue] {
    let limit = Interval(seconds: -digest.maxLateness.seconds)
    return try store.expireDeliveries(of: digest.name, dueBefore: asOf.advanced(by: limit))
      .sorted { $0.key.date < $1.key.date }
      .map { PlannedIssue.expired($0.key, deliveries: $0.value) }
  }

  /// Plans the issue that is due, and gives up what of an older one has waited for too long.
  func plan() throws -> [PlannedIssue] {
    let changed = try expire() + holdFirst()
    let released = try releaseReviewed().map { [$0] } ?? []
    return try changed + released + planDue()
  }

  /// Works an issue out again, as a new plan in the place of the last.
  ///
  /// It is held as before where a person has to say what is to become of it.
  func replan(_ issue: IssueRecord) throws -> PlannedIssue {
    let kept = issue.holds.filter { [.byHand, .gap].contains($0) }
    return try plan(Slot(date: issue.name.date, instant: issue.slot), keeping: kept)
  }

  /// Holds what was to go to the outbox and would now be the first that a relay sends.
  private func holdFirst() throws -> [PlannedIssue] {
    guard !isPreviewing, site.mail?.holdsFirstSend == true, try !store.hasSent() else { return [] }
    return try store.issues(atMost: 20).compactMap { issue in
      guard issue.name.digest == digest.name, issue.state == .planned, issue.approved == nil,
        let count = try store.counts(of: issue.key)[.pending]
      else { return nil }
      try store.setState(.held([.firstSend]), of: issue.key)
      return .held(issue.name, [.firstSend], deliveries: count)
    }
  }

  /// Lets an issue go out that was planned ahead, when its slot has come and nobody has to approve
  /// it any more.
  private func releaseReviewed() throws -> PlannedIssue? {
    let reviewed = try store.waitingIssues().last {
      $0.name.digest == digest.name && $0.state == .review && $0.slot <= asOf
    }
    guard let issue = reviewed, issue.approved != nil || !digest.needsApproval else { return nil }
    let deliveries = issue.deliveries ?? 0
    // The machine may have been off, or a relay set up, since it was planned.
    if let hold = try caution(dueAt: issue.slot, isApproved: issue.approved != nil) {
      try store.setState(.held([hold]), of: issue.key)
      return .held(issue.name, [hold], deliveries: deliveries)
    }
    try store.setState(.planned, of: issue.key)
    return .released(issue.name, deliveries: deliveries)
  }

  private func planDue() throws -> [PlannedIssue] {
    switch try due() {
    case .none: return try planAhead()
    case .missed(let slot):
      let isFirst = try store.lastSlot(of: digest.name) == nil
      _ = try open(name(slot), .missed, slot, try nothing(at: slot), templates: "")
      // Nobody waits for an issue from before the site was first published.
      return try (isFirst ? [] : [.missed(name(slot))]) + planAhead()
    case .due(let slot):
      return [try plan(slot)]
    }
  }

  /// Plans the next issue where its review has come.
  ///
  /// Not while the one before it can still go out, of which it would cancel what waits: nobody
  /// knows yet which of those articles it is to bring.
  private func planAhead() throws -> [PlannedIssue] {
    let lastSlot = try store.lastSlot(of: digest.name)
    guard let slot = digest.slotToReview(asOf: asOf, in: site.zone, lastSlot: lastSlot),
      try !store.hasUnsent(of: digest.name, cadence: digest.schedule.cadence)
    else { return [] }
    return [try plan(slot)]
  }

  /// - Parameter release: the last that the issue is about, where that is not the latest.
  func plan(
    _ slot: Slot,
    keeping holds: [IssueHold] = [],
    through release: Int64? = nil
  ) throws -> PlannedIssue {
    let templates = try templates()
    try cancelUnsent()
    let range = try range(of: slot, through: release)
    let issue = try open(name(slot), .planning, slot, range, templates: templates.fingerprint)
    if let editorial { try store.setEditorial(editorial.source, of: issue) }
    var draft = draft(slot, range, try content(range))
    try fill(&draft, templates) { try freeze($0, issue, through: range.through) }
    let standing = try standing(of: draft, slot, keeping: holds)
    let copies = try reviewCopies(slot, range, recipients: draft.deliveryCount, templates)
    try close(draft, issue, as: standing, telling: copies)
    return result(name(slot), standing, draft)
  }

  /// Gives up the issues that still wait for a person: their articles are in this one.
  private func cancelUnsent() throws {
    for issue in try store.waitingIssues() where issue.name.digest == digest.name {
      try store.setState(.cancelled, of: issue.key)
    }
  }

  /// The issue that would be next, for one reader.
  func preview(
    for reader: PreviewReader,
    linksPage: Bool
  ) throws -> (IssueName, IssueDraft) {
    let slot = try nextSlot()
    let range = try range(of: slot)
    var draft = draft(slot, range, try content(range))
    draft.linksPage = linksPage
    draft.add(reader.record(since: range.after), isPreviewing: isPreviewing)
    try draft.render(try templates())
    return (name(slot), draft)
  }

  private func nextSlot() throws -> Slot {
    if case .due(let slot) = try due() { return slot }
    let latest = digest.schedule.latestSlot(asOf: asOf, in: site.zone)
    return digest.schedule.slot(after: latest.date, in: site.zone)
  }

  private func name(_ slot: Slot) -> IssueName {
    IssueName(digest: digest.name, date: slot.date)
  }

  private func range(of slot: Slot, through release: Int64? = nil) throws -> ReleaseRange {
    let after = try beginning(at: slot)
    return ReleaseRange(after: after, through: try max(after, release ?? store.counters().release))
  }

  private func open(
    _ name: IssueName,
    _ state: IssueState,
    _ slot: Slot,
    _ range: ReleaseRange,
    templates: String
  ) throws -> Int64 {
    try store.openIssue(
      name,
      state: state,
      slot: slot.instant,
      range: range,
      asOf: asOf,
      templates: templates
    )
  }

  /// The release after which the issue begins: the last issue's last, or, for the first issue ever,
  /// what had appeared one slot before.
  ///
  /// Who subscribed before that is not owed the archive.
  private func beginning(at slot: Slot) throws -> Int64 {
    if let last = try store.lastRelease(of: digest.name) { return last }
    let before = digest.schedule.slot(before: slot.date, in: site.zone)
    let release = try store.release(before: before.instant)
    try store.beginCovered(cadence: digest.schedule.cadence, at: release)
    return release
  }

  private func nothing(at slot: Slot) throws -> ReleaseRange {
    let release = try beginning(at: slot)
    return ReleaseRange(after: release, through: release)
  }

  private func draft(_ slot: Slot, _ range: ReleaseRange, _ content: IssueContent) -> IssueDraft {
    IssueDraft(
      site: site,
      digest: digest,
      slot: slot,
      beginning: range.after,
      content: content,
      editorial: editorial
    )
  }

  /// All that any of the digest's subscribers may be owed, and all that its page shows.
  private func content(_ range: ReleaseRange) throws -> IssueContent {
    let cadence = digest.schedule.cadence
    let covered = try store.lowestCovered(cadence: cadence, previewing: isPreviewing)
    return IssueContent(
      articles: try articles(
        in: ReleaseRange(
          after: min(covered ?? range.after, range.after),
          through: range.through
        )
      ),
      errata: try store.errata(
        through: range.through,
        cadence: cadence,
        previewing: isPreviewing
      ),
      absences: try store.absences(previewing: isPreviewing)
    )
  }

  private func articles(in range: ReleaseRange) throws -> [IssueArticle] {
    try store.articles(in: range, atMost: mostCandidates, previewing: isPreviewing)
  }

  /// The copies for the reviewers; none where nobody would get a message.
  private func reviewCopies(
    _ slot: Slot,
    _ range: ReleaseRange,
    recipients: Int,
    _ templates: Templates
  ) throws -> [StaffMessage] {
    guard let review = digest.review, let message, recipients > 0 else { return [] }
    let content = IssueContent(articles: try articles(in: range))
    let copies = ReviewCopies(
      site: site,
      digest: digest,
      slot: slot,
      draft: draft(slot, range, content),
      message: message,
      asOf: asOf
    )
    return try copies.messages(to: review.reviewers, of: recipients, since: range.after, templates)
  }
}

/// An issue looks at so many of the latest articles at most.
///
/// A subscriber may not have been written to for long; a digest has a ceiling anyway.
private let mostCandidates = 2000

extension SubscriberRecord {
  /// Somebody who chose the topics at a release, and is not in the store.
  init(reader: Subscriber, since release: Int64) {
    self.init(
      key: 0,
      subscriber: reader,
      covered: release,
      previewed: release,
      since: Dictionary(uniqueKeysWithValues: reader.topics.map { ($0, release) }),
      suppression: nil,
      consent: nil
    )
  }
}
