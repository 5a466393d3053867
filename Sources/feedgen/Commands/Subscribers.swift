import ArgumentParser
import Foundation
import Model
import Store

/// `feedgen subscribers`: who gets the digests.
struct Subscribers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "subscribers",
    abstract: "Adds, imports, lists, changes and moves subscribers.",
    subcommands: [
      Add.self, Import.self, List.self, Set.self, Move.self, Suppress.self, Unsuppress.self,
    ]
  )

  struct Add: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Adds a subscriber, or changes their choices.",
      discussion: """
        Only for people who asked for it: say how with --consent. Without --topic, all topics are \
        chosen.

        Example: feedgen subscribers add lectrice@courrier.example --topic bielorussie \
        --consent "by letter, 12 November 2026"
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The address.") var address: String
    @Option(help: "The name that the address is shown with.") var name: String?
    @Option(help: "A topic's slug or title; may be repeated.") var topic: [String] = []
    @Option(help: "The language of the digest's own words; default: the site's.")
    var language: String?
    @Option(help: "daily, weekly or monthly.") var cadence = "weekly"
    @Option(help: "How the person asked to be written to.") var consent: String

    func run(_ report: Report) throws {
      let configuration = try options.configuration()
      let row = try SubscriberTable.Row(
        [
          .email: address, .name: name ?? "", .topics: topic.joined(separator: ";"),
          .language: language ?? "", .cadence: cadence,
        ],
        named: "subscribers add",
        of: configuration.site
      )
      let open = try OpenSite(configuration, asOf: .now)
      let result = try open.put([row], consent: consent, asOf: .now)
      try SubscriberSummary(results: result, problems: []).tell(report)
    }
  }

  struct Import: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Brings subscribers in from a table (CSV).",
      discussion: """
        The first line names the columns: email,name,topics,language,cadence,status,consent_at,\
        consent_source. All but email may be left out; topics are separated by semicolons.

        Example: feedgen subscribers import subscribers.csv
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The table.", completion: .file(extensions: ["csv"])) var file: String
    @Option(help: "How those rows asked to be written to that do not say so themselves.")
    var consent: String?

    func run(_ report: Report) throws {
      let configuration = try options.configuration()
      let open = try OpenSite(configuration, asOf: .now)
      let table = SubscriberTable(path: file, site: configuration.site, now: .now)
      var importing = SubscriberImport(site: open, consent: consent, left: try Departures(of: open))
      try table.read { result in
        try importing.add(result, path: file)
        report.progress("subscribers: \(importing.count)")
      }
      try importing.finish()
      try SubscriberSummary(results: importing.results, problems: importing.problems).tell(report)
      if !importing.problems.isEmpty { throw ExitCode.badInput }
    }
  }

  struct List: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists the subscribers, as a table that “subscribers import” reads.",
      discussion: """
        With --suppressed, only those who get nothing any more; with --json also since when and \
        why. Of other suppressed addresses only a hash is kept; --verbose counts them.

        Example: feedgen subscribers list
        """
    )

    @OptionGroup var options: SiteOptions
    @Flag(help: "Only those who must not be written to.") var suppressed = false

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      var rows: [SubscriberTable.Row] = []
      try open.store.eachSubscriber { record in
        if !suppressed || record.suppression != nil { rows.append(SubscriberTable.Row(record)) }
      }
      if suppressed { try noteOthers(than: rows, open, report) }
      guard report.isJSON else {
        return report.print(
          SubscriberTable.header + rows.map(SubscriberTable.line(for:)).joined()
        )
      }
      try report.document(
        rows.map { row in
          let address = row.subscriber.address
          return SubscriberLine(row, suppressed ? try open.store.suppression(of: address) : nil)
        }
      )
    }

    private func noteOthers(
      than rows: [SubscriberTable.Row],
      _ open: OpenSite,
      _ report: Report
    ) throws {
      let count = try open.store.suppressionCounts().values.reduce(0, +) - rows.count
      if count > 0 { report.note("suppressed besides, and no subscriber’s: \(count)") }
    }
  }
}

/// Rows on their way into the store, in batches.
private struct SubscriberImport {
  let site: OpenSite
  let consent: String?
  let left: Departures
  private(set) var results: [SubscriberResult: Int] = [:]
  private(set) var problems: [Problem] = []
  private var batch: [SubscriberTable.Row] = []

