import Delivering
import Model
import Store
import TestSupport
import Testing
import Transfer

/// One connection to real servers, message by message.
@Suite struct DeliveryEngineTests {
  static let message = Array("Subject: a\r\n\r\nb\r\n".utf8)
  static let hasty = SMTPTimeouts(
    command: Interval(seconds: 1),
    dataInitiation: Interval(seconds: 1),
    dataBlock: Interval(seconds: 1),
    dataTermination: Interval(seconds: 1),
    quit: Interval(seconds: 1)
  )

  private static let ok = DeliveryOutcome.accepted(
    SMTPReply(code: 250, text: "2.0.0 OK: queued as TEST1")
  )

  /// Delivers so many messages over one connection.
  private func deliver(
    to port: Int,
    _ count: Int = 1,
    timeouts: SMTPTimeouts = .standard,
    messagesPerConnection: Int = 50,
    shouldStop: @escaping () -> Bool = { false }
  ) throws -> (report: DeliveryReport, outcomes: [DeliveryOutcome], waiting: Int) {
    var delivery = TestDelivery(count: count)
    delivery.timeouts = timeouts
    delivery.watch.shouldStop = shouldStop
    delivery.compose = { _ in Self.message }
    let report = try delivery.deliver(to: port, messagesPerConnection: messagesPerConnection)
    let last = delivery.queue.lastOutcomes
    let outcomes = (1...Int64(count)).compactMap { last[$0] }
    return (report, outcomes, delivery.queue.waiting.count)
  }

  /// Lines that servers have been known to spoil.
  static let messages: [String] = [
    "Subject: dots\r\n\r\n.\r\n..\r\n.a\r\n. \r\nend.\r\n.\r\n",
    "Subject: long\r\n\r\n" + String(repeating: "x", count: 998) + "\r\n",
    "Subject: empty lines\r\n\r\n\r\n\r\n\r\n",
    "Subject: é à œ « »\r\n\r\nCœur, 5\u{202f}€, \u{1f1eb}\u{1f1f7}\r\n",
    "Subject: commands\r\n\r\nQUIT\r\n\r\n.\r\nMAIL FROM:<x@example.org>\r\nDATA\r\n",
  ]

