import Model
import Rendering
import Testing

@Suite struct AtomRendererTests {
  @Test func `a feed is written whole`() throws {
    let left = Instant(seconds: 1_795_248_000)
    let document = try AtomExample.document(
      site: AtomExample.site(),
      tombstones: [Tombstone(id: "tag:veille.example,2026:articles/parti", left: left)],
      entries: [(AtomExample.entry(), "<p>Du texte &amp; un lien.</p>")]
    )
    let golden = String(decoding: try atomFixture("atom-golden.xml"), as: UTF8.self)
    #expect(document == golden)
    #expect(try atomViolations(in: Array(document.utf8)) == [])
  }

  @Test func `a topic's feed says its topic, and without tombstones not their namespace`() throws {
    let site = try AtomExample.site()
    let head = AtomExample.head(.topic(try AtomExample.slug("bielorussie")))
    let document = AtomExample.document(site: site, head: head, entries: [])
    #expect(
      document.contains(
        "  <category term=\"Biélorussie\" scheme=\"https://veille.example/feeds/bielorussie/\" "
          + "label=\"Biélorussie\"/>\n</feed>\n"
      )
    )
    #expect(!document.contains("tombstones"))
    #expect(try atomViolations(in: Array(document.utf8)) == [])
  }

  @Test func `the same entry has the same bytes in every document`() throws {
    let site = try AtomExample.site()
    let entry = try AtomExample.entry()
    let other = try AtomExample.entry { $0.id = "tag:veille.example,2026:articles/autre" }
    let once = AtomExample.document(site: site, entries: [(entry, "<p>a</p>")])
    let last = AtomExample.document(
      site: site,
      entries: [(other, "<p>b</p>"), (entry, "<p>a</p>")]
    )
    let bytes = try #require(once.firstRange(of: "  <entry>")).lowerBound
    #expect(last.hasSuffix(once[bytes...]))
  }
}

@Suite struct AtomEntryTests {
  /// What an entry becomes, and the lines that it then must and must not have.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var content = "<p>Du texte.</p>"
    var setting = FeedSettings.Content.full
    var change: @Sendable (inout Entry) -> Void = { _ in }
    var lines: [String] = []
    var absent: [String] = []
  }

  @Test(arguments: cases) func `an entry that lacks something is still good`(_ example: Case) throws
  {
    let entry = try AtomExample.entry(example.change)
    let site = try AtomExample.site(content: example.setting)
    let document = AtomExample.document(site: site, entries: [(entry, example.content)])
    let rendered = document[try #require(document.firstRange(of: "  <entry")).lowerBound...]
    for line in example.lines { #expect(rendered.contains("\(line)\n")) }
    for part in example.absent { #expect(!rendered.contains(part)) }
    #expect(try atomViolations(in: Array(document.utf8)) == [])
  }

  static let cases = [
    Case(
      testDescription: "no author: the site's",
      change: { $0.authors = [Person(name: " \u{200b} ")] },
      lines: ["<name>La rédaction</name>", "<email>redaction@veille.example</email>"]
    ),
    Case(
      testDescription: "another language",
      change: { $0.language = .english },
      lines: ["  <entry xml:lang=\"en\">"]
    ),
    Case(
      testDescription: "the site's language",
      lines: ["  <entry>"],
      absent: ["xml:lang"]
    ),
    Case(
      testDescription: "summaries only",
      setting: .summary,
      lines: ["    <summary>Du Mato Grosso aux ports du Chili.</summary>"],
      absent: ["<content"]
    ),
    Case(
      testDescription: "summaries only, and no address",
      setting: .summary,
      change: { $0.url = nil },
      lines: ["    <content type=\"html\">&lt;p&gt;Du texte.&lt;/p&gt;</content>"],
      absent: ["<link", "xml:base"]
    ),
    Case(
      testDescription: "neither content nor address",
      content: "",
      change: { $0.url = nil },
      lines: ["    <content>Le corridor bioocéanique\u{202f}: route ou promesse\u{a0}?</content>"],
      absent: ["<link"]
    ),
    Case(
      testDescription: "no content",
      content: "",
      absent: ["<content"]
    ),
    Case(
      testDescription: "no summary",
      change: { $0.summary = " " },
      absent: ["<summary"]
    ),
    Case(
      testDescription: "a summary that is the title",
      change: { $0.summary = $0.title + "\n" },
      absent: ["<summary"]
    ),
    Case(
      testDescription: "no title: the summary's beginning",
      change: {
        $0.title = "\u{200b}\t"
        $0.summary = String(repeating: "mot ", count: 40)
      },
      lines: ["    <title>\(String(repeating: "mot ", count: 19))mot…</title>"]
    ),
    Case(
      testDescription: "neither title nor summary",
      change: {
        $0.title = ""
        $0.summary = ""
      },
      lines: ["    <title>Sans titre</title>"]
    ),
    Case(
      testDescription: "neither title nor summary, in English",
      change: {
        $0.title = ""
        $0.summary = ""
        $0.language = .english
      },
      lines: ["    <title>Untitled</title>"]
    ),
    Case(
      testDescription: "updated before it was published",
      change: { $0.updated = Instant(seconds: 0) },
      lines: ["    <updated>2026-11-20T08:00:00Z</updated>"]
    ),
    Case(
      testDescription: "a title that looks like markup",
      change: { $0.title = "<b>Chili</b>\n<script>\u{2028}&amp; <\u{301}" },
      lines: [
        "    <title>&lt;b&gt;Chili&lt;/b&gt; &lt;script&gt; &amp;amp; &lt;\u{301}</title>"
      ]
    ),
    Case(
      testDescription: "an address that is none",
      change: { $0.authors = [Person(name: "A", email: "@")] },
      lines: ["      <name>A</name>"],
      absent: ["<email"]
    ),
  ]
}
