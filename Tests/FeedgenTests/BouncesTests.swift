import Foundation
import TestSupport
import Testing

@testable import feedgen

/// Mail that comes back to a site, by every way that it can be read.
@Suite struct BouncesTests {
  let site: TestSite
  let inbox = TemporaryFolder()

  /// A site that sent one message to l1 and l2 through a server.
  init() throws {
    site = try TestSite(
      configuration: TestSite.configuration.replacing(
        "  reply_to:",
        with: "  bounces: {address: retour@news.example.org}\n  reply_to:"
      )
    )
    try site.writeArticle("un", day: 18)
    for number in 1...2 { try site.addSubscriber("l\(number)@courrier.example") }
  }

  /// Sends the issue, and returns each message by its recipient.
  private func send() throws -> [String: String] {
    let server = try MailServer()
    let result = try site.publish(23, ["--set", "mail.smtp=smtp://127.0.0.1:\(server.port)"])
    try #require(result.status == 0, "\(result.errors)")
    let messages = try server.stop().messages
    return Dictionary(
      uniqueKeysWithValues: messages.map {
        ($0.recipients[0], String(decoding: $0.content, as: UTF8.self))
      }
    )
  }

  private func bounces(_ arguments: String..., environment: [String: String] = [:]) throws
    -> Program.Result
  {
    try site.program.run(
      ["bounces", "--verbose"] + arguments,
      in: site.folder.path,
      environment: environment
    )
  }

  private func status(of address: String) throws -> String? {
    let table = try site.run(["subscribers", "list"]).output
    let row = table.split(whereSeparator: \.isNewline).first { $0.hasPrefix(address) }
    return row?.split(separator: ",", omittingEmptySubsequences: false).dropFirst(5).first
      .map(String.init)
  }

