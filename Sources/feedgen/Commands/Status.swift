import ArgumentParser
import Model
import Pipeline
import Store

/// `feedgen status`: what was published, what is due, what is stuck.
struct Status: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Shows what was published, what is due next, and what is stuck.",
    discussion: """
      Changes nothing. Times are those of the site's zone.

      Example: feedgen status
      """
  )

  @OptionGroup var options: SiteOptions

  @Option(help: "Pretend it is then: 2026-11-23T08:05:00+01:00, or without the offset.")
  var asOf: String?

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    let asOf = try configuration.site.zone.pretended(asOf)
    let open = try OpenSite(reading: configuration)
    let status = try SiteStatus(
      store: open.store,
      site: open.site,
      asOf: asOf,
      isPreviewing: configuration.relay == nil
    )
    let lines = StatusLines(
      status,
      waiting: try open.lastingProblems().map(\.text),
      sources: try SourceStatus.all(of: configuration.sources, in: open.store),
      zone: open.site.zone
    )
    try lines.tell(report)
  }
}

/// A site's status, as people and programs are told.
private struct StatusLines: Encodable {
  fileprivate struct Next: Encodable {
    let digest: String
    let due: String
    let subscribers: Int
    let articles: Int
  }

  fileprivate struct Issue: Encodable {
    let name: String
    let state: String
    let planned: Int
    let isComplete: Bool
    let deliveries: [String: Int]
  }

  /// A delivery that has not arrived; its address is masked.
  fileprivate struct Delivery: Encodable {
    let issue: String?
    let recipient: String
    let state: String
    let attempts: Int
    let notBefore: String?
    let reply: String?
  }

  /// A source on the web.
  fileprivate struct Source: Encodable {
    let address: String
    /// Nil while it was never asked.
    let askedFrom: String?
    let failures: Int
    let trouble: String?
  }

  let lastRun: String?
  let articles: Int
  let documents: Int
  let sources: [Source]
  let next: [Next]
  let issues: [Issue]
  /// The latest of each state.
  let deliveries: [Delivery]
  let troubles: [String]

  /// - Parameter waiting: what waits for a person, and what to do.
  init(_ status: SiteStatus, waiting: [String], sources: [SourceStatus], zone: Zone) {
    lastRun = status.lastRun.map { zone.stamp(of: $0.asOf) }
    articles = status.articles
    documents = status.documents
    self.sources = sources.map { Source($0, zone) }
    next = status.next.map { issue in
      Next(
        digest: issue.digest,
        due: zone.stamp(of: issue.due),
        subscribers: issue.subscribers,
        articles: issue.articles
      )
    }
    issues = status.issues.map(Issue.init)
    deliveries = status.troubled.map { Delivery($0, zone) }
    troubles = waiting + status.troubles
  }

  func tell(_ report: Report) throws {
    for trouble in troubles { report.error(lines: trouble) }
    if report.isJSON { return try report.document(self) }
    report.say("Last run: \(lastRun ?? "none yet")")
    report.say("Published: \(articles) articles, \(documents) feed documents")
    if !sources.isEmpty { report.say(sourcesLine) }
    for source in sources { if let line = source.line { report.say("  " + line) } }
    for next in next {
      report.say(
        "Next \(next.digest): \(next.due), \(next.subscribers) subscribers, "
          + "\(next.articles) articles so far"
      )
    }
    for issue in issues { report.say(issue.line) }
    for delivery in deliveries { report.say("  " + delivery.line) }
  }
}

extension StatusLines {
  private var sourcesLine: String {
    let faulty = sources.count { $0.trouble != nil }
    let unread = sources.count { $0.askedFrom == nil }
    let others = [(unread, "never asked"), (faulty, "in trouble")].filter { $0.0 > 0 }
    return "Sources on the web: \(sources.count)" + others.map { ", \($0) \($1)" }.joined()
  }
}

extension StatusLines.Source {
  init(_ source: SourceStatus, _ zone: Zone) {
    address = source.address
    askedFrom = source.state.map { zone.stamp(of: $0.notBefore) }
    failures = source.state?.failures ?? 0
    trouble = source.state?.trouble
  }

  /// What is wrong; nil where nothing is.
  var line: String? {
    guard let trouble, let askedFrom else { return nil }
    let times = failures > 1 ? " (\(failures) times in a row)" : ""
    return "\(address): \(trouble)\(times); asked again from \(askedFrom)"
  }
}

extension StatusLines.Delivery {
  init(_ delivery: TroubledDelivery, _ zone: Zone) {
    let address = delivery.recipient
    issue = delivery.issue?.description
    recipient = address.masked
    // Who waits after a 4xx is deferred; the store calls everything that waits pending.
    state = delivery.state == .pending ? "deferred" : delivery.state.rawValue
    attempts = delivery.attempts
    notBefore = delivery.notBefore.map(zone.stamp(of:))
    reply = delivery.reply?.replacing(address.description, with: address.masked)
  }

  /// For instance `weekly/2026-11-23 to a…@x.org: deferred until …, after 2 tries: 451 later`.
  var line: String {
    let whom = (issue.map { "\($0) " } ?? "") + "to \(recipient)"
    let when = notBefore.map { " until \($0)" } ?? ""
    let tries = attempts == 1 ? "1 try" : "\(attempts) tries"
    return "\(whom): \(state)\(when), after \(tries)" + (reply.map { ": \($0)" } ?? "")
  }
}

extension StatusLines.Issue {
  init(_ issue: SiteStatus.Issue) {
    name = issue.record.name.description
    state = issue.record.state.rawValue
    planned = issue.record.deliveries ?? issue.total
    isComplete = issue.isComplete
    deliveries = Dictionary(uniqueKeysWithValues: issue.counts.map { ($0.key.rawValue, $0.value) })
  }

  /// For instance `weekly/2026-11-23: planned, 12 = 11 accepted + 1 pending`.
  var line: String {
    let parts = DeliveryState.allCases.compactMap { state in
      deliveries[state.rawValue].map { "\($0) \(state.rawValue)" }
    }
    let sum = parts.isEmpty ? "no messages" : "\(planned) = " + parts.joined(separator: " + ")
    return "\(name): \(state), \(sum)"
  }
}
