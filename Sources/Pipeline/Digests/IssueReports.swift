import Model
import Rendering
import Selecting
import Store

/// Tells the editor what became of each issue, once.
struct IssueReports {
  let store: any DeliveryQueue & IssueControl
  let site: Site
  let editor: EmailAddress
  let mail: StaffMail
  let asOf: Instant

  /// Reports on the issues of which all messages have come to their end, or a day has passed.
  ///
  /// - Returns: how many reports wait to be sent now.
  func write(_ templates: () throws -> Templates) throws -> Int {
    let issues = try store.issuesToReport(dueAfter: asOf.advanced(by: .days(-7)))
      .map { ($0, try store.counts(of: $0.key)) }
      .filter { isDone($0.1) || asOf.since($0.0.slot) > .hours(24) }
    guard !issues.isEmpty else { return 0 }
    let texts = try StaffTexts(try templates(), site)
    for (issue, counts) in issues { try report(issue, counts, texts) }
    return issues.count
  }

  private func isDone(_ counts: DeliveryCounts) -> Bool {
    [DeliveryState.pending, .claimed, .uncertain].allSatisfy { counts[$0] == nil }
  }

  private func report(
    _ issue: IssueRecord,
    _ counts: DeliveryCounts,
    _ texts: StaffTexts
  ) throws {
    let changes = try store.readerChanges(since: previousSlot(issue))
    let bytes = mail.bytes(
      to: editor,
      subject: texts.reportSubject(issue.name),
      text: texts.report(counts, newSubscribers: changes.new, left: changes.left),
      name: "report \(issue.name) \(issue.plan)",
      date: asOf
    )
    let message = StaffMessage(recipient: editor, bytes: bytes)
    try store.setReported(issue.key, at: asOf, telling: [message])
  }

  private func previousSlot(_ issue: IssueRecord) -> Instant {
    site.digests.first { $0.name == issue.name.digest }?
      .schedule.slot(before: issue.name.date, in: site.zone).instant ?? issue.slot
  }
}
