package import Model
import Selecting
package import Store

/// What a site has done, has to do, and is stuck with.
package struct SiteStatus: Sendable {
  /// A digest and its next issue.
  package struct NextIssue: Sendable {
    package var digest: String
    /// When it is due: past, where the next run is to plan it.
    package var due: Instant
    /// The subscribers of its cadence whom mail may be sent to and who have not paused.
    package var subscribers: Int
    /// The articles that have come since the last issue.
    package var articles: Int
  }

  /// An issue, and what became of its deliveries.
  package struct Issue: Sendable {
    package var record: IssueRecord
    package var counts: DeliveryCounts

    /// The deliveries that there are; the plan says how many there should be.
    package var total: Int { counts.values.reduce(0, +) }
    package var isComplete: Bool { record.deliveries.map { $0 == total } ?? true }
  }

  package var asOf: Instant
  package var lastRun: RunRecord?
  /// The articles that readers see, and the documents that feeds have them in.
  package var articles: Int
  package var documents: Int
  package var next: [NextIssue]
  /// The latest issues, the latest first.
  package var issues: [Issue]
  /// The state of all deliveries of all issues.
  private var deliveries: DeliveryCounts
  private var mailHold: MailHold?
  /// The deliveries that were tried and have not arrived, as far as anybody knows.
  package var troubled: [TroubledDelivery]
  /// What WebSub hubs are still to be told.
  private var pings: Int

  /// Reads it all from a store; nothing is written.
  package init(
    store: any SiteStore,
    site: Site,
    asOf: Instant,
    isPreviewing: Bool
  ) throws {
    self.asOf = asOf
    lastRun = try store.lastRun()
    deliveries = try store.counts(of: nil)
    troubled = try store.troubledDeliveries(atMost: 20)
    pings = try store.waitingPings().count
    mailHold = try site.mail == nil ? nil : store.mailHold()
    let documents = try store.documents(changedAfter: nil)
    articles = documents.filter { $0.feed.name == .site }.reduce(0) { $0 + $1.entryCount }
    self.documents = documents.count * site.feeds.formats.count
    issues = try store.issues(atMost: 10).map { record in
      Issue(record: record, counts: try store.counts(of: record.key))
    }
    let readers = try store.readers(asOf: asOf)
    next = try site.digests.map { digest in
      NextIssue(
        digest: digest.name,
        due: try digest.nextSlot(asOf: asOf, notBefore: nil, in: site.zone, store),
        subscribers: readers[digest.schedule.cadence] ?? 0,
        articles: try store.waitingArticles(of: digest.name, previewing: isPreviewing)
      )
    }
  }

}

extension SiteStatus {
  /// A site that cron looks after has a run at least once a day, and an hour where clocks change.
  private static let longestSilence = Interval.hours(26)

  /// What somebody should look at, in words; what waits for a decision is told apart.
  package var troubles: [String] {
    [silence, heldMail].compactMap { $0 } + incompleteIssues + openFates
  }

  private var silence: String? {
    guard let lastRun else { return "the site was never published; run “feedgen publish”" }
    let hours = asOf.since(lastRun.asOf).seconds / 3600
    guard asOf.since(lastRun.asOf) > Self.longestSilence else { return nil }
    return "the last good run was \(hours) hours ago; does cron still run “feedgen publish”?"
  }

  private var heldMail: String? {
    mailHold.map { _ in
      "no mail goes out: the store is a copy; see “feedgen resume --help”"
    }
  }

  private var incompleteIssues: [String] {
    issues.filter { !$0.isComplete }.map { issue in
      "\(issue.record.name): \(issue.record.deliveries ?? 0) messages were planned, and the store "
        + "has \(issue.total); run “feedgen check”"
    }
  }

  private var openFates: [String] {
    let states: [(DeliveryState, String)] = [
      (.unknown, "nobody knows whether they arrived, and they are not sent again"),
      (.uncertain, "may have arrived; each is sent once more"),
      (.claimed, "are in the hands of a run, or of one that died"),
    ]
    return states.compactMap { state, meaning in
      deliveries[state].map { "\($0) messages \(state): \(meaning)" }
    } + (pings > 0 ? ["\(pings) feeds that hubs were not told of yet"] : [])
  }
}

extension SubscriberStore {
  /// How many could be written to now, by cadence.
  fileprivate func readers(asOf: Instant) throws -> [Cadence: Int] {
    var counts: [Cadence: Int] = [:]
    try eachSubscriber { record in
      guard record.suppression == nil, record.pausedUntil ?? asOf <= asOf else { return }
      counts[record.subscriber.cadence, default: 0] += 1
    }
    return counts
  }
}

extension IssueStore {
  fileprivate func waitingArticles(of digest: String, previewing: Bool) throws -> Int {
    let range = ReleaseRange(after: try lastRelease(of: digest) ?? 0, through: .max)
    return try articles(in: range, atMost: 1000, previewing: previewing).count
  }
}
