import Cryptography
import Foundation
import Model
import TestSupport
import Testing

@testable import Delivering

/// What comes back, by real servers and by hand.
@Suite struct ReturnedMailTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var file: String
    var action = RecipientReport.Action.failed
    var recipient: String
    var kind: RefusalClass
    var code: String

    var testDescription: String { file }
  }

  @Test(arguments: [
    Case(file: "postfix-dead", recipient: "mort@courrier.example", kind: .dead, code: "5.1.1"),
    Case(file: "postfix-full", recipient: "plein@courrier.example", kind: .full, code: "5.2.2"),
    Case(
      file: "postfix-policy",
      recipient: "politique@courrier.example",
      kind: .policy,
      code: "5.7.1"
    ),
    Case(file: "postfix-unclear", recipient: "vieux@courrier.example", kind: .unclear, code: "550"),
    Case(
      file: "postfix-delayed",
      action: .delayed,
      recipient: "tard@courrier.example",
      kind: .transient,
      code: "4.3.0"
    ),
    Case(file: "postfix-utf8", recipient: "élodie@courrier.example", kind: .dead, code: "5.1.1"),
    Case(file: "exim-dead", recipient: "mort@courrier.example", kind: .dead, code: "5.1.1"),
    Case(file: "exim-full", recipient: "plein@courrier.example", kind: .full, code: "5.2.2"),
    Case(file: "exim-unrouteable", recipient: "ici@inconnu.example", kind: .unclear, code: "-"),
    Case(
      file: "exim-forwarded",
      recipient: "personne@ailleurs.example",
      kind: .dead,
      code: "5.1.1"
    ),
  ])
  func `reports of real servers are understood`(expected: Case) throws {
    let mail = ReturnedMail(try fixture(expected.file))
    let report = try #require(mail.recipients.first)
    let refusal = Refusal(enhanced: report.enhanced, basic: report.basic, text: report.text)
    #expect(mail.recipients.count == 1)
    #expect(report.action == expected.action)
    #expect(report.recipient?.description == expected.recipient)
    #expect(refusal.kind == expected.kind)
    #expect(refusal.code == expected.code)
    #expect(mail.original.messageID == "\(String(repeating: "a", count: 26))@news.example.org")
    #expect(mail.senders.contains { $0.description == "retour@news.example.org" })
    if expected.file != "postfix-utf8" {
      #expect(mail.original.leaveTokens == [String(repeating: "b", count: 30)])
    }
  }

  @Test func `several recipients are told apart, and encoded reports are decoded`() {
    let status = """
      Reporting-MTA: dns; mx.example

      Final-Recipient: rfc822; a@x.example
      Action: failed (for good)
      Status: 5.2.2 (full)

      Original-Recipient: RFC822;B@x.example
      Final-Recipient: rfc822; c@y.example
      Action: delayed
      Status: 4.4.1

      Final-Recipient: utf-8; \\x{e9}lo@x.example
      Action: relayed
      Status: 2.0.0

      Final-Recipient: x400; /C=FR/
      Action: failed
      Status: 5.1.1

      """
    let mail = ReturnedMail(
      report("message/global-delivery-status", Data(status.utf8).base64EncodedString(), "base64")
    )
    #expect(mail.recipients.map(\.action) == [.failed, .delayed, .other, .failed])
    #expect(
      mail.recipients.map { $0.recipient?.description }
        == ["a@x.example", "B@x.example", "élo@x.example", nil]
    )
    #expect(mail.recipients.map(\.enhanced) == ["5.2.2", "4.4.1", nil, "5.1.1"])
    #expect(mail.original.messageID == "id@news.example.org")
  }

  @Test(
    arguments: [
      ("smtp; 550 5.1.1 gone", 550, "5.1.1"), ("smtp; 550-5.7.26 see https://x", 550, "5.7.26"),
      ("smtp;552 5.2.2", 552, "5.2.2"), ("smtp; 550 no", 550, nil), ("SMTP; 550", 550, nil),
      ("x-postfix; unknown user", nil, nil), ("smtp; 550 4.1.1 nonsense", 550, nil),
      ("", nil, nil), ("smtp; 5.4.4 no host", nil, "5.4.4"), ("smtp; 2020 5.1.1", nil, nil),
    ] as [(String, Int?, String?)]
  )
  func `codes are found in what a server said`(text: String, basic: Int?, enhanced: String?) {
    let code = DiagnosticCode(text)
    #expect(code.basic == basic)
    #expect(code.enhanced == enhanced)
  }

  @Test func `a report of qmail is read`() throws {
    let mail = ReturnedMail(
      Array(
        """
        Return-Path: <>
        From: MAILER-DAEMON@mx.example
        To: retour@news.example.org
        Subject: failure notice

        Hi. This is the qmail-send program at mx.example.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out.

        <mort@courrier.example>:
        Sorry, no mailbox here by that name. (#5.1.1)

        <loin@ailleurs.example>:
        192.0.2.1 does not like recipient.
        Remote host said: 552 5.2.2 Mailbox full
        Giving up on 192.0.2.1.

        --- Below this line is a copy of the message.

        Return-Path: <retour@news.example.org>
        Message-ID: <abc@news.example.org>
        To: <mort@courrier.example>

        Le texte.
        """.utf8
      )
    )
    #expect(mail.recipients.map(\.recipient?.localPart) == ["mort", "loin"])
    #expect(mail.recipients.map(\.enhanced) == ["5.1.1", "5.2.2"])
    #expect(mail.recipients.map(\.basic) == [nil, 552])
    #expect(mail.original.messageID == "abc@news.example.org")
  }

  @Test func `a complaint says whose it may be`() {
    let mail = ReturnedMail(complaint(of: "abuse"))
    #expect(mail.kind == .complaint)
    #expect(mail.senders.contains { $0.description == "retour+tok@news.example.org" })
    #expect(mail.original.recipients.contains { $0.description == "ines@courrier.example" })
    #expect(mail.original.messageID == "id@news.example.org")
    #expect(ReturnedMail(complaint(of: "not-spam")).kind == .otherFeedback)
  }

  @Test(arguments: [
    ("Subject: unsubscribe-abc234", ["abc234"]),
    ("Subject: =?UTF-8?B?dW5zdWJzY3JpYmUtYWJjMjM0?=", ["abc234"]),
    ("Subject: =?utf-8?Q?Re=3A_unsubscribe-?= =?utf-8?Q?abc234?=", ["abc234"]),
    ("Subject: Unsubscribe", []),
    ("Auto-Submitted: auto-generated\nSubject: unsubscribe-abc234", ["abc234"]),
  ])
  func `a request to leave is known by its subject`(header: String, tokens: [String]) {
    let mail = ReturnedMail(Array("From: Inès <ines@courrier.example>\n\(header)\n\n".utf8))
    #expect(
      mail.kind
        == .leaveRequest(
          LeaveRequest(tokens: tokens, from: EmailAddress("ines@courrier.example"))
        )
    )
  }

  @Test(arguments: [
    ("Subject: Absence\nAuto-Submitted: auto-replied", ReturnedMail.Kind.automaticReply),
    ("Subject: Absence\nPrecedence: auto_reply", .automaticReply),
    ("Subject: unsubscribe\nAuto-Submitted: auto-replied", .automaticReply),
    ("Subject: Re: L’actualité\nAuto-Submitted: no", .other),
    ("Subject: Please unsubscribe my neighbour", .other),
    ("", .other),
  ])
  func `what programs and people write is told apart`(header: String, kind: ReturnedMail.Kind) {
    #expect(ReturnedMail(Array("From: a@b.example\n\(header)\n\nTexte\n".utf8)).kind == kind)
  }

  @Test func `a report that somebody passes on is their mail`() throws {
    let inner = String(decoding: try fixture("postfix-dead"), as: UTF8.self)
    let mail = ReturnedMail(
      Array(
        ("From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nVoyez.\n--x\n"
          + "Content-Type: message/rfc822\n\n\(inner)\n--x--\n").utf8
      )
    )
    #expect(mail.kind == .other)
  }

  @Test func `trace fields and ends of lines are no part of what a message is`() throws {
    let bytes = try fixture("postfix-dead")
    let text = String(decoding: bytes, as: UTF8.self)
    let again = "Delivered-To: x@y.example\r\n" + text.replacing("\n", with: "\r\n") + "\r\n\r\n"
    #expect(ReturnedMail(Array(again.utf8)).identity == ReturnedMail(bytes).identity)
    #expect(try ReturnedMail(fixture("exim-dead")).identity != ReturnedMail(bytes).identity)
  }

  @Test func `broken messages are read to some end`() throws {
    var random = SeededGenerator()
    let files = try ["postfix-dead", "exim-forwarded", "postfix-utf8"].map(fixture)
    for _ in 0..<SeededGenerator.rounds {
      var bytes = files.randomElement(using: &random)!
      for _ in 0..<Int.random(in: 1...30, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 20))
        default: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
        }
      }
      let mail = ReturnedMail(bytes)
      #expect(mail.recipients.count <= 100)
      #expect(mail.identity.count == 32)
    }
  }

  @Test(arguments: ["nested", "many", "open", "header", "base64", "lines"])
  func `what is made to cost much costs little`(trick: String) {
    let nested = (0..<5000).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }
    let text =
      switch trick {
      case "nested": nested.joined()
      case "many":
        "Content-Type: multipart/mixed; boundary=b\n\n"
          + String(repeating: "--b\n\n", count: 200_000)
      case "open":
        "Content-Type: multipart/report; boundary=\"" + String(repeating: "x", count: 900_000)
      case "header": String(repeating: "X: y\n z\n", count: 150_000)
      case "base64":
        "Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n"
          + String(repeating: "A", count: 1_000_000)
      default: String(repeating: "\n", count: 3_000_000)
      }
    let begin = Date.now
    let mail = ReturnedMail(Array(text.utf8))
    #expect(mail.recipients.isEmpty)
    #expect(Date.now.timeIntervalSince(begin) < 10)
  }

  @Test func `the sender of an envelope names its delivery and recipient`() throws {
    let address = try #require(EmailAddress("retour@news.example.org"))
    let recipient = try #require(EmailAddress("Ines@courrier.example"))
    let other = try #require(EmailAddress("autre@courrier.example"))
    let verp = try #require(VERP(address: address, keys: TokenKeys([1: [1]])))
    let forged = try #require(VERP(address: address, keys: TokenKeys([1: [2]])))
    let sender = verp.sender(of: 4711, to: recipient)
    #expect(sender.localPart.hasPrefix("retour+") && sender.localPart.utf8.count <= 64)
    #expect(verp.claimedDelivery(of: sender) == 4711)
    #expect(verp.isSender(sender, of: 4711, to: recipient))
    #expect(!verp.isSender(sender, of: 4712, to: recipient))
    #expect(!verp.isSender(sender, of: 4711, to: other))
    #expect(!forged.isSender(sender, of: 4711, to: recipient))
    #expect(verp.claimedDelivery(of: address) == nil)
    let long = try #require(EmailAddress("une-adresse-un-peu-longue@news.example.org"))
    #expect(VERP(address: long, keys: TokenKeys([1: [1]])) == nil)
  }
}

