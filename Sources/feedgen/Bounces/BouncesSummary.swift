import Model
import Pipeline

/// What came back, as people and programs are told.
struct BouncesSummary {
  let report: ReturnedMailReport
  let alarms: [PolicyAlarm]
  let isStopped: Bool

  init(_ report: ReturnedMailReport, alarms: [PolicyAlarm], isStopped: Bool = false) {
    self.report = report
    self.alarms = alarms
    self.isStopped = isStopped
  }

  func tell(_ output: Report, isRehearsal: Bool) throws {
    for alarm in alarms { output.error(alarm.words) }
    if isStopped { output.warn("stopped; the next run goes on where this one ended") }
    if output.isJSON { return try output.document(BouncesDocument(self)) }
    let tell = isRehearsal ? output.say : output.remark
    tell(line)
    for (address, reason) in report.suppressed {
      let name = output.amount == .verbose ? address.description : address.masked
      tell("\(name): \(isRehearsal ? "would get" : "gets") nothing any more (\(reason.rawValue)).")
    }
  }

  /// What was done before something went wrong.
  func tellIfAny(_ output: Report) throws {
    guard report.read > 0, !output.isJSON else { return }
    output.remark(line)
  }

  // For instance: 12 messages: 3 dead, 1 policy; 2 left alone (1 unverified, 1 other).
  private var line: String {
    let done = joined(
      RefusalClass.allCases.map { ("\($0.rawValue)", report.refused[$0] ?? 0) } + [
        ("complained", report.complaints), ("left", report.left),
        ("delayed", report.delayed), ("without effect", report.withoutEffect),
        ("known already", report.repeated),
      ]
    )
    let alone = joined([
      ("automatic", report.automaticReplies), ("unverified", report.unverified),
      ("other", report.others),
    ])
    let number = report.unverified + report.automaticReplies + report.others
    return "\(report.read) message\(report.read == 1 ? "" : "s")"
      + (done.isEmpty ? "" : ": \(done)")
      + (number == 0 ? "." : "; \(number) left alone (\(alone)).")
  }

  private func joined(_ counts: [(String, Int)]) -> String {
    counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
  }
}

extension PolicyAlarm {
  fileprivate var words: String {
    "\(issue): servers refused \(refused) of \(sent) messages for what they think of the sender "
      + "(5.7.x), and no subscriber is to blame; see SPF, DKIM, DMARC and block lists, "
      + "and “feedgen check”"
  }
}

/// The summary for programs.
private struct BouncesDocument: Encodable {
  struct Ended: Encodable {
    let email: String
    let reason: String
  }

  struct Alarm: Encodable {
    let issue: String
    let refused: Int
    let sent: Int
  }

  let read: Int
  let refused: [String: Int]
  let complaints: Int
  let left: Int
  let delayed: Int
  let withoutEffect: Int
  let repeated: Int
  let unverified: Int
  let automaticReplies: Int
  let others: Int
  let suppressed: [Ended]
  let alarms: [Alarm]

  init(_ summary: BouncesSummary) {
    let report = summary.report
    read = report.read
    refused = Dictionary(
      uniqueKeysWithValues: RefusalClass.allCases.map { ($0.rawValue, report.refused[$0] ?? 0) }
    )
    complaints = report.complaints
    left = report.left
    delayed = report.delayed
    withoutEffect = report.withoutEffect
    repeated = report.repeated
    unverified = report.unverified
    automaticReplies = report.automaticReplies
    others = report.others
    suppressed = report.suppressed.map { Ended(email: "\($0.address)", reason: $0.reason.rawValue) }
    alarms = summary.alarms.map {
      Alarm(issue: "\($0.issue)", refused: $0.refused, sent: $0.sent)
    }
  }
}
