import Model
import Testing

@testable import Checking

@Suite struct RuleTests {
  static let now = Instant(seconds: 1_795_000_000)

  @Test(arguments: [
    ("2026-11-20T08:00:00Z", true), ("2026-11-20T08:00:00+01:00", true),
    ("2026-11-20T08:00:00-03:30", true), ("2026-11-20", false), ("2026-11-20 08:00:00Z", false),
    ("2026-11-20T08:00:00", false), ("2026-11-20T08:00:60Z", false),
    ("2026-11-20T24:00:00Z", false), ("2026-02-30T08:00:00Z", false),
    ("2026-11-20t08:00:00z", false), ("", false), ("2026-11-20T08:00:00+0100", false),
  ])
  func `a date is RFC 3339's`(text: String, isGood: Bool) {
    #expect((WrittenDate(rfc3339: text).instant != nil) == isGood)
  }

  @Test(arguments: [
    ("Fri, 20 Nov 2026 08:00:00 +0000", true), ("Fri, 20 Nov 2026 08:00:00 GMT", true),
    ("Sun, 1 Nov 2026 08:00:00 -0330", true), ("Thu, 20 Nov 2026 08:00:00 +0000", false),
    ("ven., 20 nov. 2026 08:00:00 +0000", false), ("Fri, 20 Nov 26 08:00:00 +0000", false),
    ("Fri, 20 Nov 2026 08:00 +0000", false), ("Fri, 20 Nov 2026 08:00:00 UTC", false),
    ("20 Nov 2026 08:00:00 +0000", false), ("Tue, 31 Nov 2026 08:00:00 +0000", false),
  ])
  func `a date is RFC 822's, on its weekday`(text: String, isGood: Bool) {
    #expect((WrittenDate(rfc822: text).instant != nil) == isGood)
  }

  @Test func `both forms mean the same instant`() {
    let rss = WrittenDate(rfc822: "Fri, 20 Nov 2026 09:30:00 +0130").instant
    #expect(rss != nil)
    #expect(rss == WrittenDate(rfc3339: "2026-11-20T08:00:00Z").instant)
  }

  @Test(arguments: [
    "tag:veille.example.org,2026:articles/a", "tag:x.example,2026-11:a", "tag:a@x.fr,2026-11-20:",
    "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66", "https://example.org/?p=12",
  ])
  func `an id is good`(id: String) {
    #expect(fault(ofID: id) == nil)
  }

  @Test(arguments: [
    "", "articles/a", "tag:Veille.example.org,2026:a", "tag:veille.example.org:a",
    "tag:veille.example.org,20:a", "tag:veille.example.org,2026-13:a", "tag:x,2026", "a b:c",
    "tag:x.example,2026:é", "https:///a", "http:", ":a",
  ])
  func `an id is not`(id: String) {
    #expect(fault(ofID: id) != nil)
  }

  @Test(
    arguments: [
      ("2026-11-15T08:00:00Z", nil), ("1989-12-31T23:59:59Z", .warning),
      ("2036-11-15T08:00:00Z", .warning), ("2026-11-15", .error),
    ] as [(String, Finding.Severity?)]
  )
  func `a date is likely, or somebody is told`(text: String, severity: Finding.Severity?) {
    #expect(fault(of: WrittenDate(rfc3339: text), now: RuleTests.now)?.1 == severity)
  }

  @Test(arguments: [
    ("atom.xml", "", FeedPart.subscription, FeedFormat.atom),
    ("bielorussie/rss.xml", "bielorussie", .subscription, .rss),
    ("archive/1.feed.json", "", .archive(0), .json),
    ("archive/atom.xml", "archive", .subscription, .atom),
    ("bielorussie/archive/12.atom.xml", "bielorussie", .archive(11), .atom),
    ("bielorussie/archive/before-2.rss.xml", "bielorussie", .archive(-2), .rss),
  ])
  func `a path tells what lies there`(
    path: String,
    folder: String,
    part: FeedPart,
    format: FeedFormat
  ) throws {
    let place = try #require(FeedPlace(path))
    #expect(place.folder == folder)
    #expect(place.part == part)
    #expect(place.format == format)
    let name = folder.isEmpty ? FeedName.site : .topic(try #require(Slug(folder)))
    #expect(name.path(of: part, as: format) == path)
  }

  @Test(arguments: [
    "index.html", "feeds.opml", "archive/0.atom.xml", "archive/x.atom.xml", "a/b/atom.xml",
    "archive/1.atom.xml.gz", "articles/a.html", "",
  ])
  func `a path of anything else is none of a feed document`(path: String) {
    #expect(FeedPlace(path) == nil)
  }

  @Test(
    arguments: [(1_999_999, nil), (2_000_001, .warning), (5_000_001, .error)]
      as [(Int, Finding.Severity?)]
  )
  func `a large document is said, with its largest article`(
    size: Int,
    severity: Finding.Severity?
  ) throws {
    var document = FeedDocument(try #require(FeedFile("atom.xml")), title: "Veille")
    for (id, content) in [("a:1", "court"), ("a:2", "bien plus long"), ("a:3", "long")] {
      var entry = ListedEntry(path: "atom.xml", line: 1, id: id, title: id, address: "https://x/")
      entry.content = content
      document.entries.append(entry)
    }
    let findings = document.findings(ofSize: size)
    #expect(findings.first?.severity == severity)
    #expect(findings.first?.article == severity.map { _ in "a:2" })
  }
}
