import Delivering
import Model
import Store

/// What a log proved, as people and programs are told.
struct ReconcileSummary: Encodable {
  fileprivate struct Item: Encodable {
    let recipient: String
    let issue: String?
    let verdict: String
    let queueID: String?
    /// Why nothing is proven.
    let reason: String?
  }

  let first: String?
  let last: String?
  /// How many deliveries were changed.
  let settled: Int
  private let deliveries: [Item]
  private let isDryRun: Bool

  private enum CodingKeys: CodingKey { case first, last, settled, deliveries }

  init(
    _ verdicts: [(OpenDelivery, LogVerdict)],
    span: ClosedRange<Instant>?,
    settled: Int,
    isDryRun: Bool
  ) {
    first = span?.lowerBound.rfc3339
    last = span?.upperBound.rfc3339
    self.settled = settled
    self.isDryRun = isDryRun
    deliveries = verdicts.map(Item.init)
  }

  func tell(_ report: Report) throws {
    if report.isJSON { return try report.document(self) }
    guard !deliveries.isEmpty else { return report.say("No message is uncertain or unknown.") }
    if let first, let last { report.say("The log goes from \(first) to \(last).") }
    for item in deliveries { report.say(item.line) }
    report.say(isDryRun ? "Nothing was changed." : "\(settled) of \(deliveries.count) settled.")
  }
}

extension ReconcileSummary.Item {
  fileprivate init(_ delivery: OpenDelivery, _ verdict: LogVerdict) {
    recipient = delivery.recipient.masked
    if case .edition(let name, _) = delivery.content {
      issue = name.description
    } else {
      issue = nil
    }
    switch verdict {
    case .accepted(let id, _): (self.verdict, queueID, reason) = ("accepted", id, nil)
    case .notAccepted: (self.verdict, queueID, reason) = ("not-accepted", nil, nil)
    case .open(.begun(let id)): (self.verdict, queueID, reason) = ("open", id, beginning)
    case .open(let doubt): (self.verdict, queueID, reason) = ("open", nil, doubt.words)
    }
  }

  fileprivate var line: String {
    let head = "\(recipient)\(issue.map { " (\($0))" } ?? ""): "
    switch verdict {
    case "accepted": return head + "the server took it, as \(queueID ?? "")"
    case "not-accepted": return head + "the server never had it; it goes out again"
    default: return head + "stays open: \(queueID.map { "\($0) " } ?? "")\(reason ?? "")"
    }
  }
}

private let beginning = "began to come in, and the log does not show what became of it"

extension LogVerdict.Doubt {
  fileprivate var words: String {
    switch self {
    case .begun: beginning
    case .outside(let range):
      "the log would have to go from \(range.lowerBound.rfc3339) to \(range.upperBound.rfc3339)"
    case .silent(let range):
      "nobody spoke to this server from \(range.lowerBound.rfc3339) to "
        + "\(range.upperBound.rfc3339); is it another server’s log, or is a part missing?"
    case .stranger:
      "none of our messages of that time is in the log; if it is the whole log of the server that "
        + "was used, say so with --whole-log"
    case .undated:
      "an older feedgen did not note when it was tried"
    }
  }
}
