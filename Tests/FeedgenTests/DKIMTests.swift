import Foundation
import TestSupport
import Testing

/// Signed mail as the program makes it, judged by dkimpy and opendkim.
@Suite(.enabled(if: isInstalled("opendkim"), "there is no opendkim")) struct DKIMTests {
  let site: TestSite

  /// A site with a key of each kind, made and configured as the program says.
  init() throws {
    site = try TestSite()
    let keys = try [("rsa", "2026a"), ("ed25519", "2026e")].map { type, selector in
      try site.makeKey(selector, ["--type", type])
    }
    try site.configure(keys.map(\.configuration))
    try site.writeArticle("un", day: 18, text: "Un texte.\u{202f}: «\u{a0}deux\u{a0}»  \n\n.\n")
    try site.addSubscriber("l1@courrier.example")
  }

  private func records() throws -> [String: String] {
    let records = try site.check().flatMap { $0.records ?? [] }
    return Dictionary(uniqueKeysWithValues: records.map { ($0.name, $0.value) })
  }

  @Test func `messages in the outbox verify, and changed ones do not`() throws {
    let result = try site.publish(23)
    #expect(result.status == 0, "\(result.errors)")
    let message = try outboxMessage()
    let text = String(decoding: message, as: UTF8.self)
    #expect(text.hasPrefix("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"))
    #expect(text.contains("DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"))
    let records = try records()
    let changed = [
      text + "x\r\n", text.replacing("From: ", with: "From: x "),
      text.replacing("To: ", with: "From: x@y.example\r\nTo: "),
    ]
    let verdicts = try dkimpyVerdicts(
      of: [message] + changed.map { Array($0.utf8) },
      records: records
    )
    #expect(verdicts == [[true, true], [false, false], [false, false], [false, false]])
    #expect(try opendkimVerdicts(of: message, records: records) == [true, true])
    let verdict = try opendkimVerdicts(of: Array(changed[0].utf8), records: records)
    #expect(verdict == [false, false])
  }

  @Test func `messages that a server gets verify, and have the size that it was told`() throws {
    let server = try MailServer(["--size", "1000000"])
    let relay = "mail.smtp=smtp://127.0.0.1:\(server.port)"
    let result = try site.publish(23, ["--set", relay])
    #expect(result.status == 0, "\(result.errors)")
    let messages = try server.stop().messages
    let content = try #require(messages.first).content
    #expect(messages[0].options.contains("SIZE=\(content.count)"))
    let records = try records()
    #expect(try dkimpyVerdicts(of: [content], records: records) == [[true, true]])
    #expect(try opendkimVerdicts(of: content, records: records) == [true, true])
  }

  @Test func `a second try has the same signatures`() throws {
    let refusing = try MailServer(["--refuse", "l1@courrier.example=451 4.7.1 later"])
    let later = try site.publish(23, ["--set", "mail.smtp=smtp://127.0.0.1:\(refusing.port)"])
    #expect(later.status == 0, "\(later.errors)")
    #expect(try refusing.stop().messages.isEmpty)
    try runProgram(
      "sqlite3",
      [site.folder.file("feedgen.db"), "UPDATE delivery SET notBefore = 0"]
    )
    let server = try MailServer()
    let result = try site.publish(24, ["--set", "mail.smtp=smtp://127.0.0.1:\(server.port)"])
    #expect(result.status == 0, "\(result.errors)")
    let content = try #require(try server.stop().messages.first).content
    let text = String(decoding: content, as: UTF8.self)
    #expect(text.contains("Date: Mon, 23 Nov 2026 08:05:00 +0100\r\n"))
    #expect(text.components(separatedBy: "t=1795417500;").count == 3)
    #expect(try dkimpyVerdicts(of: [content], records: records()) == [[true, true]])
  }

  @Test func `check verifies a sample, and says what to publish`() throws {
    let result = try site.run(["check"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    #expect(result.output.contains("good: dkim\n  name:  2026a._domainkey.news.example.org\n"))
    #expect(
      result.output.contains("2026e._domainkey.news.example.org. IN TXT ( \"v=DKIM1; k=ed25519; p=")
    )
  }

  @Test func `a key for another domain, or a short one, is remarked upon`() throws {
    let short = site.folder.file("keys/short.pem")
    try runProgram("openssl", ["genrsa", "-out", short, "1024"])
    try site.configure(["{domain: other.example, selector: s, key_file: keys/short.pem}"])
    let result = try site.run(["check"])
    #expect(result.status == 0)
    #expect(result.errors.contains("warning: mail.dkim: no key is for news.example.org"))
    #expect(result.errors.contains("warning: s._domainkey.other.example: an RSA key of 1024 bits"))
  }

  @Test func `an Ed25519 key alone is remarked upon`() throws {
    let key = "{domain: news.example.org, selector: 2026e, key_file: keys/dkim-2026e.pem}"
    try site.configure([key])
    let result = try site.run(["check"])
    #expect(result.status == 0)
    #expect(result.errors.contains("warning: mail.dkim: many receivers verify RSA only"))
  }

  @Test func `a key is never overwritten`() throws {
    let before = try site.folder.read("keys/dkim-2026a.pem")
    let result = try site.run(["dkim-key", "--domain", "news.example.org", "--selector", "2026A"])
    #expect(result.status == 73)
    #expect(result.errors.contains("there is a key already, which stays"))
    #expect(try site.folder.read("keys/dkim-2026a.pem") == before)
  }

  @Test(arguments: [
    ["--domain", "news"], ["--domain", "a b.org"], ["--selector", "../x"], ["--selector", "é"],
    ["--type", "dsa"], ["--bits", "1024"], ["--bits", "8192"],
    ["--type", "ed25519", "--bits", "2048"],
  ])
  func `wrong arguments make no key`(arguments: [String]) throws {
    let names = try site.folder.names(in: "keys")
    var all = ["dkim-key"] + arguments
    if !arguments.contains("--domain") { all += ["--domain", "news.example.org"] }
    if !arguments.contains("--selector") { all += ["--selector", "new"] }
    #expect(try site.run(all).status == 64)
    #expect(try site.folder.names(in: "keys") == names)
  }

  private func outboxMessage() throws -> [UInt8] {
    let name = try #require(try site.folder.names(in: "outbox/new").first)
    return Array(try site.folder.read("outbox/new/\(name)").utf8)
  }
}

/// Keys that cannot sign: found by `check`, and before anything is sent.
@Suite struct BadDKIMKeyTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.configure(["{domain: news.example.org, selector: s, key_file: keys/s.pem}"])
    try site.writeArticle("un", day: 18)
    try site.addSubscriber("l1@courrier.example")
  }

  /// How a key is made in the shell, what is said of it, and the status.
  static let cases: [(String, String, Int32)] = [
    ("true", "there is no such DKIM key", 78),
    ("openssl genrsa -out s.pem 512", "an RSA key of 512 bits, which nobody trusts", 78),
    ("openssl genrsa -out s.pem 4104", "an RSA key of 4104 bits, which not everybody", 78),
    ("openssl genpkey -algorithm x25519 -out s.pem", "a key for X25519, but DKIM signs with", 78),
    ("openssl genrsa -aes128 -passout pass:a -out s.pem 2048", "without a passphrase", 78),
    ("echo secret > s.pem", "not a private key in PEM", 78),
    (": > s.pem", "not a private key in PEM", 78),
    ("openssl genrsa -out s.pem 2048 && chmod 640 s.pem", "run “chmod 600 ", 77),
    ("mkdir s.pem", "the DKIM key cannot be read (not a file)", 77),
    ("touch x && ln -s x/s.pem s.pem", "the DKIM key cannot be read (Not a directory)", 77),
  ]

  @Test(arguments: cases)
  func `a key that cannot sign is said with its path, and nothing is sent`(
    command: String,
    message: String,
    status: Int32
  ) throws {
    let keys = site.folder.file("keys")
    try runProgram("sh", ["-c", "cd '\(keys)' && umask 077 && \(command)"])
    let check = try site.run(["check"])
    #expect(check.status == status)
    #expect(check.output.contains("BAD : dkim"))
    #expect(check.errors.contains("\(keys)/s.pem: "), "\(check.errors)")
    #expect(check.errors.contains(message), "\(check.errors)")
    #expect(!check.errors.contains("secret"))
    let result = try site.publish(23)
    #expect(result.status == status)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(try site.titles() == ["Article un"], "the feeds do not wait for the mail")
    #expect(try !site.folder.names().contains("outbox"))
  }

  @Test func `once the key is mended, the mail goes out`() throws {
    #expect(try site.publish(23).status == 78)
    #expect(try site.makeKey("s").file == "keys/dkim-s.pem")
    let mended = "mail.dkim=[{domain: news.example.org, selector: s, key_file: keys/dkim-s.pem}]"
    #expect(try site.publish(23, ["--set", mended]).status == 0)
    #expect(try site.folder.names(in: "outbox/new").count == 1)
  }
}

private struct MadeKey: Decodable {
  var file: String
  var configuration: String
}

private struct CheckedSubject: Decodable {
  struct Record: Decodable {
    var name: String
    var value: String
  }

  var subject: String
  var records: [Record]?
}

extension TestSite {
  fileprivate func makeKey(_ selector: String, _ more: [String] = []) throws -> MadeKey {
    let arguments = ["dkim-key", "--domain", "news.example.org", "--selector", selector, "--json"]
    let result = try run(arguments + more)
    try #require(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(MadeKey.self, from: Data(result.output.utf8))
  }

  fileprivate func configure(_ keys: [String]) throws {
    let lines = keys.map { "    - \($0)\n" }.joined()
    try folder.write(TestSite.configuration + "  dkim:\n\(lines)", to: "feedgen.yaml")
  }

  fileprivate func check() throws -> [CheckedSubject] {
    let result = try run(["check", "--json"])
    try #require(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode([CheckedSubject].self, from: Data(result.output.utf8))
  }
}
