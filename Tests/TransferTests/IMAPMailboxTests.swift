import Model
import TestSupport
import Testing
import Transfer

/// A mailbox of a real Dovecot, and servers that are none.
@Suite(.enabled(if: DovecotServer.isUsable, "Dovecot is not installed, or this is not root"))
struct IMAPMailboxTests {
  let dovecot: DovecotServer

  init() throws {
    dovecot = try DovecotServer()
  }

  private func server(
    _ security: Relay.Security,
    host: String = "localhost",
    password: String = DovecotServer.password,
    mailbox: String = "INBOX"
  ) -> IMAPServer {
    IMAPServer(
      host: host,
      port: security == .implicitTLS ? dovecot.tlsPort : dovecot.plainPort,
      security: security,
      credentials: Relay.Credentials(user: DovecotServer.user, password: Secret(password)),
      mailbox: mailbox
    )
  }

  private func error(_ server: IMAPServer, trusting: String? = nil) throws -> IMAPError {
    try #require(throws: IMAPError.self) { _ = try IMAPMailbox(on: server, trusting: trusting) }
  }

  @Test(arguments: [Relay.Security.implicitTLS, .startTLS, .none])
  func `unseen messages are read, and only those that are marked are seen`(
    security: Relay.Security
  ) throws {
    let first = Array("Subject: un\r\n\r\nUn {5}\r\n".utf8)
    try dovecot.deliver(first, as: "1.first")
    try dovecot.deliver(Array(repeating: 65, count: 300_000), as: "2.long")
    let mailbox = try IMAPMailbox(on: server(security), trusting: dovecot.certificate)
    let numbers = try mailbox.unseen()
    try #require(numbers.count == 2)
    #expect(try mailbox.message(numbers[0], atMost: 1000) == first)
    #expect(try mailbox.message(numbers[1], atMost: 200_000)?.count == 200_000)
    #expect(try mailbox.message(99, atMost: 10) == nil)
    #expect(try mailbox.unseen() == numbers, "looking is not marking")
    try mailbox.markSeen([numbers[0]])
    #expect(try mailbox.unseen() == [numbers[1]])
    mailbox.close()
    #expect(try dovecot.seen() == ["1.first"])
  }

  @Test func `a mailbox that is only looked at cannot be marked`() throws {
    try dovecot.deliver(Array("Subject: un\r\n\r\n".utf8), as: "1.first")
    let mailbox = try IMAPMailbox(on: server(.none), isReadOnly: true)
    let numbers = try mailbox.unseen()
    #expect(numbers.count == 1)
    // Servers may refuse, or do nothing.
    try? mailbox.markSeen(numbers)
    mailbox.close()
    #expect(try dovecot.seen() == [])
  }

  @Test func `a wrong password, mailbox, certificate or port is said`() throws {
    #expect(try error(server(.none, password: "faux")).kind == .login)
    let unknown = try error(server(.none, mailbox: "Nulle part"))
    #expect(unknown.kind == .refused)
    #expect(unknown.description.contains("check the mailbox’s name"))
    #expect(try error(server(.implicitTLS)).kind == .tls, "nobody vouches for the certificate")
    #expect(try error(server(.startTLS)).kind == .tls)
    var nobody = server(.none)
    nobody.port = try freePort()
    #expect(try error(nobody).kind == .unreachable)
    let smtp = try MailServer()
    nobody.port = smtp.port
    #expect(try [.unreachable, .refused].contains(error(nobody).kind))
  }
}
