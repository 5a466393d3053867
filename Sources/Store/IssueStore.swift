package import Model

/// An article that an issue may list.
package struct IssueArticle: Equatable, Sendable {
  package var key: Int64
  /// The release from which digests offer it.
  package var release: Int64
  /// The release from which it was offered when it was new.
  package var firstRelease: Int64
  /// The subscribers who have had it, where it is offered again.
  package var readers: Set<Int64>
  package var revision: Int64
  package var entry: Entry

  package init(
    key: Int64,
    release: Int64,
    firstRelease: Int64,
    readers: Set<Int64>,
    revision: Int64,
    entry: Entry
  ) {
    self.key = key
    self.release = release
    self.firstRelease = firstRelease
    self.readers = readers
    self.revision = revision
    self.entry = entry
  }
}

/// A correction, and the subscribers who had its article and not yet the correction.
package struct IssueErratum: Equatable, Sendable {
  package var article: Int64
  package var text: String
  package var release: Int64
  package var readers: Set<Int64>
  package var entry: Entry

  package init(
    article: Int64,
    text: String,
    release: Int64,
    readers: Set<Int64>,
    entry: Entry
  ) {
    self.article = article
    self.text = text
    self.release = release
    self.readers = readers
    self.entry = entry
  }
}

/// How far an issue has come.
package enum IssueState: String, Sendable {
  /// Being written; none of its deliveries can be claimed.
  case planning
  /// Frozen; waits for its slot, or for somebody's approval.
  case review
  /// Frozen; its deliveries go out.
  case planned
  /// Waits for a person.
  case held
  /// Too late to be sent; its articles are in the next one.
  case missed
  case cancelled
}

/// How far an issue has come, and why no further.
package struct IssueStanding: Hashable, Sendable {
  package var state: IssueState
  /// Why it waits, while it is held.
  package var holds: [IssueHold]

  private init(_ state: IssueState, holds: [IssueHold] = []) {
    self.state = state
    self.holds = holds
  }

  package static let review = IssueStanding(.review)
  package static let planned = IssueStanding(.planned)
  package static let cancelled = IssueStanding(.cancelled)

  package static func held(_ holds: [IssueHold]) -> IssueStanding {
    IssueStanding(.held, holds: holds)
  }
}

/// An issue as the store keeps it.
package struct IssueRecord: Equatable, Sendable {
  package var key: Int64
  package var name: IssueName
  package var state: IssueState
  package var slot: Instant
  package var range: ReleaseRange
  /// How many were planned; nil while the plan is not closed.
  package var deliveries: Int?
  /// From 1; a replanned issue has the next.
  package var plan: Int
  /// Why it waits, while it is held.
  package var holds: [IssueHold]
  /// When somebody approved it.
  package var approved: Instant?
  /// What the editor wrote for it.
  package var editorial: String?

  package init(
    key: Int64,
    name: IssueName,
    state: IssueState,
    slot: Instant,
    range: ReleaseRange,
    deliveries: Int? = nil,
    plan: Int = 1,
    holds: [IssueHold] = [],
    approved: Instant? = nil,
    editorial: String? = nil
  ) {
    self.key = key
    self.name = name
    self.state = state
    self.slot = slot
    self.range = range
    self.deliveries = deliveries
    self.plan = plan
    self.holds = holds
    self.approved = approved
    self.editorial = editorial
  }
}

/// One message owed to one subscriber.
package struct PlannedDelivery: Equatable, Sendable {
  package var subscriber: Int64
  package var group: Int

  package init(subscriber: Int64, group: Int) {
    self.subscriber = subscriber
    self.group = group
  }
}