  @Test func `a Maildir is read, and what was dealt with is marked as seen`() throws {
    let message = try #require(try send()["l1@courrier.example"])
    try inbox.write(report(on: message, to: "l1@courrier.example"), to: "new/1.report")
    try inbox.write("From: a@b.example\nSubject: Bonjour\n\nTexte\n", to: "new/2.person")
    try inbox.write("From: a@b.example\nAuto-Submitted: auto-replied\n\n", to: "cur/3.away:2,F")
    try inbox.write(report(on: message, to: "l1@courrier.example"), to: "cur/4.seen:2,S")
    try inbox.write(report(on: "", to: "l2@courrier.example"), to: "cur/5.forged:2,")
    let dry = try bounces(inbox.path, "--dry-run")
    #expect(dry.status == 0, "\(dry.errors)")
    #expect(dry.output.contains("l1@courrier.example: would get nothing any more (dead)."))
    #expect(try status(of: "l1@courrier.example") == "active")
    #expect(try inbox.names(in: "new") == ["1.report", "2.person"])
    let result = try bounces(inbox.path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output.hasPrefix(
        "4 messages: 1 dead; 3 left alone (1 automatic, 1 unverified, 1 other).\n"
      ),
      "\(result.output)"
    )
    #expect(try status(of: "l1@courrier.example") == "dead")
    #expect(try status(of: "l2@courrier.example") == "active")
    #expect(try inbox.names(in: "new") == ["2.person"])
    #expect(
      try inbox.names(in: "cur") == ["1.report:2,S", "3.away:2,F", "4.seen:2,S", "5.forged:2,"]
    )
  }

  @Test func `an mbox is only read, and twice is once`() throws {
    let message = try #require(try send()["l2@courrier.example"])
    let leave = try #require(
      message.replacing("=\r\n", with: "").replacing("\r\n ", with: " ")
        .firstMatch(of: /unsubscribe-[a-z2-7]+/)?.output
    )
    let mbox = """
      From MAILER-DAEMON Mon Nov 23 08:10:00 2026
      \(report(on: message, to: "l2@courrier.example", status: "5.2.2"))

      From ines@ailleurs.example Mon Nov 23 08:20:00 2026
      From: ines@ailleurs.example
      Subject: \(leave)

      >From here on.

      """
    try inbox.write(mbox, to: "mbox", mode: 0o444)
    let first = try bounces(inbox.file("mbox"), "--json")
    let second = try bounces(inbox.file("mbox"))
    #expect(first.status == 0, "\(first.errors)")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(first.output.utf8)) as? [String: Any]
    )
    #expect((document["refused"] as? [String: Int])?["full"] == 1)
    #expect(document["left"] as? Int == 1)
    #expect(second.output == "2 messages: 2 known already.\n")
    #expect(try inbox.read("mbox") == mbox)
    #expect(try status(of: "l2@courrier.example") == "left")
  }

  @Test func `a message comes in by a pipe`() throws {
    let message = try #require(try send()["l1@courrier.example"])
    try inbox.write(report(on: message, to: "l1@courrier.example"), to: "report")
    let shell = Program(path: "/bin/sh")
    let command = "\"$0\" bounces - --verbose < \"$1\""
    let result = try shell.run(
      ["-c", command, site.program.path, inbox.file("report")],
      in: site.folder.path
    )
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("1 message: 1 dead.\n"))
    let empty = try bounces("-")
    #expect(empty.status == 65)
    #expect(empty.errors.contains("standard input: holds no message"))
  }

  @Test(.enabled(if: DovecotServer.isUsable, "Dovecot is not installed, or this is not root"))
  func `a mailbox on a server is read, and what was dealt with is marked as seen`() throws {
    let message = try #require(try send()["l1@courrier.example"])
    let dovecot = try DovecotServer()
    try dovecot.deliver(Array(report(on: message, to: "l1@courrier.example").utf8), as: "1.report")
    try dovecot.deliver(Array("From: a@b.example\n\nTexte\n".utf8), as: "2.person")
    try inbox.write(DovecotServer.password + "\n", to: "password", mode: 0o600)
    let address = "imap://retour@127.0.0.1:\(dovecot.plainPort)/INBOX"
    let settings = [
      "--set", "mail.bounces.mailbox=\(address)",
      "--set", "mail.bounces.password_file=\(inbox.file("password"))",
    ]
    let result = try site.run(["bounces", "--verbose"] + settings)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("2 messages: 1 dead; 1 left alone (1 other).\n"))
    #expect(try dovecot.seen() == ["1.report"])
    let password = ["FEEDGEN_IMAP_PASSWORD": DovecotServer.password]
    let again = try bounces(address, environment: password)
    #expect(again.output == "1 message; 1 left alone (1 other).\n")
    #expect(try bounces(address).status == 78, "no password")
    let wrong = try bounces(address, environment: ["FEEDGEN_IMAP_PASSWORD": "faux"])
    #expect(wrong.status == 77)
    #expect(wrong.errors.contains("does not take the user and password"))
  }

  /// The whole way through a real server: VERP, its report, and the end of the address.
  @Test(.enabled(if: PostfixServer.isUsable, "Postfix is not installed, or this is not root"))
  func `what Postfix reports ends the address, and no other`() throws {
    let server = try MailServer(["--refuse", "l1@courrier.example=550 5.1.1 nobody here"])
    let postfix = try PostfixServer(handingTo: server.port)
    let sent = try site.publish(
      23,
      [
        "--set", "mail.smtp=smtp://127.0.0.1:\(postfix.port)", "--set", "mail.bounces.verp=true",
      ]
    )
    #expect(sent.status == 0, "\(sent.errors)")
    try postfix.waitForReports(1)
    let result = try bounces(postfix.maildir)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("1 message: 1 dead.\nl1@courrier.example: gets nothing"))
    #expect(try status(of: "l1@courrier.example") == "dead")
    #expect(try status(of: "l2@courrier.example") == "active")
    let messages = try server.facts(untilMessages: 1).messages
    #expect(messages.map(\.recipients) == [["l2@courrier.example"]])
    #expect(messages[0].sender.hasPrefix("retour+a"), "the sender names the delivery")
  }

  @Test func `what cannot be read is said`() throws {
    _ = try site.run(["import"])
    try inbox.write("\u{0}\u{1}\n\n", to: "nothing")
    let cases: [([String], Int32, String)] = [
      ([], 64, "Which mailbox?"),
      (["nulle-part"], 66, "nulle-part: there is no such file"),
      ([inbox.path], 65, "is no Maildir"),
      ([inbox.file("nothing")], 65, "holds no message"),
      (["pop3://a@b.example/"], 64, "“pop3://” is not known here"),
      (["imaps://b.example/"], 64, "imaps://user@host[:port]/MAILBOX is expected"),
      (["imaps://a:secret@b.example/"], 64, "holds a password"),
      (["imap://a@127.0.0.1:9/"], 78, "set FEEDGEN_IMAP_PASSWORD"),
    ]
    for (arguments, status, words) in cases {
      let result = try site.run(["bounces"] + arguments)
      #expect(result.status == status, "\(arguments)")
      #expect(result.errors.contains(words), "\(result.errors)")
    }
  }

  @Test func `an address is suppressed and lifted by hand`() throws {
    let address = "l1@courrier.example"
    let suppressed = try site.run(["subscribers", "suppress", address, "--note", "par lettre"])
    #expect(suppressed.output.hasPrefix("\(address): gets nothing any more; by-hand since 20"))
    #expect(suppressed.output.hasSuffix("(par lettre).\n"))
    let list = try site.run(["subscribers", "list", "--suppressed", "--json"]).output
    #expect(list.contains("\"evidence\" : \"par lettre\"") && !list.contains("l2@"))
    #expect(try site.run(["subscribers", "unsuppress", address]).status == 0)
    #expect(try site.run(["subscribers", "unsuppress", address]).status == 64)
    #expect(try status(of: address) == "active")
    _ = try site.run(["subscribers", "suppress", address, "--reason", "complaint"])
    let refused = try site.run(["subscribers", "unsuppress", address])
    #expect(refused.status == 64)
    #expect(refused.errors.contains("--force"))
    let forced = try site.run(
      ["subscribers", "unsuppress", address, "--force", "--reason", "par téléphone"]
    )
    #expect(forced.status == 0)
    let wrong = try site.run(["subscribers", "suppress", address, "--reason", "humeur"])
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("by-hand"))
    #expect(try site.run(["subscribers", "suppress", "personne"]).status == 64)
  }

  @Test(arguments: [1, 7, 100, 65_536])
  func `an mbox is cut the same whatever pieces it comes in`(size: Int) {
    let text =
      "From a b\nSubject: un\n\n>From x\n>>From y\nFrom z\n\nFrom c d\r\nSubject: deux\r\n\r\nfin"
    var reader = MboxReader(limit: 1000)
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      reader.feed(Array(bytes[start..<min(bytes.count, start + size)]))
    }
    reader.finish()
    #expect(
      reader.takeMessages().map { String(decoding: $0, as: UTF8.self) } == [
        "Subject: un\n\nFrom x\n>From y\nFrom z\n\n", "Subject: deux\r\n\r\nfin",
      ]
    )
  }
}

/// A report as a server would make it that returns the header only.
private func report(on message: String, to address: String, status: String = "5.1.1") -> String {
  let header = message.replacing("\r\n", with: "\n")
  let end = header.firstRange(of: "\n\n")?.lowerBound ?? header.endIndex
  return """
    From: mailer-daemon@mx.example
    To: retour@news.example.org
    Message-ID: <\(status)-\(address)>
    Content-Type: multipart/report; report-type=delivery-status; boundary=rrr

    --rrr
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example

    Final-Recipient: rfc822; \(address)
    Action: failed
    Status: \(status)

    --rrr
    Content-Type: text/rfc822-headers

    \(header[..<end])

    --rrr--

    """
}
