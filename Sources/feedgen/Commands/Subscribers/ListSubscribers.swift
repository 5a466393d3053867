import ArgumentParser
import Model
import Store

extension Subscribers {
  struct List: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists the subscribers, as a table that “subscribers import” reads.",
      discussion: """
        With --suppressed, only those who get nothing any more; --json says of all of them since \
        when and why, when they have paused, and how they gave their consent. Of other suppressed \
        addresses only a hash is kept; --verbose counts them.

        Example: feedgen subscribers list
        """
    )

    @OptionGroup var options: SiteOptions
    @Flag(help: "Only those who must not be written to.") var suppressed = false
    @Option(help: "Only those who chose this topic, by its slug or title; may be repeated.")
    var topic: [String] = []
    @Option(help: "Only those of this cadence: daily, weekly or monthly.") var cadence: String?

    func run(_ report: Report) throws {
      let configuration = try options.configuration()
      let filter = SubscriberFilter(
        topics: try topic.map(configuration.site.slug(of:)),
        cadence: try cadence.map(Cadence.init(argument:)),
        isSuppressed: suppressed
      )
      let open = try OpenSite(reading: configuration)
      if suppressed { try noteOthers(open, report) }
      if report.isJSON { return try writeDocument(of: open, filter, report) }
      report.print(SubscriberTable.header)
      try open.eachSubscriber { record in
        if filter.takes(record) { report.print(SubscriberTable.line(for: .init(record))) }
      }
    }

    private func writeDocument(
      of open: OpenSite,
      _ filter: SubscriberFilter,
      _ report: Report
    ) throws {
      var list = DocumentList(report)
      try open.eachSubscriber { record in
        guard filter.takes(record) else { return }
        let address = record.subscriber.address
        let suppression = try record.suppression.flatMap { _ in
          try open.store.suppression(of: address)
        }
        try list.add(SubscriberLine(record, suppression))
      }
      list.end()
    }

    private func noteOthers(_ open: OpenSite, _ report: Report) throws {
      guard report.amount == .verbose else { return }
      var count = try open.store.suppressionCounts().values.reduce(0, +)
      try open.eachSubscriber { if $0.suppression != nil { count -= 1 } }
      if count > 0 { report.note("suppressed besides, and no subscriber’s: \(count)") }
    }
  }
}

/// Which subscribers are asked for.
private struct SubscriberFilter {
  /// All of them are to be chosen.
  var topics: [Slug]
  var cadence: Cadence?
  var isSuppressed: Bool

  func takes(_ record: SubscriberRecord) -> Bool {
    (!isSuppressed || record.suppression != nil)
      && cadence.map { $0 == record.subscriber.cadence } ?? true
      && topics.allSatisfy(record.subscriber.topics.contains)
  }
}

extension Cadence {
  fileprivate init(argument text: String) throws {
    guard let cadence = Cadence(rawValue: text) else {
      let known = Cadence.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--cadence: “\(text)” is none of \(known).")
    }
    self = cadence
  }
}

/// A subscriber for programs.
private struct SubscriberLine: Encodable {
  let email: String
  let name: String?
  let topics: [String]
  let language: String
  let cadence: String
  let pausedUntil: String?
  let status: String
  let since: String?
  let evidence: String?
  let consentAt: String?
  let consentSource: String?

  init(_ record: SubscriberRecord, _ suppression: Suppression?) {
    let subscriber = record.subscriber
    email = subscriber.address.description
    name = subscriber.name
    topics = subscriber.topics.map(\.text)
    language = subscriber.language.tag
    cadence = subscriber.cadence.rawValue
    pausedUntil = record.pausedUntil?.rfc3339
    status = record.suppression?.rawValue ?? "active"
    since = suppression?.since.rfc3339
    evidence = suppression?.evidence
    consentAt = record.consent?.given.rfc3339
    consentSource = record.consent?.source
  }
}
