import Delivering
import Model
import TestSupport
import Testing
import Transfer

@Suite struct SMTPMailerTests {
  static let message = Array("Subject: a\r\n\r\nb\r\n".utf8)
  static let hasty = SMTPTimeouts(
    command: Interval(seconds: 1),
    dataInitiation: Interval(seconds: 1),
    dataBlock: Interval(seconds: 1),
    dataTermination: Interval(seconds: 1),
    quit: Interval(seconds: 1)
  )

  private func mailer(
    _ port: Int,
    timeouts: SMTPTimeouts = .standard,
    messagesPerConnection: Int = 50,
    shouldStop: @escaping () -> Bool = { false }
  ) -> SMTPMailer {
    let relay = Relay(
      host: "127.0.0.1",
      port: port,
      security: .none,
      credentials: nil,
      ehloName: "news.example.org"
    )
    return SMTPMailer(
      relay: relay,
      timeouts: timeouts,
      messagesPerConnection: messagesPerConnection,
      shouldStop: shouldStop
    )
  }

  private func send(_ mailer: inout SMTPMailer, _ count: Int = 1) throws -> [DeliveryOutcome] {
    try (1...count).map { number in
      try mailer.send(.test(to: "r\(number)@example.org"), message: OutgoingMessage(Self.message))
    }
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
    var mailer = mailer(server.port)
    for message in Self.messages {
      let outcome = try mailer.send(
        .test(to: "rené@example.org"),
        message: OutgoingMessage(Array(message.utf8))
      )
      #expect(outcome == .accepted(SMTPReply(code: 250, text: "2.0.0 OK: queued as TEST1")))
    }
    mailer.finish()
    let facts = try server.facts()
    #expect(facts.messages.map { String(decoding: $0.content, as: UTF8.self) } == Self.messages)
    #expect(facts.messages.allSatisfy { $0.sender == "lettre@news.example.org" })
    #expect(facts.messages.allSatisfy { $0.recipients == ["rené@example.org"] })
    #expect(facts.messages[3].options.contains("SMTPUTF8"))
    #expect(facts.messages[3].options.contains("BODY=8BITMIME"))
    #expect(facts.kinds.filter { $0 == "connection" }.count == 1)
  }

