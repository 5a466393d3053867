import Model
import Store

/// Rows on their way into the store, in batches.
struct SubscriberImport {
  private let table: SubscriberTable
  private let site: OpenSite
  private let consent: String?
  private let left: Departures
  private let report: Report
  private(set) var summary = SubscriberSummary()
  /// How many rows there were.
  private(set) var lines = 0
  private var batch: [SubscriberTable.Row] = []

  /// - Parameter consent: how those rows asked to be written to that do not say so themselves.
  init(_ table: SubscriberTable, into site: OpenSite, consent: String?, _ report: Report) throws {
    self.table = table
    self.site = site
    self.consent = consent
    self.report = report
    left = try Departures(of: site)
  }

  mutating func add(_ result: Result<SubscriberTable.Row, Problem>) throws {
    lines += 1
    switch result {
    case .failure(let problem): summary.problems.append(problem)
    case .success(let row): try add(row)
    }
  }

  private mutating func add(_ row: SubscriberTable.Row) throws {
    if case .leftOut(let why) = row.standing {
      summary.leftOut.append(table.problem("\(row.subscriber.address): \(why)", line: row.line))
    } else if let wrong = problem(with: row) {
      summary.problems.append(table.problem(wrong, line: row.line))
    } else if try left.suppress(row) {
      note(row, .suppressed)
    } else {
      batch.append(row)
      if batch.count == 500 { try finish() }
    }
  }

  /// Why a row that can be read cannot be taken.
  private func problem(with row: SubscriberTable.Row) -> String? {
    if !site.site.serves(row.subscriber.cadence) {
      return "there is no \(row.subscriber.cadence) digest; add one under “digests” in "
        + "feedgen.yaml, or choose another cadence"
    }
    guard row.standing == .active(nil), consent == nil else { return nil }
    return "says no consent; fill consent_at and consent_source, or say for all with "
      + "--consent 'how it was given'"
  }

  /// Writes what waits.
  mutating func finish() throws {
    let results = try site.put(batch, consent: consent, asOf: .now)
    for (row, result) in zip(batch, results) { note(row, result) }
    batch = []
  }

  private mutating func note(_ row: SubscriberTable.Row, _ result: SubscriberResult) {
    summary.count(result)
    let outcome = result == .suppressed ? "left out: must not be written to" : result.rawValue
    report.note("\(table.path):\(row.line): \(row.subscriber.address): \(outcome)")
  }
}

extension Site {
  /// Whether somebody who wants mail so often would get any.
  func serves(_ cadence: Cadence) -> Bool {
    digests.isEmpty || digests.contains { $0.schedule.cadence == cadence }
  }
}

extension OpenSite {
  /// Writes rows into the store.
  ///
  /// - Returns: what became of each.
  func put(
    _ rows: [SubscriberTable.Row],
    consent: String?,
    asOf: Instant
  ) throws -> [SubscriberResult] {
    let changes = rows.compactMap { row -> SubscriberChange? in
      let standing: SubscriberChange.Standing
      switch row.standing {
      case .leftOut: return nil
      case .suppressed(let reason): standing = .suppressed(reason)
      case .active(let given):
        standing = .active(given ?? Consent(given: asOf, source: consent ?? ""))
      }
      return SubscriberChange(subscriber: row.subscriber, standing: standing)
    }
    return try changes.isEmpty ? [] : store.put(changes, asOf: asOf)
  }
}
