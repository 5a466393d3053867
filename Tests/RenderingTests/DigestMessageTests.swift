import Foundation
import Model
import Testing

@testable import Rendering

@Suite struct DigestMessageTests {
  /// Whole messages, byte for byte; `FEEDGEN_RECORD=1` writes them anew.
  @Test(arguments: [("digest-fr.eml", Language.french), ("digest-en.eml", .english)])
  func `a weekly message is the recorded one`(name: String, language: Language) throws {
    var edition = SampleIssue.edition
    edition.language = language
    try expectGolden(name, try SampleIssue.message(edition))
  }

  @Test func `a message with all that there can be is the recorded one`() throws {
    try expectGolden("digest-full.eml", try SampleIssue.fullMessage())
  }

  @Test func `all lines end in CRLF and have at most 78 characters, or an address`() throws {
    let text = String(decoding: try SampleIssue.message(), as: UTF8.self)
    for line in text.utf8.split(separator: 10, omittingEmptySubsequences: false).dropLast() {
      #expect(line.last == 13)
      #expect(line.count <= 79 || line.starts(with: " <mailto:".utf8))
      #expect(line.dropLast().allSatisfy { (32..<127).contains($0) })
    }
  }

  @Test func `a message of ten articles has at most 60 kB`() throws {
    let bytes = try SampleIssue.message()
    #expect(bytes.count < 60_000)
  }

  @Test func `the Message-ID and the boundary are the subscriber's and the issue's`() throws {
    let one = try identifiers(subscriber: 7, issue: SampleIssue.issue, key: SampleIssue.key)
    #expect(one.count == 2)
    #expect(try identifiers(subscriber: 7, issue: SampleIssue.issue, key: SampleIssue.key) == one)
    let nextIssue = IssueName(digest: "weekly", date: SampleIssue.date(2026, 11, 30))
    for other in [
      try identifiers(subscriber: 8, issue: SampleIssue.issue, key: SampleIssue.key),
      try identifiers(subscriber: 7, issue: nextIssue, key: SampleIssue.key),
      try identifiers(subscriber: 7, issue: SampleIssue.issue, key: [1]),
    ] {
      #expect(Set(one).isDisjoint(with: other))
    }
  }

