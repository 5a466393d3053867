import Foundation
import TestSupport
import Testing

/// Digests through real mail servers, judged by what the servers got.
@Suite struct SendingTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.writeArticle("un", day: 18)
  }

  @Test func `each subscriber gets one message, intact`() throws {
    let server = try MailServer()
    for number in 1...3 { try site.addSubscriber("l\(number)@courrier.example") }
    let result = try send(to: server.port)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    let messages = try server.stop().messages
    #expect(messages.map(\.recipients) == (1...3).map { ["l\($0)@courrier.example"] })
    #expect(messages.allSatisfy { $0.sender == "lettre@news.example.org" })
    let text = String(decoding: messages[0].content, as: UTF8.self)
    #expect(text.contains("To: <l1@courrier.example>\r\n"))
    #expect(text.hasPrefix("Date: Mon, 23 Nov 2026 08:05:00 +0100\r\n"))
    #expect(text.hasSuffix("--\r\n"), "the last boundary has arrived")
    #expect(try send(to: server.port).status == 0, "nothing is left, so nobody is called")
  }

  @Test func `a refused address does not stop the others`() throws {
    let server = try MailServer(["--refuse", "l2@courrier.example=550 5.1.1 nobody here"])
    for number in 1...3 { try site.addSubscriber("l\(number)@courrier.example") }
    let result = try send(to: server.port)
    #expect(result.status == 0)
    #expect(result.errors == "feedgen: l…@courrier.example: 550 5.1.1 nobody here\n")
    let recipients = try server.stop().messages.map(\.recipients)
    #expect(recipients == [["l1@courrier.example"], ["l3@courrier.example"]])
  }

  @Test func `a relay that is down is said, and the next run sends`() throws {
    let (process, port) = try startSMTPSink()
    process.stop()
    try site.addSubscriber("l1@courrier.example")
    let down = try send(to: port)
    #expect(down.status == 69)
    #expect(down.errors.contains("127.0.0.1:\(port)"))
    #expect(try site.titles() == ["Article un"], "the feeds do not wait for the mail")
    let server = try MailServer()
    let up = try send(to: server.port)
    #expect(up.status == 0, "\(up.errors)")
    #expect(try server.stop().messages.count == 1)
  }

  /// A week in which nothing was new must not settle what was only in the outbox.
  @Test func `what was only previewed comes with the first mail`() throws {
    try site.addSubscriber("l1@courrier.example")
    try site.publish(23)
    try site.publish(30)
    try site.folder.write(
      "---\ntitle: Article deux\ndate: 2026-12-02\ntopics: [bielorussie]\n---\nTexte",
      to: "articles/deux.md"
    )
    let server = try MailServer()
    let result = try site.run(
      ["publish", "--as-of", "2026-12-07T08:05:00", "--set", relay(server.port)])
    #expect(result.status == 0, "\(result.errors)")
    let message = try #require(try server.stop().messages.first)
    let text = String(decoding: message.content, as: UTF8.self)
    #expect(text.contains("Article un") && text.contains("Article deux"))
  }

  @Test func `without a way to leave nothing is sent`() throws {
    try site.folder.write(
      TestSite.configuration.replacing(
        "  unsubscribe_mailto: quitter@news.example.org\n",
        with: ""
      ),
      to: "feedgen.yaml"
    )
    try site.addSubscriber("l1@courrier.example")
    let result = try send(to: 9)
    #expect(result.status == 78)
    #expect(result.errors.contains("add “unsubscribe_mailto:"))
  }

  /// Killed while the server holds back its reply to a message: nobody is skipped, and only that
  /// message may come twice, with one Message-ID.
  @Test func `a run that is killed loses nobody and repeats one message at most`() throws {
    let count = 5
    for number in 1...count { try site.addSubscriber("l\(number)@courrier.example") }
    let mails = TemporaryFolder()
    let (sink, port) = try startSMTPSink(["-D", mails.file("%S-"), "-W", ".:1"])
    let run = try site.program.start(
      ["publish", "--as-of", "2026-11-23T08:05:00", "--set", relay(port)],
      in: site.folder.path
    )
    usleep(2_500_000)
    kill(run.process.processIdentifier, SIGKILL)
    #expect(run.finish().status == -SIGKILL)
    let result = try send(to: port)
    #expect(result.status == 0, "\(result.errors)")
    sink.stop()
    let (recipients, ids) = try received(in: mails)
    #expect(Set(recipients).count == count)
    #expect(recipients.count <= count + 1)
    #expect(Set(ids).count == count, "a copy has the same Message-ID")
  }

  @Test func `two runs at once send each message once`() throws {
    for number in 1...20 { try site.addSubscriber("l\(number)@courrier.example") }
    let server = try MailServer()
    let runs = try (1...2).map { _ in
      try site.program.start(
        ["publish", "--as-of", "2026-11-23T08:05:00", "--set", relay(server.port)],
        in: site.folder.path
      )
    }
    let results = runs.map { $0.finish() }
    #expect(results.map(\.status) == [0, 0], "\(results)")
    #expect(try server.stop().messages.count == 20)
  }

  private func send(to port: Int) throws -> Program.Result {
    try site.publish(23, ["--set", relay(port)])
  }

  private func relay(_ port: Int) -> String { "mail.smtp=smtp://127.0.0.1:\(port)" }

  /// The recipients and Message-IDs of what smtp-sink wrote down.
  private func received(in folder: TemporaryFolder) throws -> ([String], [String]) {
    let texts = try folder.names().map { try folder.read($0) }
    let values = { (field: String) in
      texts.flatMap { text in
        text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix(field) }.map(String.init)
      }
    }
    return (values("To: "), values("Message-ID: "))
  }
}
