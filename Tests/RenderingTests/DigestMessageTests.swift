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

  @Test func `all lines end in CRLF and have at most 78 characters`() throws {
    let text = String(decoding: try SampleIssue.message(), as: UTF8.self)
    for line in text.utf8.split(separator: 10, omittingEmptySubsequences: false).dropLast() {
      #expect(line.last == 13)
      #expect(line.count <= 79)
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
    #expect(toReply.contains("mailto:redaction@veille.example?subject=3Dunsubscribe"))
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

  @Test func `a fragment that is not given is left out`() throws {
    var composer = SampleIssue.composer(templates: try Templates())
    let group = try composer.compose(SampleIssue.edition)
    var fragments: [Int: [UInt8]] = [:]
    for fragment in composer.takeFragments() { fragments[fragment.number] = fragment.bytes }
    let whole = message(group, fragments)
    let dropped = try #require(group.text.dropFirst(5).first.flatMap { fragments[$0]?.count })
    fragments[group.text[5]] = nil
    #expect(message(group, fragments).count == whole.count - dropped)
  }

  private func message(_ group: EditionGroup, _ fragments: [Int: [UInt8]]) -> [UInt8] {
    DigestMessage(site: SampleIssue.site, mail: SampleIssue.mail, messageKey: SampleIssue.key)
      .bytes(
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
    let bytes = DigestMessage(site: SampleIssue.site, mail: SampleIssue.mail, messageKey: key)
      .bytes(
        issue: issue,
        group: group,
        fragments: [:],
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
