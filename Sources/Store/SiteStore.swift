package import Model

/// One run of `publish`.
package struct RunRecord: Equatable, Sendable {
  package var asOf: Instant
  package var isComplete: Bool

  package init(asOf: Instant, isComplete: Bool) {
    self.asOf = asOf
    self.isComplete = isComplete
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
  IssueControl, WebEditionStore, HubQueue, NoticeStore, RunStore, BounceStore
{
  /// Looks for damage; empty where there is none.
  func damage() throws -> [String]
}
