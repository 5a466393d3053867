package import Model

/// One run of `publish`.
package struct RunRecord: Equatable, Sendable {
  package var asOf: Instant
  /// That of the latest run that could have planned issues: this one, or one before it.
  package var planned: Instant?

  package init(asOf: Instant, planned: Instant?) {
    self.asOf = asOf
    self.planned = planned
  }
}

/// The runs that were recorded.
package protocol RunStore: AnyObject, Sendable {
  /// The latest run that was recorded.
  func lastRun() throws -> RunRecord?
  func recordRun(_ run: RunRecord) throws
}

/// Everything feedgen remembers.
///
/// The protocols are synchronous, because a borrowed row cannot be kept over a suspension. Every
/// implementation passes the same contract suite.
package protocol SiteStore: ArticleStore, FeedStore, SubscriberStore, IssueStore, DeliveryQueue,
  IssueControl, WebEditionStore, HubQueue, NoticeStore, RunStore, BounceStore, RestoreStore,
  ReconciliationStore, ReaderStore, PersonalStore, RemoteSourceStore
{
  /// Looks for damage; empty where there is none.
  func damage() throws -> [String]
}
