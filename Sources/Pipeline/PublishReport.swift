package import Delivering

/// What a run did.
package struct PublishReport: Sendable {
  package var imported = ImportReport()
  package var feeds = FeedReport()
  /// Nil where the site has no hubs.
  package var hubs: HubReport?
  package var issues: [PlannedIssue] = []
  package var delivered: DeliveryReport?

  package init() {}
}

/// What a run would do.
package struct PublishPlan: Sendable {
  package var imported = ImportReport()
  package var released = 0
  /// Paths below the output folder.
  package var documents: [String] = []
  package var issues: [PlannedIssue] = []
  /// Messages that would be handed over.
  package var waiting = 0

  package init() {}
}