extension ReturnedMail {
  fileprivate var recipients: [RecipientReport] {
    if case .report(let recipients) = kind { recipients } else { [] }
  }
}

private func report(_ type: String, _ body: String, _ encoding: String) -> [UInt8] {
  Array(
    """
    From: mailer-daemon@mx.example
    To: retour@news.example.org
    Content-Type: Multipart/Report; report-type=delivery-status;
      boundary = "a;b \\"c"

    --a;b "c
    Content-Type: text/plain

    Bonjour
    --a;b "c
    Content-Type: \(type)
    Content-Transfer-Encoding: \(encoding)

    \(body)
    --a;b "c
    Content-Type: text/rfc822-headers

    Message-ID:
     <id@news.example.org>
    --a;b "c--
    """.utf8
  )
}

private func complaint(of kind: String) -> [UInt8] {
  Array(
    """
    From: fbl@provider.example
    To: retour@news.example.org
    Content-Type: multipart/report; report-type=feedback-report; boundary=x

    --x
    Content-Type: message/feedback-report

    Feedback-Type: \(kind)
    User-Agent: test
    Original-Mail-From: <retour+tok@news.example.org>
    Original-Rcpt-To: <ines@courrier.example>

    --x
    Content-Type: message/rfc822

    Message-ID: <id@news.example.org>
    To: <redacted@redacted.example>

    Texte
    --x--
    """.utf8
  )
}

/// A report of a real server, of `Tests/Fixtures/bounces`.
private func fixture(_ name: String) throws -> [UInt8] {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  return Array(try Data(contentsOf: tests.appending(path: "Fixtures/bounces/\(name).eml")))
}
