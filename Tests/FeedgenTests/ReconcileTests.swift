import Foundation
import Model
import TestSupport
import Testing

/// Messages whose reply was lost, settled by the log of the real Postfix that they were handed to.
@Suite(
  .serialized,
  .enabled(
    if: (getuid() == 0 || isCI) && isInstalled("postfix"),
    "Postfix has to be started by root"
  )
)
struct ReconcileTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.writeArticle("un", day: 18)
    for number in 1...4 { try site.addSubscriber("l\(number)@courrier.example") }
  }

  /// Postfix has the first and has not the second; of both, the reply is lost.
  @Test func `each message is in the queue once, and its log says which`() throws {
    let relay = try PostfixServer()
    let lost = try loseReplies(to: relay)
    #expect(lost == ["uncertain": 2, "accepted": 2])
    let log = try framed(relay.log)
    let findings = try log.forms.map { try reconcile($0, ["--dry-run", "--json"]) }
    for found in findings {
      #expect(found.deliveries.map(\.recipient) == ["l…@courrier.example", "l…@courrier.example"])
      #expect(found.deliveries.map(\.verdict) == ["accepted", "not-accepted"])
      #expect(found.settled == 0)
      #expect(found.first == findings[0].first, "the stamps mean the same in each form")
    }
    #expect(try counts() == lost, "nothing was changed")
    let settled = try reconcile(log.forms[0], ["--json"])
    #expect(settled.settled == 2)
    #expect(try counts() == ["accepted": 3, "pending": 1])
    try send(to: relay.port)
    #expect(try counts() == ["accepted": 4])
    try relay.waitForLines(4, with: "(queue active)")
    #expect(taken(by: relay).count == 4)
    #expect(Set(taken(by: relay)).count == 4, "no message came twice")
  }

  @Test func `a log that proves nothing changes nothing`() throws {
    let relay = try PostfixServer()
    let lost = try loseReplies(to: relay)
    let log = relay.log
    let short = try reconcile(log, ["--json"])
    #expect(short.deliveries.map(\.verdict) == ["accepted", "open"])
    #expect(short.deliveries[1].reason?.contains("the log would have to go from ") == true)
    let other = log.replacing("message-id=<", with: "message-id=<other.")
    let stranger = try reconcile(framed(other).forms[0], ["--json"])
    #expect(stranger.deliveries.map(\.verdict) == ["open"], "one was settled above")
    #expect(stranger.deliveries[0].reason?.contains("--whole-log") == true)
    #expect(try counts() == ["uncertain": 1, "accepted": 3])
    #expect(lost["uncertain"] == 2)
  }

  @Test func `what is no log is refused`() throws {
    let relay = try PostfixServer()
    _ = try loseReplies(to: relay)
    try site.folder.write("a text\n", to: "text")
    _ = try runProgram("sh", ["-c", "echo x | gzip > '\(site.folder.file("mail.log.gz"))'"])
    let wrong = try ["text", "mail.log.gz", "missing"].map { try site.run(["reconcile", $0]) }
    #expect(wrong.map(\.status) == [65, 65, 66])
    #expect(wrong[0].errors.contains("no line of Postfix’s"))
    #expect(wrong[1].errors.contains("zcat"))
  }

  /// Sends to Postfix through a proxy that hides the fate of two messages.
  private func loseReplies(to relay: PostfixServer) throws -> [String: Int] {
    let script = "\(Program.repository)/Tests/Servers/reply_dropper.py"
    let proxy = try ServerProcess(
      "python3",
      [script, "\(relay.port)", "--drop-reply", "1", "--swallow", "2"]
    )
    let port = try #require(try proxy.readLine().flatMap { Int($0) })
    try send(to: port)
    try relay.waitForLines(3, with: "(queue active)")
    return try counts()
  }

  private func send(to port: Int) throws {
    let result = try site.publish(23, ["--set", "mail.smtp=smtp://127.0.0.1:\(port)"])
    #expect(result.status == 0, "\(result.errors)")
  }

  private func counts() throws -> [String: Int] {
    let sql = "SELECT state || ' ' || count(*) FROM delivery GROUP BY state"
    let lines = try runProgram("sqlite3", [site.folder.file("feedgen.db"), sql]).output
    let pairs = lines.split(separator: "\n").map { $0.split(separator: " ") }
    return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), Int($0[1]) ?? 0) })
  }

  /// The Message-IDs of what Postfix has put in its queue.
  private func taken(by relay: PostfixServer) -> [String] {
    let lines = relay.log.split(separator: "\n").map(String.init)
    let active = Set(lines.filter { $0.hasSuffix("(queue active)") }.map(queueID))
    return lines.filter { $0.contains(" message-id=<") && active.contains(queueID($0)) }
      .compactMap { $0.components(separatedBy: "message-id=").last }
  }

  private func queueID(_ line: String) -> String {
    line.components(separatedBy: "]: ").dropFirst().first.map { String($0.prefix { $0 != ":" }) }
      ?? ""
  }

  /// A quarter of an hour without mail before and behind a log, as a relay's log has it.
  private func framed(_ log: String) throws -> FramedLog {
    let stamp = Date.now.formatted(.iso8601)
    let now = try #require(Instant(stamp, in: .utc))
    let quiet = "relay postfix/anvil[1]: statistics: max cache size 1"
    return FramedLog(
      lines: [(now.advanced(by: .minutes(-15)), quiet)]
        + log.split(separator: "\n").compactMap { line in
          oldStamp(line.prefix(15), before: now).map { ($0, String(line.dropFirst(16))) }
        } + [(now.advanced(by: .minutes(15)), quiet)]
    )
  }

  private func reconcile(_ log: String, _ more: [String]) throws -> Reconciled {
    try site.folder.write(log, to: "mail.log")
    let result = try site.run(["reconcile", "mail.log", "--zone", "UTC"] + more)
    try #require(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(Reconciled.self, from: Data(result.output.utf8))
  }
}

/// Postfix's own stamps are of this machine's zone.
private func oldStamp(_ text: Substring, before now: Instant) -> Instant? {
  let format = DateFormatter()
  format.locale = Locale(identifier: "en_US_POSIX")
  format.dateFormat = "yyyy MMM d HH:mm:ss"
  let year = Zone.utc.civil(now).date.year
  return format.date(from: "\(year) \(text)").map {
    Instant(seconds: Int64($0.timeIntervalSince1970))
  }
}

/// The lines of a log, in each of the forms that its stamps may have.
private struct FramedLog {
  var lines: [(instant: Instant, text: String)]

  var forms: [String] {
    [
      form(\.oldStamp), form(\.rfc3339),
      form { $0.rfc3339.replacing("Z", with: ".123456+00:00") },
      form { $0.rfc3339.replacing("Z", with: "+0000") },
    ]
  }

  private func form(_ stamp: (Instant) -> String) -> String {
    lines.map { "\(stamp($0.instant)) \($0.text)\n" }.joined()
  }
}

extension Instant {
  fileprivate var oldStamp: String {
    let (date, time) = Zone.utc.civil(self)
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let day = date.day < 10 ? " \(date.day)" : "\(date.day)"
    let clock = [time.hour, time.minute, time.second].map { padded($0, to: 2) }
    return "\(months[date.month - 1]) \(day) \(clock.joined(separator: ":"))"
  }
}

private struct Reconciled: Decodable {
  struct Delivery: Decodable {
    var recipient: String
    var verdict: String
    var reason: String?
  }

  var first: String?
  var settled: Int
  var deliveries: [Delivery]
}
