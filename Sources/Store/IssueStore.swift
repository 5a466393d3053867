package import Model

/// An article that an issue may list.
package struct IssueArticle: Equatable, Sendable {
  package var key: Int64
  package var release: Int64
  package var revision: Int64
  package var entry: Entry

  package init(key: Int64, release: Int64, revision: Int64, entry: Entry) {
    self.key = key
    self.release = release
    self.revision = revision
    self.entry = entry
  }
}

/// How far an issue has come.
package enum IssueState: String, Sendable {
  /// Being written; none of its deliveries can be claimed.
  case planning
  /// Frozen; its deliveries go out.
  case planned
  /// Waits for a person.
  case held
  /// Too late to be sent; its articles are in the next one.
  case missed
  case cancelled
}

/// An issue as the store keeps it.
package struct IssueRecord: Equatable, Sendable {
  package var key: Int64
  package var name: IssueName
  package var state: IssueState
  package var slot: Instant
  package var range: ReleaseRange

  package init(
    key: Int64,
    name: IssueName,
    state: IssueState,
    slot: Instant,
    range: ReleaseRange
  ) {
    self.key = key
    self.name = name
    self.state = state
    self.slot = slot
    self.range = range
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
  /// The digest's latest issue that is planned, held or missed.
  func lastIssue(of digest: String) throws -> IssueRecord?

  /// The release before the first of those articles that were published at an instant or later;
  /// the latest release where there is none.
  func release(before instant: Instant) throws -> Int64

  /// The visible articles of a range that digests may list, the latest releases first.
  func articles(in range: ReleaseRange, atMost limit: Int) throws -> [IssueArticle]

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

  /// Settles all releases up to one for those who chose before the digest's first issue.
  func beginCovered(cadence: Cadence, at release: Int64) throws

  /// Records the revisions that the issue froze; at most 500 at a time.
  func addArticles(_ articles: [IssueArticle], to issue: Int64) throws
  func addFragments(_ fragments: [Fragment], to issue: Int64) throws
  func addGroups(_ groups: [EditionGroup], to issue: Int64) throws
  /// Adds deliveries, at most 500 at a time; a newer one cancels an older that is still pending.
  func addDeliveries(_ deliveries: [PlannedDelivery], to issue: Int64) throws
  /// Freezes the issue: from now on its deliveries can be claimed.
  func closePlan(of issue: Int64) throws

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