  init(site: OpenSite, consent: String?, left: Departures) {
    self.site = site
    self.consent = consent
    self.left = left
  }

  var count: Int { results.values.reduce(batch.count, +) }

  mutating func add(_ result: Result<SubscriberTable.Row, Problem>, path: String) throws {
    switch result {
    case .failure(let problem): problems.append(problem)
    case .success(let row) where !site.site.serves(row.subscriber.cadence):
      problems.append(
        Problem(
          path: path,
          line: row.line,
          message: "there is no \(row.subscriber.cadence) digest; add one under “digests” in "
            + "feedgen.yaml, or choose another cadence"
        )
      )
    case .success(let row) where row.needsConsent && consent == nil:
      problems.append(
        Problem(
          path: path,
          line: row.line,
          message: "says no consent; fill consent_at and consent_source, or say for all with "
            + "--consent 'how it was given'"
        )
      )
    case .success(let row) where try left.suppress(row):
      results[.suppressed, default: 0] += 1
    case .success(let row):
      batch.append(row)
      if batch.count == 500 { try finish() }
    }
  }

  mutating func finish() throws {
    results.merge(try site.put(batch, consent: consent, asOf: .now), uniquingKeysWith: +)
    batch = []
  }
}

extension Site {
  /// Whether somebody who wants mail so often would get any.
  func serves(_ cadence: Cadence) -> Bool {
    digests.isEmpty || digests.contains { $0.schedule.cadence == cadence }
  }
}

extension SubscriberTable.Row {
  fileprivate var needsConsent: Bool { standing == .active(nil) }

  fileprivate init(_ record: SubscriberRecord) {
    self.init(
      line: 0,
      subscriber: record.subscriber,
      standing: record.suppression.map(Standing.suppressed) ?? .active(record.consent)
    )
  }
}

extension OpenSite {
  fileprivate func put(
    _ rows: [SubscriberTable.Row],
    consent: String?,
    asOf: Instant
  ) throws -> [SubscriberResult: Int] {
    let changes = rows.map { row in
      let standing: SubscriberChange.Standing =
        switch row.standing {
        case .suppressed(let reason): .suppressed(reason)
        case .active(let given): .active(given ?? Consent(given: asOf, source: consent ?? ""))
        }
      return SubscriberChange(subscriber: row.subscriber, standing: standing)
    }
    let results = try changes.isEmpty ? [] : store.put(changes, asOf: asOf)
    return Dictionary(results.map { ($0, 1) }, uniquingKeysWith: +)
  }
}

/// What became of the rows, as people and programs are told.
private struct SubscriberSummary: Encodable {
  let added: Int
  let changed: Int
  let unchanged: Int
  let suppressed: Int
  let problems: [String]
  private let lines: [Problem]

  private enum CodingKeys: CodingKey { case added, changed, unchanged, suppressed, problems }

  init(results: [SubscriberResult: Int], problems: [Problem]) {
    added = results[.added] ?? 0
    changed = results[.changed] ?? 0
    unchanged = results[.unchanged] ?? 0
    suppressed = results[.suppressed] ?? 0
    self.problems = problems.map(\.description)
    lines = problems
  }

  func tell(_ report: Report) throws {
    for problem in lines { report.error(problem) }
    if report.isJSON { return try report.document(self) }
    report.say("\(added) added, \(changed) changed, \(unchanged) unchanged.")
    if suppressed > 0 {
      report.say("\(suppressed) left out: the address must not be written to.")
    }
  }
}

/// A subscriber for programs.
private struct SubscriberLine: Encodable {
  let email: String
  let name: String?
  let topics: [String]
  let language: String
  let cadence: String
  let status: String
  let since: String?
  let evidence: String?

  /// - Parameter suppression: what is told beyond the status.
  init(_ row: SubscriberTable.Row, _ suppression: Suppression?) {
    since = suppression?.since.rfc3339
    evidence = suppression?.evidence
    email = row.subscriber.address.description
    name = row.subscriber.name
    topics = row.subscriber.topics.map(\.text)
    language = row.subscriber.language.tag
    cadence = row.subscriber.cadence.rawValue
    switch row.standing {
    case .active: status = "active"
    case .suppressed(let reason): status = reason.rawValue
    }
  }
}
