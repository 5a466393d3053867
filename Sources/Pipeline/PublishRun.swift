import Delivering
import Importing
package import Model
import Publishing
package import Rendering
package import Store

/// One run of `feedgen publish`: import → feeds → hubs → the issues due → their deliveries.
package struct PublishRun {
  let store: any SiteStore
  let settings: Settings
  let templates: () throws -> Templates

  /// The instant that the run sees.
  package var asOf: Instant { settings.asOf }

  /// - Parameters:
  ///   - templates: asked only where there is something to render with them.
  package init(
    store: any SiteStore,
    settings: Settings,
    templates: @escaping () throws -> Templates
  ) {
    self.store = store
    self.settings = settings
    self.templates = templates
  }

  /// Does everything but deliver.
  ///
  /// What it changes stays, also where a later step throws.
  package func prepare() throws -> PublishReport {
    var report = PublishReport()
    report.imported = try importRun().run(settings.sources)
    if settings.parts.contains(.feeds) {
      report.feeds = try feeds.publish(isVerifying: settings.isVerifying)
      report.hubs = try hubs?.announce(report.feeds.written)
    } else {
      try release()
    }
    guard settings.parts.contains(.digests) else { return report }
    // Before anything is planned: a newer issue must find, and cancel, what a dead run had claimed.
    try recovery.recover()
    try store.expireDeliveries(triedBefore: settings.clock().advanced(by: patience))
    try store.forgetRequests(asOf: settings.clock())
    report.issues = try planIssues()
    report.feeds.add(try publishIssues())
    return report
  }

  private var recovery: DeliveryRecovery {
    DeliveryRecovery(
      queue: store,
      journals: settings.journals,
      schedule: schedule,
      clock: settings.clock
    )
  }

  var schedule: RetrySchedule {
    RetrySchedule(repeatsUncertain: settings.site.mail?.repeatsUncertain ?? true)
  }

  /// For how long a message is tried; negative.
  private var patience: Interval {
    Interval(seconds: -(settings.site.mail?.patience ?? .days(2)).seconds)
  }

  func release() throws {
    try store.release(asOf: settings.asOf, blockSize: settings.site.feeds.entries)
  }

  var feeds: FeedPublication {
    FeedPublication(
      store: store,
      site: settings.site,
      templates: templates,
      outputPath: settings.outputPath,
      asOf: settings.asOf
    )
  }

  private var hubs: HubAnnouncement? {
    guard !settings.site.feeds.hubs.isEmpty else { return nil }
    return HubAnnouncement(
      store: store,
      site: settings.site,
      clock: settings.clock,
      shouldStop: settings.shouldStop,
      tell: HubClient().tell
    )
  }

  func importRun() -> ImportRun {
    var importing = ImportRun.Settings(
      site: settings.site,
      sources: settings.sources,
      asOf: settings.asOf,
      now: settings.clock(),
      remote: settings.remote,
      progress: settings.progress,
      shouldStop: settings.shouldStop
    )
    importing.options = settings.importing
    return ImportRun(store: store, settings: importing)
  }

  func planIssues() throws -> [PlannedIssue] {
    // Without a sender there is no mail; what was planned now would go out late when there is one.
    guard settings.site.mail != nil else { return [] }
    return try settings.site.digests.flatMap { try plan(of: $0).plan() }
  }

  /// Puts the pages in place that messages link to, before the first of them leaves.
  private func publishIssues() throws -> FeedReport {
    guard try store.hasStaleWebEditions() else { return FeedReport() }
    return settings.parts.contains(.feeds) ? try feeds.publish() : try feeds.publishWebEditions()
  }

  /// - Parameter copying: whether the reviewers get copies.
  func plan(of digest: DigestSettings, copying: Bool = true) throws -> DigestPlan {
    try DigestPlan(
      store: store,
      site: settings.site,
      digest: digest,
      templates: templates,
      asOf: settings.asOf,
      isPreviewing: settings.isPreviewing,
      editorial: settings.nextIssue?.editorial(for: digest, of: settings.site, in: store),
      message: copying ? settings.site.mail.map(message) : nil
    )
  }

  func message(_ mail: MailSettings) -> DigestMessage {
    DigestMessage(
      site: settings.site,
      mail: mail,
      messageKey: settings.messageKey,
      leaveTokens: settings.leaveTokens,
      archiveURL: settings.site.feedsURL + WebEditionPlace.folder,
      links: settings.readerLinks
    )
  }
}
