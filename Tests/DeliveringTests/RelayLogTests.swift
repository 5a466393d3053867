import Delivering
import Model
import Store
import Testing

/// What a Postfix log proves of messages whose reply was lost.
@Suite struct RelayLogTests {
  static let paris = Zone(identifier: "Europe/Paris") { _ in 3600 }
  static let now = Instant("2026-11-23T12:00:00Z", in: .utc)!

  @Test(arguments: [
    ("Nov 23 08:00:01 ", "2026-11-23T07:00:01Z"),
    ("Nov  3 08:00:01 ", "2026-11-03T07:00:01Z"),
    // A relay's clock may be ahead; a later day was last year's.
    ("Nov 24 12:00:00 ", "2026-11-24T11:00:00Z"),
    ("Nov 25 08:00:01 ", "2025-11-25T07:00:01Z"),
    ("Dec 31 23:59:59 ", "2025-12-31T22:59:59Z"),
    ("Feb 29 08:00:00 ", "2024-02-29T07:00:00Z"),
    ("2026-11-23T08:00:01.123456+01:00 ", "2026-11-23T07:00:01Z"),
    ("2026-11-23T08:00:01+0100 ", "2026-11-23T07:00:01Z"),
    ("2026-11-23T07:00:01Z ", "2026-11-23T07:00:01Z"),
  ])
  func `a line's stamp is read`(stamp: String, expected: String) {
    let bytes = Array((stamp + "mail postfix/qmgr[1]: 4A: removed").utf8)
    var reader = LogStampReader(zone: RelayLogTests.paris, now: RelayLogTests.now)
    let read = reader.stamp(of: bytes.span)
    #expect(read?.instant.rfc3339 == expected)
    #expect(read?.end == stamp.utf8.count - 1)
  }

  @Test(arguments: [
    "", "Nov 23", "Nov 23 08:00:01", "Foo 23 08:00:01 mail x", "Feb 30 08:00:01 mail x",
    "Nov 23 25:00:01 mail x", "2026-13-01T08:00:01Z mail x", "-- Logs begin at Mon 2026 --",
  ])
  func `what is no stamp is none`(line: String) {
    var reader = LogStampReader(zone: .utc, now: RelayLogTests.now)
    #expect(reader.stamp(of: Array(line.utf8).span) == nil)
  }

  @Test(arguments: [
    (" mail postfix/smtpd[12]: connect from localhost[127.0.0.1]", PostfixLogLine.client),
    (
      " mail postfix/cleanup[12]: 4A1B2C: message-id=<abc@news.example>",
      .messageID("abc@news.example", queueID: "4A1B2C")
    ),
    (
      " mail postfix-out/qmgr[1]: 4Y3wZ60b3Vz9: from=<a@b.example>, size=7, nrcpt=1 (queue active)",
      .active(queueID: "4Y3wZ60b3Vz9")
    ),
    (" mail postfix/qmgr[1]: 4A1B2C: removed", .removed(queueID: "4A1B2C")),
    (
      " mail postfix/cleanup[1]: 4A: milter-reject: END-OF-MESSAGE from x[::1]: 5.7.1 spam;",
      .refused(queueID: "4A")
    ),
  ])
  func `a line of Postfix's is read`(line: String, expected: PostfixLogLine) {
    #expect(PostfixLogLine(Array(line.utf8).span) == expected)
  }

  @Test(arguments: [
    "", ":", " mail", " mail postfix/qmgr[1]:", " mail postfix/qmgr[1]: ",
    " mail postfix/qmgr[1]: 4A: from=<a@b>, status=expired, returned to sender",
    " mail postfix/cleanup[1]: 4A: resent-message-id=<abc@x>",
    " mail postfix/cleanup[1]: 4A: message-id=<abc@x",
    " mail postfix/smtp[1]: 4A: to=<a@b>, status=sent (queue active)", " mail smtpd: x",
    " mail dovecot/imap[1]: 4A: removed",
  ])
  func `a line that says nothing of it is passed over`(line: String) {
    #expect(PostfixLogLine(Array(line.utf8).span) == nil)
  }

  @Test func `what was taken is proven by the queue`() throws {
    let log = log(
      "08:00",
      ["cleanup[1]: 4A: message-id=<lost@x>", "qmgr[1]: 4A: from=<a@b> (queue active)"]
    )
    #expect(judge(log) == .accepted(queueID: "4A", at: at("08:00")))
  }