/// Issues, from their planning to their end.
package protocol IssueStore: AnyObject, Sendable {
  /// The last release that the digest's issues are about, but for those that were cancelled; nil
  /// where it has had none. Its next issue, and who subscribes now, begins there.
  func lastRelease(of digest: String) throws -> Int64?

  /// The date of the digest's last slot that was dealt with, also by an issue cancelled since.
  func lastSlot(of digest: String) throws -> CivilDate?

  /// Whether a message of a digest's issue, or of any to a reader of its cadence, may still go out.
  func hasUnsent(of digest: String, cadence: Cadence) throws -> Bool

  /// The latest issues of all digests, the latest first.
  func issues(atMost limit: Int) throws -> [IssueRecord]

  /// The release before the first of those articles that were published at an instant or later;
  /// the latest release where there is none.
  func release(before instant: Instant) throws -> Int64

  /// The visible articles of a range that digests may list, the latest releases first.
  ///
  /// An article that was withdrawn and is back, or was put off, is offered from a new release on.
  ///
  /// - Parameters:
  ///   - previewing: whether what was written to the outbox was read.
  func articles(
    in range: ReleaseRange,
    atMost limit: Int,
    previewing: Bool
  ) throws -> [IssueArticle]

  /// The latest corrections that readers of a cadence had the article of and not yet the
  /// correction.
  func errata(through release: Int64, cadence: Cadence, previewing: Bool) throws -> [IssueErratum]

  /// The lowest release that anybody of the cadence has settled: older ones are owed to nobody.
  ///
  /// - Parameters:
  ///   - previewing: whether what was written to the outbox counts as settled.
  func lowestCovered(cadence: Cadence, previewing: Bool) throws -> Int64?

  /// Opens an issue, as `planning`, in place of a half-planned one; or records a slot
  /// as `missed`.
  ///
  /// - Returns: its key.
  func openIssue(
    _ name: IssueName,
    state: IssueState,
    slot: Instant,
    range: ReleaseRange,
    asOf: Instant,
    templates: String
  ) throws -> Int64

  /// Settles all releases up to one for those who chose before the digest's first issue: their
  /// `since` is -1 until then.
  func beginCovered(cadence: Cadence, at release: Int64) throws

  /// Records the revisions that the issue froze; at most 500 at a time.
  func addArticles(_ articles: [IssueArticle], to issue: Int64) throws
  func addFragments(_ fragments: [Fragment], to issue: Int64) throws
  func addGroups(_ groups: [EditionGroup], to issue: Int64) throws
  /// Adds deliveries, at most 500 at a time; a newer one cancels an older that is still pending.
  func addDeliveries(_ deliveries: [PlannedDelivery], to issue: Int64) throws
  /// Freezes the issue.
  ///
  /// - Parameters:
  ///   - standing: `planned` lets its deliveries be claimed from now on.
  ///   - postponed: the articles that it leaves out and the next one is to offer.
  ///   - copies: what its reviewers get.
  func closePlan(
    of issue: Int64,
    as standing: IssueStanding,
    postponing postponed: [Int64],
    telling copies: [StaffMessage]
  ) throws

  /// Holds, releases or cancels an issue; with it are cancelled the deliveries that still wait.
  func setState(_ standing: IssueStanding, of issue: Int64) throws

  /// Gives up the deliveries that still wait of issues of a digest that were due before an instant.
  ///
  /// - Returns: how many of each issue.
  func expireDeliveries(of digest: String, dueBefore: Instant) throws -> [IssueName: Int]

  /// Records that an issue goes out without subscribers who have paused; at most 500 at a time.
  func addAbsences(_ subscribers: [Int64], from issue: Int64) throws

  /// By subscriber, the issues that went out during a pause and that no message has told of yet,
  /// the oldest first.
  func absences(previewing: Bool) throws -> [Int64: [MissedIssue]]

  /// Settles all releases up to one for subscribers to whom nothing of them is owed; at most 500 at
  /// a time.
  ///
  /// - Parameters:
  ///   - previewing: whether that was decided by what is in the outbox, and so settles no mail.
  func cover(_ subscribers: [Int64], through release: Int64, previewing: Bool) throws

  func group(_ number: Int, of issue: Int64) throws -> EditionGroup?
  /// The fragments with these numbers, without those of articles that were withdrawn since.
  func fragments(of issue: Int64, numbers: Set<Int>) throws -> [Fragment]
}
