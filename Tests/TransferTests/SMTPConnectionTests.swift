import Model
import TestSupport
import Testing
import Transfer

@Suite struct SMTPConnectionTests {
  private func relay(
    _ port: Int,
    _ security: Relay.Security = .none,
    host: String = "127.0.0.1",
    password: String? = nil
  ) -> Relay {
    Relay(
      host: host,
      port: port,
      security: security,
      credentials: password.map { Relay.Credentials(user: "lettre", password: Secret($0)) },
      ehloName: "news.example.org"
    )
  }

  private func error(
    _ relay: Relay,
    trusting authorities: String? = nil
  ) throws -> SMTPConnectionError {
    try #require(throws: SMTPConnectionError.self) {
      _ = try Client(relay, trusting: authorities)
    }
  }

  @Test func `bytes go both ways over a plain connection`() throws {
    let server = try MailServer()
    let connection = try Client(relay(server.port))
    let reply = try connection.ask("NOOP")
    #expect(reply == "250 OK\r\n")
    #expect(!connection.wait(10))
  }

  @Test(arguments: [Relay.Security.startTLS, .implicitTLS])
  func `TLS and the password work where the certificate is trusted`(
    security: Relay.Security
  ) throws {
    let folder = TemporaryFolder()
    let certificate = try makeCertificate(in: folder)
    let options = security == .implicitTLS ? ["--implicit-tls"] : []
    let server = try MailServer(
      ["--certificate", certificate, "--login", "lettre:s3cr3t"] + options
    )
    let connection = try Client(
      relay(server.port, security, host: "localhost", password: "s3cr3t"),
      trusting: certificate
    )
    let reply = try connection.ask("MAIL FROM:<a@example.org>")
    #expect(reply == "250 OK\r\n")
    connection.close()
    let facts = try server.stop()
    let logins = facts.filter { $0["kind"] as? String == "auth" }.map { $0["tls"] as? Bool }
    #expect(logins == [true])
  }

  @Test func `an EHLO name in brackets is given as it is`() throws {
    let server = try startSMTPSink()
    var relay = relay(server.port)
    relay.ehloName = "[127.0.0.1]"
    _ = try Client(relay)
  }

  @Test func `a certificate that nobody vouches for is refused`() throws {
    let folder = TemporaryFolder()
    let certificate = try makeCertificate(in: folder)
    let server = try MailServer(["--certificate", certificate, "--login", "lettre:s3cr3t"])
    let error = try error(relay(server.port, .startTLS, host: "localhost", password: "s3cr3t"))
    #expect(error.kind == .certificate)
    #expect(error.server == "localhost:\(server.port)")
    let facts = try server.stop()
    #expect(!facts.kinds.contains("auth"))
  }

  @Test(arguments: [Relay.Security.startTLS, .implicitTLS])
  func `a certificate of another name is refused`(security: Relay.Security) throws {
    let folder = TemporaryFolder()
    let certificate = try makeCertificate(in: folder, for: "DNS:other.example")
    let options = security == .implicitTLS ? ["--implicit-tls"] : []
    let server = try MailServer(["--certificate", certificate] + options)
    let error = try error(relay(server.port, security), trusting: certificate)
    #expect(error.kind == .certificate)
  }

  @Test func `without STARTTLS nothing secret is sent`() throws {
    let server = try MailServer(["--login", "lettre:s3cr3t", "--offer-login-in-clear"])
    let error = try error(relay(server.port, .startTLS, password: "s3cr3t"))
    #expect(error.kind == .noSTARTTLS)
    #expect(error.description.contains("STARTTLS"))
    #expect(!error.description.contains("s3cr3t"))
    let facts = try server.stop()
    #expect(facts.kinds == ["connection"])
  }

  @Test func `a password without TLS is refused before connecting`() throws {
    let server = try MailServer(["--login", "lettre:s3cr3t", "--offer-login-in-clear"])
    let error = try error(relay(server.port, .none, password: "s3cr3t"))
    #expect(error.kind == .tls)
    let facts = try server.stop()
    #expect(facts.kinds == [])
  }

  @Test func `a wrong password is said, and not repeated`() throws {
    let folder = TemporaryFolder()
    let certificate = try makeCertificate(in: folder)
    let server = try MailServer(["--certificate", certificate, "--login", "lettre:s3cr3t"])
    let error = try error(
      relay(server.port, .startTLS, host: "localhost", password: "wr0ng"),
      trusting: certificate
    )
    #expect(error.kind == .authentication, "\(error)")
    #expect(error.reply?.hasPrefix("535 ") == true)
    #expect(!error.description.contains("wr0ng"))
  }

  @Test func `a server that offers no login is not taken for one that accepted it`() throws {
    let folder = TemporaryFolder()
    let certificate = try makeCertificate(in: folder)
    let server = try MailServer(["--certificate", certificate])
    let error = try error(
      relay(server.port, .startTLS, host: "localhost", password: "s3cr3t"),
      trusting: certificate
    )
    #expect(error.kind == .authentication)
  }

  @Test(arguments: [
    ("-r", SMTPConnectionError.Kind.unreachable), ("-f", .refused), ("-Q", .unreachable),
  ])
  func `a server that will not talk says why`(
    option: String,
    kind: SMTPConnectionError.Kind
  ) throws {
    let server = try startSMTPSink([option, "CONNECT"])
    let error = try error(relay(server.port))
    #expect(error.kind == kind)
    #expect(error.reply?.isEmpty == false)
  }

  @Test(arguments: ["no such host.example", "a/b", "", "a@b", "127.0.0.1:25 "])
  func `what is no host is not connected to`(host: String) throws {
    let error = try error(relay(25, host: host))
    #expect(error.kind == .unreachable)
  }

  @Test func `nobody there is said at once`() throws {
    let server = try startSMTPSink()
    server.process.stop()
    let error = try error(relay(server.port))
    #expect(error.kind == .unreachable)
    #expect(
      error.description.hasPrefix("127.0.0.1:\(server.port): the mail server cannot be reached (")
    )
  }

  @Test func `a server that hangs up is noticed`() throws {
    let server = try startSMTPSink(["-q", "NOOP"])
    let connection = try Client(relay(server.port))
    let reply = try connection.ask("NOOP")
    #expect(reply == "")
    server.process.stop()
    #expect(throws: SMTPConnectionError.self) {
      for _ in 0..<10 { _ = try connection.send(Array("NOOP\r\n".utf8).span) }
    }
  }

  /// More than the sockets hold, so that sending must wait; over TLS a record must be repeated.
  @Test(arguments: [Relay.Security.none, .startTLS])
  func `what does not fit is sent later, unchanged`(security: Relay.Security) throws {
    let folder = TemporaryFolder()
    let mails = TemporaryFolder()
    let certificate = try makeCertificate(in: folder)
    let server = try MailServer(["--certificate", certificate, "--folder", mails.path])
    let connection = try Client(
      relay(server.port, security, host: "localhost"),
      trusting: certificate
    )
    for command in ["EHLO a.example", "MAIL FROM:<a@example.org>", "RCPT TO:<b@example.org>"] {
      _ = try connection.ask(command)
    }
    #expect(try connection.ask("DATA").hasPrefix("354"))
    let padding = String(repeating: "x", count: 60)
    let message = Array((0..<120_000).map { "\($0) \(padding)\r\n" }.joined().utf8)
    var sent = 0
    var waits = 0
    while sent < message.count {
      // Never the same place in memory twice, as with a caller's copies.
      let copy = Array(message[sent..<min(sent + 50_000, message.count)])
      let count = try connection.send(copy.span)
      sent += count
      guard count == 0 else { continue }
      waits += 1
      try #require(connection.wait(20_000))
    }
    #expect(waits > 0)
    #expect(try connection.ask(".").hasPrefix("250"))
    let got = try server.facts(untilMessages: 1).messages.first?.content
    #expect(got?.count == message.count)
    #expect(got == message)
  }
}