  @Test(arguments: 1...40)
  func `pieces of any size give the same`(size: Int) throws {
    let whole = text(
      "08:00",
      ["cleanup[1]: 4A: message-id=<lost@x>", "qmgr[1]: 4A: from=<a@b> (queue active)"]
    )
    var log = emptyLog
    let bytes = Array(whole.utf8.dropLast())
    for start in stride(from: 0, to: bytes.count, by: size) {
      log.read(Array(bytes[start...].prefix(size)))
    }
    log.endFile()
    #expect(judge(log) == .accepted(queueID: "4A", at: at("08:00")))
    #expect(log.span == at("07:00")...at("09:00"))
  }

  @Test func `a queue id that was given anew proves nothing`() throws {
    let log = log(
      "08:00",
      [
        "cleanup[1]: 4A: message-id=<lost@x>", "cleanup[1]: 4A: message-id=<another@x>",
        "qmgr[1]: 4A: from=<a@b> (queue active)",
      ]
    )
    #expect(judge(log) == .open(.begun(queueID: "4A")))
  }

  @Test func `what was refused was not taken`() throws {
    let log = log(
      "08:00",
      [
        "smtpd[1]: 4A: client=localhost", "cleanup[1]: 4A: message-id=<lost@x>",
        "cleanup[1]: 4A: milter-reject: END-OF-MESSAGE from localhost",
      ] + witness
    )
    #expect(judge(log) == .notAccepted)
  }

  @Test func `absence is proof in the whole log of the relay that was used`() throws {
    let log = log("08:00", ["smtpd[1]: connect from localhost"] + witness)
    #expect(judge(log) == .notAccepted)
  }

  @Test func `absence is no proof where nothing shows that it is that relay's log`() throws {
    let log = log("08:00", ["smtpd[1]: connect from localhost"])
    #expect(judge(log) == .open(.stranger))
    #expect(judge(log, isVouchedFor: true) == .notAccepted)
  }

  @Test func `absence is no proof where nobody spoke to the server then`() throws {
    let log = log("08:30", ["smtpd[1]: connect from localhost"] + witness)
    #expect(judge(log, isVouchedFor: true) == .open(.silent(at("08:00")...at("08:01"))))
  }

  @Test(arguments: [("07:55", "09:00"), ("07:00", "08:10"), ("08:00", "08:01")])
  func `absence is no proof in a log that begins too late or ends too soon`(
    first: String,
    last: String
  ) throws {
    let log = log(
      "08:00",
      ["smtpd[1]: connect from localhost"] + witness,
      from: first,
      to: last
    )
    let range = at("07:50")...at("08:11")
    #expect(judge(log, isVouchedFor: true) == .open(.outside(range)))
  }

  @Test func `absence is no proof where it is not known when it was tried`() throws {
    var delivery = lost
    delivery.tried = nil
    let log = log("08:00", ["smtpd[1]: connect from localhost"] + witness)
    let verdict = LogJudge(log, isVouchedFor: true).verdict(on: delivery, named: "lost") { [] }
    #expect(verdict == .open(.undated))
  }

  @Test func `a line without an end takes no memory, and spoils no other`() throws {
    var log = emptyLog
    for _ in 0..<100 { log.read([UInt8](repeating: 65, count: 10_000)) }
    log.read([10])
    log.read(Array(text("08:00", ["smtpd[1]: connect"] + witness).utf8))
    #expect(judge(log) == .notAccepted)
  }

  private let witness = [
    "cleanup[1]: 4B: message-id=<witness@x>", "qmgr[1]: 4B: from=<a@b> (queue active)",
  ]

  private var emptyLog: RelayLog {
    RelayLog(
      wanted: ["lost", "witness"],
      stamps: LogStampReader(zone: .utc, now: RelayLogTests.now)
    )
  }

  private func log(
    _ time: String,
    _ lines: [String],
    from first: String = "07:00",
    to last: String = "09:00"
  ) -> RelayLog {
    var log = emptyLog
    log.read(Array(text(time, lines, from: first, to: last).utf8))
    return log
  }

  private func text(
    _ time: String,
    _ lines: [String],
    from first: String = "07:00",
    to last: String = "09:00"
  ) -> String {
    let all =
      [(first, "anvil[1]: statistics")] + lines.map { (time, $0) } + [
        (last, "anvil[1]: statistics")
      ]
    return all.map { "Nov 23 \($0):00 mail postfix/\($1)\n" }.joined()
  }

  private func at(_ time: String) -> Instant {
    Instant("2026-11-23T\(time):00Z", in: .utc)!
  }

  private var lost: OpenDelivery {
    OpenDelivery(
      key: 1,
      content: .message([]),
      state: .uncertain,
      recipient: EmailAddress("l@x.example")!,
      attempts: 1,
      tried: at("08:00")...at("08:01")
    )
  }

  private func judge(_ log: RelayLog, isVouchedFor: Bool = false) -> LogVerdict {
    LogJudge(log, isVouchedFor: isVouchedFor).verdict(on: lost, named: "lost") { ["witness"] }
  }
}
