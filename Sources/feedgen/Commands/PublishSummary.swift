import ArgumentParser
import Delivering
import Model
import Pipeline

/// What a run did, as people and programs are told.
struct PublishSummary: Encodable {
  fileprivate struct Issue: Encodable {
    let name: String
    let articles: Int
    let deliveries: Int
    let isMissed: Bool
  }

  fileprivate struct Delivered: Encodable {
    let accepted: Int
    let rejected: Int
    let deferred: Int
    let uncertain: Int
    let previewed: Int
    let troubles: [String]
  }

  private let imported: ImportSummary
  private let released: Int
  private let written: [String]
  private let removed: [String]
  private let issues: [Issue]
  private let delivered: Delivered?

  init(_ report: PublishReport) {
    imported = ImportSummary(report.imported)
    released = report.feeds.released
    written = report.feeds.written
    removed = report.feeds.removed
    issues = report.issues.compactMap(Issue.init)
    delivered = report.delivered.map(Delivered.init)
  }

  /// Says what somebody must look at, and the rest only where somebody looks on.
  func tell(_ report: Report) throws {
    imported.tellProblems(report)
    for issue in issues where issue.isMissed {
      report.error(
        "\(issue.name): not sent, because it is too late (max_lateness); "
          + "its articles will be in the next issue"
      )
    }
    for trouble in delivered?.troubles ?? [] { report.error(trouble) }
    if report.isJSON { return try report.document(self) }
    for line in lines { report.remark(line) }
  }

  private var lines: [String] {
    var lines = written.map { "written: \($0)" } + removed.map { "removed: \($0)" }
    lines += issues.filter { !$0.isMissed }.map {
      "planned: \($0.name), \($0.articles) articles, \($0.deliveries) messages"
    }
    if let delivered { lines += delivered.lines }
    return lines.isEmpty ? ["Nothing to do."] : lines
  }
}

extension PublishSummary.Issue {
  fileprivate init?(_ issue: PlannedIssue) {
    switch issue {
    case .notDue: return nil
    case .missed(let name):
      self.init(name: "\(name)", articles: 0, deliveries: 0, isMissed: true)
    case .planned(let name, let articles, let deliveries):
      self.init(name: "\(name)", articles: articles, deliveries: deliveries, isMissed: false)
    }
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
    imported.isChange || feeds.isChange || !issues.isEmpty || delivered != nil
  }

  var exitCode: ExitCode? {
    if let code = imported.exitCode { return code }
    return delivered?.end == .stopped ? .temporaryFailure : nil
  }
}
