import Delivering
import Model
import TestSupport
import Testing

@Suite struct SMTPDialogueTests {
  typealias Line = ScriptedServer.Line

  static let ehlo: Line = .say("250-relay\r\n250-8BITMIME\r\n250 SIZE 1000\r\n")
  static let good: [Line] = [ehlo, "250 ok", "250 ok", "354 go", "250 2.0.0 queued as A1"]
  static let message = Array("Subject: a\r\n\r\n.b\r\n".utf8)
  static let envelope = Envelope.test(to: "rene@example.fr")

  private func run(
    _ script: [Line],
    chunk: Int = .max,
    to recipient: String = "rene@example.fr",
    message: [UInt8] = message
  ) -> (outcome: DeliveryOutcome, dialogue: SMTPDialogue, heard: [String]) {
    var server = ScriptedServer(script, chunk: chunk)
    var dialogue = SMTPDialogue(ehloName: "news.example.org")
    let outcome = server.run(&dialogue, .test(to: recipient), message)
    return (outcome, dialogue, server.heard)
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13, .max])
  func `a message goes out the same however few bytes go at a time`(chunk: Int) {
    let result = run(Self.good, chunk: chunk)
    #expect(result.outcome == .accepted(SMTPReply(code: 250, text: "2.0.0 queued as A1")))
    #expect(
      result.heard == [
        "EHLO news.example.org\r\n",
        "MAIL FROM:<lettre@news.example.org> SIZE=18\r\n",
        "RCPT TO:<rene@example.fr>\r\n",
        "DATA\r\n",
        "Subject: a\r\n\r\n..b\r\n.\r\n",
      ]
    )
    #expect(result.dialogue.closure == nil)
  }

  /// What a reply means at each step: the replies before it are good ones.
  static let replies: [(Int, Line, DeliveryOutcome, isClosed: Bool)] = {
    var cases: [(Int, Line, DeliveryOutcome, Bool)] = []
    let no = SMTPReply(code: 550, text: "5.1.1 no")
    let later = SMTPReply(code: 451, text: "4.7.1 later")
    let closing = SMTPReply(code: 421, text: "4.3.2 closing")
    let lost = DeliveryOutcome.uncertain(
      "no reply to the end of the message: the server has closed the connection"
    )
    let late = DeliveryOutcome.uncertain(
      "no reply to the end of the message: no answer in time"
    )
    for step in 1...4 {
      cases.append((step, "550 5.1.1 no", .rejected(no), false))
      cases.append((step, "451 4.7.1 later", .deferred(later), false))
    }
    cases.append((0, "421 4.3.2 closing", .untouched, true))
    for step in 1...4 {
      cases.append((step, "421 4.3.2 closing", .deferred(closing), true))
      cases.append((step, .hangUp, step == 4 ? lost : .untouched, true))
      cases.append((step, .timeOut, step == 4 ? late : .untouched, true))
    }
    for step in 0...3 {
      if step == 0 {
        cases.append((0, .hangUp, .untouched, true))
        cases.append((0, .timeOut, .untouched, true))
      }
      cases.append((step, "HTTP/1.1 200 OK", .untouched, true))
      cases.append((step, .say("25"), .untouched, true))
      cases.append((step, "100 what", .untouched, true))
    }
    cases.append((0, "354 go", .untouched, true))
    cases.append((1, "354 go", .untouched, true))
    cases.append((2, "354 go", .untouched, true))
    cases.append((3, "250 no data, thanks", .untouched, true))
    cases.append((0, "451 4.3.0 later", .untouched, true))
    return cases
  }()

  @Test(arguments: replies)
  func `each reply at each step has its outcome`(
    step: Int,
    line: Line,
    outcome: DeliveryOutcome,
    isClosed: Bool
  ) {
    for chunk in [1, 4, .max] {
      let result = run(Array(Self.good.prefix(step)) + [line], chunk: chunk)
      #expect(result.outcome == outcome)
      #expect(result.dialogue.isClosed == isClosed)
    }
  }

  @Test(arguments: ["what?", "25", "354 go on", "250-half\r\n", "250-a\r\n550 b"])
  func `after the dot, what is no reply leaves it uncertain`(line: String) {
    let result = run(Array(Self.good.prefix(4)) + [.say(line + (line == "25" ? "" : "\r\n"))])
    guard case .uncertain = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(result.dialogue.isClosed)
  }

  /// A dialogue to which the server has said that the message may come.
  private func dialogueBeforeData(_ messages: Int = 1, pipelines: Bool = false) -> SMTPDialogue {
    var dialogue = SMTPDialogue(ehloName: "news.example.org")
    func hear(_ line: String) {
      dialogue.sent(dialogue.output.count)
      dialogue.receive(Array((line + "\r\n").utf8).span)
    }
    hear(pipelines ? "250-relay\r\n250 PIPELINING" : "250 relay")
    dialogue.give(.test(Self.envelope, Self.message))
    for line in ["250 ok", "250 ok", "354 go"] { hear(line) }
    for number in 1..<messages where dialogue.wantsMessage {
      dialogue.give(.test(.test(to: "b@example.fr"), Self.message, delivery: Int64(number + 1)))
    }
    return dialogue
  }

  @Test(arguments: 0...22, [false, true])
  func `only the whole end of the message makes a lost connection uncertain`(
    taken: Int,
    pipelines: Bool
  ) {
    var dialogue = dialogueBeforeData(2, pipelines: pipelines)
    #expect(dialogue.endingMessage?.delivery == 1)
    for _ in 0..<taken { dialogue.sent(1) }
    #expect(dialogue.isUncertain == (taken == 22))
    #expect((dialogue.endingMessage == nil) == (taken == 22))
    dialogue.lose("reset")
    let uncertain = DeliveryOutcome.uncertain("no reply to the end of the message: reset")
    let outcomes = dialogue.takeResults().map(\.outcome)
    #expect(outcomes == [taken == 22 ? uncertain : .untouched] + (pipelines ? [.untouched] : []))
  }

  @Test(arguments: [("550 5.7.1 spam", true), ("451 4.3.0 full", false)])
  func `a refusal in the middle of the message ends it and the connection`(
    line: String,
    isFinal: Bool
  ) {
    var dialogue = dialogueBeforeData()
    dialogue.sent(5)
    dialogue.receive(Array((line + "\r\n").utf8).span)
    let reply = SMTPReply(code: isFinal ? 550 : 451, text: String(line.dropFirst(4)))
    #expect(
      dialogue.takeResults().map(\.outcome) == [isFinal ? .rejected(reply) : .deferred(reply)]
    )
    #expect(dialogue.isClosed)
  }

  @Test func `a server that accepts before the end has accepted nothing`() {
    var dialogue = dialogueBeforeData()
    // All but the last byte of the dot's line.
    dialogue.sent(21)
    dialogue.receive(Array("250 thanks\r\n".utf8).span)
    #expect(dialogue.takeResults().map(\.outcome) == [.untouched])
    #expect(dialogue.isClosed)
  }

  @Test func `after a refused recipient the connection carries the next message`() {
    let script: [Line] = [
      Self.ehlo, "250 ok", "550 5.1.1 nobody", "250 reset",
      "250 ok", "250 ok", "354 go", "250 done", "221 bye",
    ]
    var server = ScriptedServer(script)
    var dialogue = SMTPDialogue(ehloName: "news.example.org")
    let first = server.run(&dialogue, .test(to: "no@example.fr"), Self.message)
    let second = server.run(&dialogue, .test(to: "yes@example.fr"), Self.message)
    server.finish(&dialogue)
    #expect(first == .rejected(SMTPReply(code: 550, text: "5.1.1 nobody")))
    #expect(second == .accepted(SMTPReply(code: 250, text: "done")))
    #expect(
      server.heard.map { $0.prefix(4) } == [
        "EHLO", "MAIL", "RCPT", "RSET", "MAIL", "RCPT", "DATA", "Subj", "QUIT",
      ]
    )
  }

  @Test func `a reply too many ends the connection, not the message`() {
    let result = run(Array(Self.good.dropLast()) + [.say("250 first\r\n250 second\r\n")])
    #expect(result.outcome == .accepted(SMTPReply(code: 250, text: "first")))
    #expect(result.dialogue.closure == "a reply that nobody asked for: 250 second")
  }

  @Test func `a server that says good-bye between two messages touches neither`() {
    var server = ScriptedServer(Self.good)
    var dialogue = SMTPDialogue(ehloName: "news.example.org")
    _ = server.run(&dialogue, Self.envelope, Self.message)
    dialogue.receive(Array("421 4.4.2 idle\r\n".utf8).span)
    #expect(dialogue.takeResults().isEmpty && !dialogue.wantsMessage)
    #expect(dialogue.closure == "421 4.4.2 idle")
  }

  @Test func `a server without EHLO is greeted with HELO`() {
    let result = run(["502 5.5.1 what?", "250 hello", "250 ok", "250 ok", "354 go", "250 done"])
    #expect(result.outcome == .accepted(SMTPReply(code: 250, text: "done")))
    #expect(result.heard[1] == "HELO news.example.org\r\n")
    #expect(result.heard[2] == "MAIL FROM:<lettre@news.example.org>\r\n")
  }

  @Test func `keywords are known in any case`() {
    let found = SMTPCapabilities(
      ehloLines: ["relay", "pipelining", "8bitMime", "Size 35882577", "SmtpUtf8", "AUTH LOGIN"]
    )
    var expected = SMTPCapabilities()
    expected.pipelines = true
    expected.takes8BitMIME = true
    expected.takesUTF8 = true
    expected.takesSize = true
    expected.longestMessage = 35_882_577
    #expect(found == expected)
  }

  @Test func `the server's name is no keyword`() {
    #expect(SMTPCapabilities(ehloLines: ["SMTPUTF8 is my name"]) == SMTPCapabilities())
  }

  @Test(arguments: [
    ("SMTPUTF8", "dédé@example.fr", "A: b\r\n\r\nc\r\n", " SMTPUTF8"),
    ("SMTPUTF8\r\n250-8BITMIME", "dede@example.fr", "A: é\r\n\r\nc\r\n", " BODY=8BITMIME SMTPUTF8"),
    ("8BITMIME", "dede@example.fr", "A: b\r\n\r\né\r\n", " BODY=8BITMIME"),
    ("8BITMIME\r\n250-SMTPUTF8", "dede@example.fr", "A: b\r\n\r\nc\r\n", ""),
    ("SIZE", "dede@example.fr", "A: b\r\n\r\nc\r\n", " SIZE=11"),
    ("SIZE 0", "dede@example.fr", "A: b\r\n\r\nc\r\n", " SIZE=11"),
    ("SIZE 11", "dede@example.fr", "A: b\r\n\r\nc\r\n", " SIZE=11"),
  ])
  func `the sender is named with what the message needs`(
    capability: String,
    recipient: String,
    message: String,
    parameters: String
  ) {
    let result = run(
      [.say("250-relay\r\n250-\(capability)\r\n250 HELP\r\n"), "250 ok"],
      to: recipient,
      message: Array(message.utf8)
    )
    #expect(result.heard[1] == "MAIL FROM:<lettre@news.example.org>\(parameters)\r\n")
  }

  @Test(arguments: [
    ("8BITMIME", "dédé@example.fr", "A: b\r\n\r\nc\r\n", "5.6.7"),
    ("8BITMIME", "dede@example.fr", "A: é\r\n\r\nc\r\n", "5.6.7"),
    ("HELP", "dede@example.fr", "A: b\r\n\r\né\r\n", "5.6.3"),
    ("SIZE 10", "dede@example.fr", "A: b\r\n\r\nc\r\n", "5.3.4"),
  ])
  func `a message that the server cannot take is refused here`(
    capability: String,
    recipient: String,
    message: String,
    code: String
  ) {
    let script: [Line] = [
      .say("250-relay\r\n250 \(capability)\r\n"), "250 ok", "250 ok", "354 go", "250 done",
    ]
    var server = ScriptedServer(script)
    var dialogue = SMTPDialogue(ehloName: "news.example.org")
    let outcome = server.run(&dialogue, .test(to: recipient), Array(message.utf8))
    guard case .rejected(let reply) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(reply.enhancedCode == code)
    let next = server.run(&dialogue, .test(to: "a@b.fr"), Array("A: b\r\n".utf8))
    #expect(next == .accepted(SMTPReply(code: 250, text: "done")))
  }

  @Test func `each step waits as long as RFC 5321 asks`() {
    var dialogue = SMTPDialogue(ehloName: "news.example.org")
    var waits: [Int64] = []
    for line in ["250 relay", "250 ok", "250 ok", "354 go", "250 ok"] {
      if dialogue.endingMessage != nil { waits.append(dialogue.timeout.seconds) }
      dialogue.sent(dialogue.output.count)
      waits.append(dialogue.timeout.seconds)
      dialogue.receive(Array((line + "\r\n").utf8).span)
      if waits.count == 1 { dialogue.give(.test(Self.envelope, Self.message)) }
    }
    #expect(waits == [300, 300, 300, 120, 180, 600])
  }

  /// Hostile servers: whatever they say, the dialogue ends, and accepts only on a 2xx to the dot.
  @Test(arguments: 0..<300)
  func `noise never ends in an accepted message`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let replies: [Line] = [
      "250 ok", "354 go", "550 no", "451 later", "421 bye", "what", .say("25"), .say("\r\n"),
      .say("250-x\r\n"), .hangUp, .timeOut, .say("250 a\r\n250 b\r\n"),
    ]
    let script = (0..<12).compactMap { _ in
      random.next() % 2 == 0 ? "250 ok" : replies.randomElement(using: &random)
    }
    var server = ScriptedServer(script, chunk: Int(random.next() % 7) + 1)
    var dialogue = SMTPDialogue(ehloName: "news.example.org")
    let outcome = server.run(&dialogue, Self.envelope, Self.message)
    let hasEnded = server.heard.contains { $0.hasSuffix("\r\n.\r\n") }
    switch outcome {
    case .accepted(let reply): #expect(hasEnded && reply.code == 250)
    case .uncertain: #expect(hasEnded && dialogue.isClosed)
    case .untouched: #expect(!hasEnded && dialogue.isClosed)
    case .rejected(let reply): #expect(reply.code == 550)
    case .deferred(let reply): #expect([451, 421].contains(reply.code))
    case .previewed: Issue.record("previewed")
    }
  }
}