  /// Around the sizes at which buffers of powers of two end.
  @Test func `a message of any size arrives byte by byte`() throws {
    let server = try MailServer()
    var mailer = mailer(server.port)
    let sizes = [32_767, 32_768, 32_769] + Array(65_530...65_545) + [131_072]
    for size in sizes {
      let message = Self.message(of: size)
      let outcome = try mailer.send(.test(to: "a@example.org"), message: OutgoingMessage(message))
      guard case .accepted = outcome else {
        Issue.record("\(size): \(outcome)")
        return
      }
      let got = try server.facts(untilMessages: 1).messages
      #expect(got.first?.content == message, "\(size)")
    }
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
    var mailer = mailer(server.port, messagesPerConnection: 2)
    let outcomes = try send(&mailer, 5)
    mailer.finish()
    #expect(outcomes.count == 5)
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
    var mailer = mailer(server.port)
    let outcomes = try send(&mailer, 4)
    mailer.finish()
    let ok = DeliveryOutcome.accepted(SMTPReply(code: 250, text: "2.0.0 OK: queued as TEST1"))
    #expect(
      outcomes == [
        ok, .rejected(SMTPReply(code: 550, text: "5.1.1 nobody")),
        .deferred(SMTPReply(code: 451, text: "4.7.1 later")), ok,
      ]
    )
    let facts = try server.facts()
    #expect(
      facts.kinds == ["connection", "message", "reset", "reset", "message", "quit"]
    )
  }

  static let hard = SMTPReply(code: 500, text: "5.3.0 Error: command failed")
  static let soft = SMTPReply(code: 450, text: "4.3.0 Error: command failed")

  @Test(arguments: [
    (["-r", "MAIL"], DeliveryOutcome.deferred(soft)), (["-r", "RCPT"], .deferred(soft)),
    (["-r", "DATA"], .deferred(soft)), (["-r", "."], .deferred(soft)),
    (["-f", "RCPT"], .rejected(hard)), (["-f", "DATA"], .rejected(hard)),
    (["-f", "."], .rejected(hard)), (["-8"], .accepted(SMTPReply(code: 250, text: "2.0.0 Ok"))),
    (["-e"], .accepted(SMTPReply(code: 250, text: "2.0.0 Ok"))),
  ])
  func `each answer of smtp-sink has its outcome`(
    options: [String],
    outcome: DeliveryOutcome
  ) throws {
    let server = try startSMTPSink(options)
    var mailer = mailer(server.port)
    let outcomes = try send(&mailer, 2)
    mailer.finish()
    #expect(outcomes == [outcome, outcome])
  }

  @Test(arguments: ["MAIL", "RCPT", "DATA", "."])
  func `421 at any command defers, and the third in a row is enough`(command: String) throws {
    let server = try startSMTPSink(["-Q", command])
    var mailer = mailer(server.port)
    let outcomes = try send(&mailer, 3)
    for outcome in outcomes {
      guard case .deferred(let reply) = outcome else {
        Issue.record("\(outcome)")
        return
      }
      #expect(reply.code == 421)
    }
    let error = #expect(throws: RelayError.self) { try send(&mailer) }
    guard case .unsteady = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: ["MAIL", "RCPT", "DATA"])
  func `a connection lost before the message defers it`(command: String) throws {
    let server = try startSMTPSink(["-q", command])
    var mailer = mailer(server.port)
    let outcome = try send(&mailer)[0]
    guard case .deferred(let reply) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(reply.enhancedCode == "4.4.2")
  }

  @Test func `a connection lost after the dot leaves it uncertain`() throws {
    let server = try startSMTPSink(["-q", "."])
    var mailer = mailer(server.port)
    let outcomes = try send(&mailer, 3)
    for outcome in outcomes {
      guard case .uncertain = outcome else {
        Issue.record("\(outcome)")
        return
      }
    }
    #expect(throws: RelayError.self) { try send(&mailer) }
  }

  @Test func `a refusal of the sender is about us`() throws {
    let server = try startSMTPSink(["-f", "MAIL"])
    var mailer = mailer(server.port)
    let error = #expect(throws: RelayError.self) { try send(&mailer) }
    let sender = Envelope.test(to: "a@b.fr").sender
    #expect(
      error == .senderRefused(server: "127.0.0.1:\(server.port)", sender: sender, Self.hard)
    )
  }

  @Test func `a relay that wants a login says so`() throws {
    let folder = TemporaryFolder()
    let certificate = try makeCertificate(in: folder)
    let server = try MailServer([
      "--certificate", certificate, "--login", "a:b", "--offer-login-in-clear",
    ])
    var mailer = mailer(server.port)
    let error = #expect(throws: RelayError.self) { try send(&mailer) }
    guard case .authenticationRequired(_, let reply) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reply.code == 530)
  }

  @Test func `nobody there ends it at once`() throws {
    let server = try startSMTPSink()
    server.process.stop()
    var mailer = mailer(server.port)
    let error = #expect(throws: RelayError.self) { try send(&mailer) }
    guard case .connection(let detail) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(detail.kind == .unreachable)
  }

  @Test(arguments: ["421 4.7.0 enough", "close"])
  func `a relay that ends its connections early gets new ones, and no message twice`(
    ending: String
  ) throws {
    let server = try MailServer(["--messages-per-connection", "2", "--ending", ending])
    var mailer = mailer(server.port)
    let outcomes = try send(&mailer, 7)
    let ok = DeliveryOutcome.accepted(SMTPReply(code: 250, text: "2.0.0 OK: queued as TEST1"))
    #expect(outcomes == Array(repeating: ok, count: 7))
    mailer.finish()
    let facts = try server.facts()
    #expect(facts.messages.map(\.recipients) == (1...7).map { ["r\($0)@example.org"] })
    #expect(facts.kinds.filter { $0 == "connection" }.count == 4)
  }

  @Test func `a relay that takes no sender for now is left alone after the third`() throws {
    let server = try startSMTPSink(["-r", "MAIL"])
    var mailer = mailer(server.port)
    let outcomes = try send(&mailer, 3)
    #expect(outcomes == Array(repeating: .deferred(Self.soft), count: 3))
    #expect(throws: RelayError.self) { try send(&mailer) }
  }

  /// smtp-sink -W delays the reply to the dot by seconds.
  @Test func `a reply that comes too late is never taken for another's`() throws {
    let server = try startSMTPSink(["-W", ".:3"])
    var mailer = mailer(server.port, timeouts: Self.hasty)
    let first = try send(&mailer)[0]
    #expect(first == .uncertain("no reply to the end of the message: no answer in time"))
    let second = try send(&mailer)[0]
    #expect(second == .uncertain("no reply to the end of the message: no answer in time"))
  }

  @Test func `asked to stop before the dot, it stops at once`() throws {
    let server = try startSMTPSink(["-W", "DATA:5"])
    let start = ContinuousClock.now
    var mailer = mailer(server.port, shouldStop: { ContinuousClock.now > start + .seconds(1) })
    let outcome = try send(&mailer)[0]
    #expect(outcome == .untouched)
    #expect(ContinuousClock.now < start + .seconds(4))
  }

  @Test func `asked to stop after the dot, it waits for the reply`() throws {
    let server = try startSMTPSink(["-W", ".:4"])
    let start = ContinuousClock.now
    var mailer = mailer(server.port, shouldStop: { ContinuousClock.now > start + .seconds(1) })
    let outcome = try send(&mailer)[0]
    #expect(outcome == .accepted(SMTPReply(code: 250, text: "2.0.0 Ok")))
    #expect(ContinuousClock.now > start + .seconds(3))
  }
}