/// One connection, and the network it is in.
private final class Client {
  private let network: SMTPNetwork
  private let connection: SMTPConnection

  /// Waits until it is connected.
  init(_ relay: Relay, trusting authorities: String? = nil) throws {
    network = SMTPNetwork(relay: relay, trusting: authorities)
    connection = network.connect()
    while connection.isConnecting { network.wait(for: [], milliseconds: 1000) }
    if case .failed(let error) = connection.state { throw error }
  }

  func send(_ bytes: Span<UInt8>) throws(SMTPConnectionError) -> Int { try connection.send(bytes) }

  func close() { connection.close() }

  /// Waits until it can be read from, or written to where it waits for that.
  func wait(_ milliseconds: Int32) -> Bool {
    network.wait(for: [connection], milliseconds: milliseconds)
    return connection.isReady
  }

  /// Says something and reads lines until one is no continuation.
  func ask(_ command: String) throws -> String {
    let sent = try connection.send(Array((command + "\r\n").utf8).span)
    #expect(sent == command.utf8.count + 2)
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 1000)
    while !text.split(separator: "\r\n").contains(where: { $0.dropFirst(3).hasPrefix(" ") }) {
      switch try connection.receive(into: &buffer) {
      case .bytes(let count): text += String(decoding: buffer.prefix(count), as: UTF8.self)
      case .nothing: try #require(wait(20_000))
      case .end: return text
      }
    }
    return text
  }
}