  @Test func `a message arrives byte by byte`() throws {
    let server = try MailServer()
    var delivery = TestDelivery(Self.messages.map { _ in "rené@example.org" })
    delivery.compose = { Array(Self.messages[Int($0.delivery) - 1].utf8) }
    let report = try delivery.deliver(to: server.port)
    #expect(report.accepted == Self.messages.count)
    #expect(delivery.queue.outcomes.allSatisfy { $0 == Self.ok })
    let got = try server.facts()
    #expect(
      Set(got.messages.map { String(decoding: $0.content, as: UTF8.self) }) == Set(Self.messages)
    )
    #expect(got.messages.allSatisfy { $0.sender == "retour@news.example.org" })
    #expect(got.messages.allSatisfy { $0.recipients == ["rené@example.org"] })
    let options = got.messages.first { $0.content.contains(0xc3) }?.options ?? []
    #expect(options.contains("SMTPUTF8") && options.contains("BODY=8BITMIME"))
    #expect(got.kinds.filter { $0 == "connection" }.count == 1)
  }

  /// Around the sizes at which buffers of powers of two end.
  @Test func `a message of any size arrives byte by byte`() throws {
    let server = try MailServer()
    let sizes = [32_767, 32_768, 32_769] + Array(65_530...65_545) + [131_072]
    var delivery = TestDelivery(count: sizes.count)
    delivery.compose = { Self.message(of: sizes[Int($0.delivery) - 1]) }
    let report = try delivery.deliver(to: server.port)
    #expect(report.accepted == sizes.count)
    let got = try server.facts(untilMessages: sizes.count).messages
    #expect(Set(got.map(\.content)) == Set(sizes.map { Self.message(of: $0) }))
  }

  /// A message of so many bytes, whose last line begins with a dot.
  static func message(of size: Int) -> [UInt8] {
    var message = Array("Subject: size\r\n\r\n".utf8)
    while message.count < size - 100 { message += Array(".2345678901234567890123456789\r\n".utf8) }
    let rest = size - message.count - 2
    return message + [46] + [UInt8](repeating: 120, count: rest - 1) + [13, 10]
  }

  @Test func `messages share a connection, and not more than allowed`() throws {
    let server = try MailServer()
    let result = try deliver(to: server.port, 5, messagesPerConnection: 2)
    #expect(result.outcomes == Array(repeating: Self.ok, count: 5))
    let facts = try server.stop()
    #expect(
      facts.kinds == [
        "connection", "message", "message", "quit", "connection", "message", "message", "quit",
        "connection", "message", "quit",
      ]
    )
  }

  @Test func `a refused recipient leaves the connection and the others`() throws {
    let server = try MailServer([
      "--refuse", "r2@example.org=550 5.1.1 nobody", "--refuse", "r3@example.org=451 4.7.1 later",
    ])
    let result = try deliver(to: server.port, 4)
    #expect(
      result.outcomes == [
        Self.ok, .rejected(SMTPReply(code: 550, text: "5.1.1 nobody")),
        .deferred(SMTPReply(code: 451, text: "4.7.1 later")), Self.ok,
      ]
    )
    let facts = try server.facts()
    #expect(facts.kinds.filter { $0 == "connection" }.count == 1)
    #expect(facts.messages.count == 2)
  }

  static let hard = SMTPReply(code: 500, text: "5.3.0 Error: command failed")
  static let soft = SMTPReply(code: 450, text: "4.3.0 Error: command failed")

  /// With and without PIPELINING (`-p`).
  @Test(
    arguments: [
      (["-r", "MAIL"], DeliveryOutcome.deferred(soft)), (["-r", "RCPT"], .deferred(soft)),
      (["-r", "DATA"], .deferred(soft)), (["-r", "."], .deferred(soft)),
      (["-f", "RCPT"], .rejected(hard)), (["-f", "DATA"], .rejected(hard)),
      (["-f", "."], .rejected(hard)), (["-8"], .accepted(SMTPReply(code: 250, text: "2.0.0 Ok"))),
      (["-e"], .accepted(SMTPReply(code: 250, text: "2.0.0 Ok"))),
    ],
    [[], ["-p"]]
  )
  func `each answer of smtp-sink has its outcome`(
    answer: (options: [String], outcome: DeliveryOutcome),
    more: [String]
  ) throws {
    let server = try startSMTPSink(answer.options + more)
    let result = try deliver(to: server.port, 2)
    #expect(result.outcomes == [answer.outcome, answer.outcome])
  }

  @Test(arguments: ["MAIL", "RCPT", "DATA", "."], [[], ["-p"]])
  func `421 at any command is tried on another connection, and then put off`(
    command: String,
    more: [String]
  ) throws {
    let server = try startSMTPSink(["-Q", command] + more)
    let result = try deliver(to: server.port, 6)
    for outcome in result.outcomes where outcome != .untouched {
      guard case .deferred(let reply) = outcome, reply.text.contains("closing connection") else {
        Issue.record("\(outcome)")
        return
      }
    }
  }

  @Test(arguments: ["MAIL", "RCPT", "DATA"], [[], ["-p"]])
  func `a connection lost twice before the message defers it`(
    command: String,
    more: [String]
  ) throws {
    let server = try startSMTPSink(["-q", command] + more)
    let result = try deliver(to: server.port)
    guard case .deferred(let reply) = result.outcomes[0] else {
      Issue.record("\(result)")
      return
    }
    #expect(reply.enhancedCode == "4.4.2")
  }

  @Test func `a connection lost after the dot leaves it uncertain`() throws {
    let server = try startSMTPSink(["-q", "."])
    let result = try deliver(to: server.port, 4)
    for outcome in result.outcomes.prefix(3) {
      guard case .uncertain = outcome else {
        Issue.record("\(outcome)")
        return
      }
    }
    guard case .failed(.unsteady) = result.report.end else {
      Issue.record("\(result.report.end)")
      return
    }
    #expect(result.outcomes[3] == .untouched)
  }

  @Test func `a refusal of the sender is about us`() throws {
    let server = try startSMTPSink(["-f", "MAIL"])
    let result = try deliver(to: server.port, 2)
    let sender = try #require(TestDelivery.sender)
    #expect(
      result.report.end
        == .failed(
          .senderRefused(server: "127.0.0.1:\(server.port)", sender: sender, Self.hard)
        )
    )
    #expect(result.outcomes == [.untouched, .untouched])
  }

  @Test func `a relay that wants a login says so`() throws {
    let folder = TemporaryFolder()
    let certificate = try makeCertificate(in: folder)
    let server = try MailServer([
      "--certificate", certificate, "--login", "a:b", "--offer-login-in-clear",
    ])
    let result = try deliver(to: server.port)
    guard case .failed(.authenticationRequired(_, let reply)) = result.report.end else {
      Issue.record("\(result)")
      return
    }
    #expect(reply.code == 530)
  }

  @Test(arguments: ["421 4.7.0 enough", "close"])
  func `a relay that ends its connections early gets new ones, and no message twice`(
    ending: String
  ) throws {
    let server = try MailServer(["--messages-per-connection", "2", "--ending", ending])
    let result = try deliver(to: server.port, 7)
    #expect(result.outcomes == Array(repeating: Self.ok, count: 7))
    let facts = try server.stop()
    #expect(Set(facts.messages.map(\.recipients)) == Set((1...7).map { ["r\($0)@example.org"] }))
    #expect(facts.messages.count == 7)
  }

  @Test func `a relay that takes no sender for now is left alone after the third`() throws {
    let server = try startSMTPSink(["-r", "MAIL"])
    let result = try deliver(to: server.port, 4)
    #expect(result.outcomes == Array(repeating: .deferred(Self.soft), count: 3) + [.untouched])
    guard case .failed(.unsteady) = result.report.end else {
      Issue.record("\(result.report.end)")
      return
    }
  }

  /// smtp-sink -W delays the reply to the dot by seconds; without -p it would answer what was
  /// pipelined behind the dot first, which no server may (RFC 2920 §3.2).
  @Test func `a reply that comes too late is never taken for another's`() throws {
    let server = try startSMTPSink(["-p", "-W", ".:3"])
    let result = try deliver(to: server.port, 2, timeouts: Self.hasty)
    let late = DeliveryOutcome.uncertain("no reply to the end of the message: no answer in time")
    #expect(result.outcomes == [late, late])
  }

  @Test(arguments: ["DATA:3", ".:3"])
  func `asked to stop, what is on its way is finished and the rest waits`(delay: String) throws {
    let server = try startSMTPSink(["-p", "-W", delay])
    let start = ContinuousClock.now
    let result = try deliver(
      to: server.port,
      9,
      shouldStop: { ContinuousClock.now > start + .seconds(1) }
    )
    #expect(result.report.end == .stopped)
    #expect(result.report.accepted == 1)
    #expect(result.waiting == 8)
  }

  @Test func `one stalled server connection delays no other`() throws {
    let server = try startSMTPSink(["-p", "-W", ".:2"])
    let delivery = TestDelivery(count: 12)
    let start = ContinuousClock.now
    let report = try delivery.deliver(to: server.port, connections: 12)
    #expect(report.accepted == 12, "\(report)")
    #expect(ContinuousClock.now < start + .seconds(12))
  }
}