  @Test func `without an address to leave by there is none in the header`() throws {
    var site = SampleIssue.site
    site.mail?.unsubscribeMailto = nil
    let toReply = String(decoding: try SampleIssue.message(site: site), as: UTF8.self)
    #expect(!toReply.contains("List-Unsubscribe"))
    #expect(
      decoded(toReply).contains("mailto:redaction@veille.example?subject=unsubscribe-")
    )
    site.mail?.replyTo = nil
    let none = String(decoding: try SampleIssue.message(site: site), as: UTF8.self)
    #expect(!none.contains("mailto:"))
    #expect(!none.contains("Reply-To"))
  }

  @Test func `a reader's name and address are written for each place`() throws {
    let reader = Mailbox(
      name: "Ana, \"A\"",
      address: SampleIssue.address("o'n&a%b@courrier.example")
    )
    let message = try SampleIssue.message(recipient: reader)
    let text = String(decoding: message, as: UTF8.self)
    #expect(text.contains("To: \"Ana, \\\"A\\\"\" <o'n&a%b@courrier.example>\r\n"))
    #expect(text.contains("\r\no&#39;n&amp;a%b@courrier.example=\r\n"))
  }

  @Test func `the page to leave by comes first, in the header and in both parts`() throws {
    let page = LeavePage(url: "https://veille.example/d/x?a=1&b=2", takesOneClick: false)
    let token = SampleIssue.leaveTokens.token(for: 7)
    let text = String(decoding: try SampleIssue.message(leaving: page), as: UTF8.self)
    #expect(
      text.contains(
        "List-Unsubscribe: <https://veille.example/d/x?a=1&b=2>,\r\n"
          + " <mailto:quitter@news.veille.example?subject=unsubscribe-\(token)>\r\n"
      )
    )
    #expect(!text.contains("List-Unsubscribe-Post"), "no signature covers it")
    let body = decoded(text)
    #expect(body.contains("\nhttps://veille.example/d/x?a=1&b=2\n"))
    #expect(body.contains("href=\"https://veille.example/d/x?a=1&amp;b=2\""))
    #expect(body.count(of: "mailto:quitter") == 1, "the header has it")
    let post = LeavePage(url: page.url, takesOneClick: true)
    let signed = String(decoding: try SampleIssue.message(leaving: post), as: UTF8.self)
    #expect(signed.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"))
  }

  @Test func `the fields of a list say what is configured, and nothing else`() throws {
    var site = SampleIssue.site
    site.mail?.replyTo = nil
    let bare = String(decoding: try SampleIssue.message(site: site), as: UTF8.self)
    for field in ["List-Help", "List-Owner", "Feedback-ID", "Reply-To"] {
      #expect(!bare.contains("\r\n\(field):"), "\(field)")
    }
    site.author.email = "auteurs@veille.example"
    site.mail?.feedbackID = "veille"
    let text = String(decoding: try SampleIssue.message(site: site), as: UTF8.self)
    #expect(text.contains("List-Owner: <mailto:auteurs@veille.example>\r\n"))
    #expect(text.contains("List-Help: <mailto:auteurs@veille.example?subject=help>\r\n"))
    #expect(text.contains("List-Archive: <https://veille.example/feeds/>\r\n"))
    #expect(text.contains("Feedback-ID: 2026-11-23:weekly:feedgen-digest:veille\r\n"))
    #expect(text.contains("List-Post: NO\r\n"))
  }

  /// RFC 6532 has such an address as it is; encoded-words are for names only.
  @Test func `a local part beyond ASCII stands as it is`() throws {
    let reader = Mailbox(name: "Élodie", address: SampleIssue.address("élodie@courrier.example"))
    let text = String(decoding: try SampleIssue.message(recipient: reader), as: UTF8.self)
    #expect(text.contains("To: =?utf-8?Q?=C3=89lodie?= <élodie@courrier.example>\r\n"))
    #expect(decoded(text).count(of: "l’adresse élodie@courrier.example") == 2)
  }

  @Test(arguments: hostileNames)
  func `no text from outside breaks a message`(text: String) throws {
    var site = SampleIssue.site
    site.title = text
    site.topics[0].title = text
    site.postalAddress = text
    var articles = SampleIssue.articles
    for key in [Int64(1), 2] {
      articles[key]?.title = text
      articles[key]?.summary = text
      articles[key]?.authors = [Person(name: text)]
    }
    var edition = SampleIssue.edition
    edition.errata = [Edition.Erratum(article: 1, text: text)]
    let message = try SampleIssue.message(
      edition,
      site: site,
      articles: articles,
      recipient: Mailbox(name: text, address: SampleIssue.reader.address)
    )
    let report = LintReport(of: message)
    #expect(report.findings.isEmpty, "\(report)")
    let text = String(decoding: message, as: UTF8.self)
    let header = try #require(text.ranges(of: "\r\n\r\n").first)
    #expect(!text[..<header.lowerBound].contains("\r\nBcc:"))
    let decoded = decoded(text)
    let refused = decoded.unicodeScalars.map(\.value).filter { value in
      value < 9 || value == 0x7f || (0x202a...0x202e).contains(value)
    }
    #expect(refused == [])
  }

  @Test func `a fragment that is not given is left out`() throws {
    var composer = SampleIssue.composer(templates: try Templates())
    let group = try composer.compose(SampleIssue.edition)
    let fragments = composer.takeFragments()
    let whole = message(group, IssueFragments(fragments))
    let dropped = try #require(fragments.first { $0.number == group.text[5] })
    let rest = fragments.filter { $0.number != dropped.number }
    #expect(message(group, IssueFragments(rest)).count == whole.count - dropped.bytes.count)
  }

  private func decoded(_ text: String) -> String {
    String(decoding: QuotedPrintable.decode(Array(text.utf8)), as: UTF8.self)
  }

  private func message(_ group: EditionGroup, _ fragments: IssueFragments) -> [UInt8] {
    DigestMessage(
      site: SampleIssue.site,
      mail: SampleIssue.mail,
      messageKey: SampleIssue.key,
      leaveTokens: SampleIssue.leaveTokens
    ).bytes(
      issue: SampleIssue.issue,
      group: group,
      fragments: fragments,
      recipient: SampleIssue.reader,
      subscriber: 7,
      date: SampleIssue.sent
    )
  }

  private func identifiers(
    subscriber: Int64,
    issue: IssueName,
    key: [UInt8]
  ) throws -> [Substring] {
    let group = EditionGroup(number: 0, language: .french, subject: "", text: [], html: [])
    let bytes = DigestMessage(
      site: SampleIssue.site,
      mail: SampleIssue.mail,
      messageKey: key,
      leaveTokens: SampleIssue.leaveTokens
    ).bytes(
      issue: issue,
      group: group,
      fragments: IssueFragments(),
      recipient: SampleIssue.reader,
      subscriber: subscriber,
      date: SampleIssue.sent
    )
    let text = String(decoding: bytes, as: UTF8.self)
    let id = try #require(text.firstMatch(of: /Message-ID: <([a-z2-7]{26})@news.veille.example>/))
    let boundary = try #require(text.firstMatch(of: /boundary="=_([a-z2-7]{26})"/))
    return [id.1, boundary.1]
  }
}

/// Compares with a file of Tests/Fixtures.
func expectGolden(_ name: String, _ bytes: [UInt8]) throws {
  let url = fixture(name)
  if ProcessInfo.processInfo.environment["FEEDGEN_RECORD"] != nil {
    try Data(bytes).write(to: url)
  }
  let golden = [UInt8](try Data(contentsOf: url))
  #expect(String(decoding: bytes, as: UTF8.self) == String(decoding: golden, as: UTF8.self))
}

/// The place of a file that tests read.
func fixture(_ name: String) -> URL {
  URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/\(name)")
}

/// Names and titles that have broken mailings.
private let hostileNames: [String] = [
  "", " ", "\u{0}", "\r\nBcc: x@evil.example\r\n\r\nbody", "a\nBcc: x", "a\rBcc: x",
  "\u{202e}gnp.exe\u{202c} \u{2066}x\u{2069}", "\"quoted\" 'and' \\ more", "a, b; <c@d.example>",
  "=?utf-8?Q?x?=", "--=_x", "👩\u{200d}👩\u{200d}👧 🌎🇫🇷", "\u{200b}\u{feff}", "{{title}} {n}",
  "</h3></td></tr><script>alert(1)</script>", "&amp;&#0;", "\u{1}address\u{2}", "=<address>\r\n",
  String(repeating: "x", count: 10_000), String(repeating: "é ", count: 5_000),
  String(repeating: "语", count: 10_000), String(repeating: "🌎", count: 10_000),
  "e" + String(repeating: "\u{301}", count: 10_000),
]
