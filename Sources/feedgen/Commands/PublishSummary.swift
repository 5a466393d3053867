import ArgumentParser
import Delivering
import Model
import Pipeline

/// What a run did, as people and programs are told.
struct PublishSummary: Encodable {
  fileprivate struct Delivered: Encodable {
    let accepted: Int
    let rejected: Int
    let deferred: Int
    let uncertain: Int
    let previewed: Int
    /// Until when the relay is left alone.
    let restsUntil: String?
    let troubles: [String]
  }

  fileprivate struct Hubs: Encodable {
    let told: Int
    let waiting: Int
    let givenUp: Int
    let troubles: [String]
  }

  private let imported: ImportSummary
  private let released: Int
  private let written: [String]
  private let removed: [String]
  private let hubs: Hubs?
  private let issues: [IssueSummary]
  private let delivered: Delivered?
  private let warnings: [String]

  private enum CodingKeys: CodingKey {
    case imported, released, written, removed, hubs, issues, delivered
  }

  init(_ report: PublishReport) {
    imported = ImportSummary(report.imported)
    released = report.feeds.released
    written = report.feeds.written
    removed = report.feeds.removed
    hubs = report.hubs.map(Hubs.init)
    warnings = report.hubs?.troubles.filter(\.isWorthSaying).map(\.description) ?? []
    issues = report.issues.map(IssueSummary.init)
    delivered = report.delivered.map(Delivered.init)
  }

  /// Says what somebody must look at, and the rest only where somebody looks on.
  ///
  /// What is wrong with articles lasts, and is not said by every run: ``OpenSite`` has those.
  func tell(_ report: Report) throws {
    imported.tellRepairs(report)
    for warning in warnings { report.warn(warning) }
    for issue in issues where issue.isAlarm { report.error(issue.line) }
    for trouble in delivered?.troubles ?? [] { report.error(trouble) }
    if let rest = delivered?.restsUntil {
      report.note("the mail server failed before and is left alone until \(rest)")
    }
    if report.isJSON { return try report.document(self) }
    for line in lines { report.remark(line) }
  }

  private var lines: [String] {
    var lines = written.map { "written: \($0)" } + removed.map { "removed: \($0)" }
    if let hubs, hubs.told > 0 { lines.append("hubs told: \(hubs.told)") }
    lines += issues.filter { !$0.isAlarm }.map(\.line)
    if let delivered { lines += delivered.lines }
    return lines.isEmpty ? ["Nothing to do."] : lines
  }
}

extension PublishSummary.Hubs {
  fileprivate init(_ report: HubReport) {
    told = report.told
    waiting = report.troubles.reduce(0) { $0 + $1.waiting }
    givenUp = report.troubles.reduce(0) { $0 + $1.givenUp }
    troubles = report.troubles.map(\.description)
  }
}

extension PublishSummary.Delivered {
  fileprivate init(_ report: DeliveryReport) {
    accepted = report.accepted
    rejected = report.rejected
    deferred = report.deferred
    uncertain = report.uncertain
    previewed = report.previewed
    troubles = report.troubles.map { "\($0.recipient): \($0.reply)" }
    if case .resting(let until) = report.end {
      restsUntil = until.rfc3339
    } else {
      restsUntil = nil
    }
  }

  fileprivate var lines: [String] {
    let counts = [
      ("sent", accepted), ("written to the outbox", previewed), ("refused", rejected),
      ("waiting for another try", deferred), ("uncertain", uncertain),
    ]
    return counts.filter { $0.1 > 0 }.map { "messages \($0.0): \($0.1)" }
  }
}

extension PublishReport {
  /// Whether the run did anything worth recording.
  var isNews: Bool {
    imported.isChange || feeds.isChange || hubs?.isChange == true || !issues.isEmpty
      || delivered != nil
  }

  var exitCode: ExitCode? {
    if let code = imported.exitCode { return code }
    return delivered?.end == .stopped ? .temporaryFailure : nil
  }
}
