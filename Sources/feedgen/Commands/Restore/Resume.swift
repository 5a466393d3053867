import ArgumentParser
import Model
import Pipeline
import SQLiteStore
import Store

/// `feedgen resume`: lets mail go out again after a restore.
struct Resume: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Says what was sent since the backup, and lets mail go out again.",
    discussion: """
      A restored or copied store does not know what was sent since the copy was made, so no mail \
      goes out. With --already-sent, the issues that were due meanwhile and the messages that waited \
      count as sent. With --send they go out with the next “feedgen publish”.

      Example: feedgen resume --send
      """
  )

  @OptionGroup var options: SiteOptions
  @Flag(help: "Issues that were due meanwhile went out: send nothing of them.")
  var alreadySent = false
  @Flag(help: "Nothing was sent meanwhile: send what waits.") var send = false

  func validate() throws {
    guard alreadySent != send else {
      throw ValidationError("Say what was sent meanwhile: --already-sent or --send.")
    }
  }

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    let lock = try RunLock(beside: configuration.storePath, asOf: .now)
    defer { withExtendedLifetime(lock) {} }
    let open = try OpenSite(configuration, asOf: .now)
    guard let hold = try open.mailHold(asOf: .now) else {
      return report.say("Mail is not on hold; nothing to do.")
    }
    _ = try open.store.replay(DepartureLog(besideStore: configuration.storePath).departures())
    let settled = alreadySent ? try settle(hold, open, report) : nil
    try open.releaseMail(asOf: .now)
    try ResumeSummary(settled).tell(report)
  }

  private func settle(
    _ hold: MailHold,
    _ open: OpenSite,
    _ report: Report
  ) throws -> CountedAsSent {
    let last = open.lastUnknownSending(hold)
    let asOf = try [.now, last, open.store.lastRun()?.asOf ?? .now].max() ?? .now
    return try open.publishRun(parts: [], asOf: asOf, report).countAsSent(dueBy: last)
  }
}

/// What became of the messages, as people and programs are told.
private struct ResumeSummary: Encodable {
  let issues: [String]?
  let messages: Int?

  init(_ settled: CountedAsSent?) {
    issues = settled?.issues.map(\.description)
    messages = settled?.messages
  }

  func tell(_ report: Report) throws {
    if report.isJSON { return try report.document(self) }
    guard let issues, let messages else {
      return report.say("Mail goes out again; what waits is sent by the next “feedgen publish”.")
    }
    for issue in issues { report.say("\(issue): counts as sent.") }
    report.say("\(messages) messages that waited count as sent. Mail goes out again.")
  }
}
