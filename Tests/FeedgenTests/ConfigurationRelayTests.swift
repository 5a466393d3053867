import Foundation
import Model
import TestSupport
import Testing

@testable import feedgen

@Suite struct ConfigurationRelayTests {
  private func relay(_ lines: String) throws -> RelaySettings {
    let text = ConfigurationSample.smallest + "mail: {from: a@news.example.org, \(lines)}\n"
    return try #require(try ConfigurationSample.read(text).relay)
  }

  @Test(
    arguments: [
      ("smtp://relay.example.org", "relay.example.org", 587, Relay.Security.startTLS, nil),
      ("smtp://me@relay.example.org:25", "relay.example.org", 25, .startTLS, "me"),
      ("smtp://a%40b.org@Relay.example.org/", "relay.example.org", 587, .startTLS, "a@b.org"),
      ("SMTPS://me@relay.example.org", "relay.example.org", 465, .implicitTLS, "me"),
      ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, .none, nil),
      ("smtp://me@localhost", "localhost", 587, .startTLS, "me"),
      ("smtp://[::1]:25", "[::1]", 25, .none, nil),
      ("smtp://127.example.org", "127.example.org", 587, .startTLS, nil),
      ("smtps://localhost", "localhost", 465, .implicitTLS, nil),
    ] as [(String, String, Int, Relay.Security, String?)]
  )
  func `the address of a relay says how it is spoken to`(
    url: String,
    host: String,
    port: Int,
    security: Relay.Security,
    user: String?
  ) throws {
    let relay = try relay("smtp: \"\(url)\"")
    #expect(relay.host == host)
    #expect(relay.port == port)
    #expect(relay.security == security)
    #expect(relay.user == user)
  }

  @Test func `a password in the address is refused, and not repeated`() throws {
    let text = ConfigurationSample.smallest + "mail: {from: a@b.org, smtp: smtp://u:geheim@h}\n"
    let error = #expect(throws: ConfigurationError.self) { try ConfigurationSample.read(text) }
    #expect(
      error?.problems.map(\.message) == [
        "“mail.smtp” holds a password, which backups, logs and every reader of this file would "
          + "see; take it out, and set FEEDGEN_SMTP_PASSWORD, or name “password_file” or "
          + "“password_command”"
      ]
    )
    #expect(error?.description.contains("geheim") == false)
    let override = #expect(throws: ConfigurationError.self) {
      try ConfigurationSample.read(
        ConfigurationSample.smallest,
        overrides: ["mail.smtp=smtp://u:geheim@h"]
      )
    }
    #expect(override?.description.contains("geheim") == false)
  }

  @Test func `the password comes from the environment`() throws {
    let settings = try relay("smtp: smtp://me@relay.example.org")
    let relay = try settings.relay(environment: ["FEEDGEN_SMTP_PASSWORD": "s3cret"])
    #expect(relay.credentials?.user == "me")
    #expect(relay.credentials?.password.text == "s3cret")
    #expect(throws: PasswordError.notSet(user: "me")) { try settings.relay(environment: [:]) }
    let without = try self.relay("smtp: smtp://127.0.0.1:25").relay(environment: [:])
    #expect(without.credentials == nil)
  }

  @Test func `the password comes from a file that nobody else may read`() throws {
    let folder = TemporaryFolder()
    try folder.write("s3cret\n", to: "password", mode: 0o600)
    let path = "\(folder.path)/password"
    let settings = try relay("smtp: smtp://me@h.example.org, password_file: \(path)")
    #expect(try settings.relay(environment: [:]).credentials?.password.text == "s3cret")
    try folder.write("s3cret\n", to: "password", mode: 0o640)
    #expect(throws: PasswordError.readableByOthers(path: path)) {
      try settings.relay(environment: [:])
    }
    try folder.write("\n", to: "password", mode: 0o600)
    #expect(throws: PasswordError.empty(place: path)) { try settings.relay(environment: [:]) }
    let missing = try relay("smtp: smtp://me@h.example.org, password_file: secret/none")
    #expect(missing.passwordSource == .file("/srv/veille/secret/none"))
    #expect(throws: PasswordError.self) { try missing.relay(environment: [:]) }
  }

  @Test func `the password comes from a command`() throws {
    let settings = try relay("smtp: smtp://me@h.example.org, password_command: \"printf 'a b\\n'\"")
    #expect(try settings.relay(environment: [:]).credentials?.password.text == "a b")
    let failing = try relay("smtp: smtp://me@h.example.org, password_command: exit 3")
    #expect(throws: PasswordError.commandFailed(status: 3)) {
      try failing.relay(environment: [:])
    }
  }

  @Test(arguments: [
    ("mx.example.org", "mx.example.org"), ("laptop", "news.example.org"),
    ("bad_name.example.org", "news.example.org"), ("localhost.localdomain", "news.example.org"),
  ])
  func `EHLO has a name with a domain`(machine: String, name: String) throws {
    let settings = try relay("smtp: smtp://h.example.org")
    #expect(settings.ehloName(machine: machine) == name)
  }
}
