import Model
import Rendering
import Testing

@Suite struct FeedEntryTests {
  /// What an entry becomes: parts that each format then must have, and that none may have.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var content = "<p>Du texte.</p>"
    var setting = FeedSettings.Content.full
    var change: @Sendable (inout Entry) -> Void = { _ in }
    var atom: [String] = []
    var rss: [String] = []
    var json: [String] = []
    var absent: [String] = []

    func parts(as format: FeedFormat) -> [String] {
      switch format {
      case .atom: atom
      case .rss: rss
      case .json: json
      }
    }
  }

  @Test(arguments: cases, FeedFormat.allCases)
  func `an entry that lacks something is still good`(_ example: Case, _ format: FeedFormat) throws {
    let entry = try FeedExample.entry(example.change)
    let site = try FeedExample.site(content: example.setting)
    let bytes = FeedExample.document(
      site: site,
      entries: [(entry, example.content)],
      as: format
    )
    let document = String(decoding: bytes, as: UTF8.self)
    let beginning = try #require(document.firstRange(of: start(as: format))).lowerBound
    for part in example.parts(as: format) { #expect(document[beginning...].contains(part)) }
    for part in example.absent { #expect(!document[beginning...].contains(part)) }
    if format == .atom { #expect(try atomViolations(in: bytes) == []) }
  }

  private func start(as format: FeedFormat) -> String {
    switch format {
    case .atom: "<entry"
    case .rss: "<item"
    case .json: "\"items\""
    }
  }

  static let cases = [
    Case(
      testDescription: "no author: the site's",
      change: { $0.authors = [Person(name: " \u{200b} ")] },
      atom: ["<name>La rédaction</name>\n", "<email>redaction@veille.example</email>\n"],
      rss: ["<dc:creator>La rédaction</dc:creator>\n"],
      json: ["\"authors\": [\n        {\n          \"name\": \"La rédaction\"\n        }\n      ]"]
    ),
    Case(
      testDescription: "another language",
      change: { $0.language = .english },
      atom: ["<entry xml:lang=\"en\">\n", "hreflang=\"en\""],
      rss: ["<dc:language>en</dc:language>\n"],
      json: ["\"language\": \"en\""]
    ),
    Case(
      testDescription: "the site's language",
      absent: ["xml:lang", "dc:language", "\"en\""]
    ),
    Case(
      testDescription: "summaries only",
      setting: .summary,
      atom: ["<summary>Du Mato Grosso aux ports du Chili.</summary>\n"],
      rss: ["<description>Du Mato Grosso aux ports du Chili.</description>\n"],
      json: ["\"content_text\": \"Du Mato Grosso aux ports du Chili.\""],
      absent: ["<content", "content_html"]
    ),
    Case(
      testDescription: "no address: feedgen's page",
      change: { $0.url = nil },
      atom: ["href=\"https://veille.example/feeds/articles/corridor.html\"/>\n", "&lt;p&gt;"],
      rss: ["<link>https://veille.example/feeds/articles/corridor.html</link>\n"],
      json: ["\"url\": \"https://veille.example/feeds/articles/corridor.html\""]
    ),
    Case(
      testDescription: "neither content, summary nor address",
      content: " \n",
      change: {
        $0.url = nil
        $0.summary = ""
      },
      atom: ["rel=\"alternate\""],
      rss: ["<link>"],
      json: ["\"content_text\": \"Le corridor bioocéanique\u{202f}: route ou promesse\u{a0}?\""],
      absent: ["<content", "content_html", "summary", "description"]
    ),
    Case(
      testDescription: "an image, but no content",
      content: "",
      change: { $0.image = "https://veille.example/a.jpg" },
      atom: ["<media:thumbnail url=\"https://veille.example/a.jpg\"/>\n"],
      rss: ["<media:thumbnail url=\"https://veille.example/a.jpg\"/>\n"],
      json: ["\"image\": \"https://veille.example/a.jpg\""],
      absent: ["<content", "content_html", "<p>"]
    ),
    Case(
      testDescription: "a summary that is the title",
      change: { $0.summary = $0.title + "\n" },
      rss: ["<description>&lt;p&gt;Du texte.&lt;/p&gt;</description>\n"],
      absent: ["summary", "content:"]
    ),
    Case(
      testDescription: "no title: the summary's beginning",
      change: {
        $0.title = "\u{200b}\t"
        $0.summary = String(repeating: "mot ", count: 40)
      },
      atom: ["<title>\(String(repeating: "mot ", count: 19))mot…</title>\n"],
      json: ["\"title\": \"\(String(repeating: "mot ", count: 19))mot…\","]
    ),
    Case(
      testDescription: "neither title nor summary, in English",
      change: {
        $0.title = ""
        $0.summary = ""
        $0.language = .english
      },
      atom: ["<title>Untitled</title>\n"],
      json: ["\"title\": \"Untitled\""]
    ),
    Case(
      testDescription: "updated before it was published",
      change: { $0.updated = Instant(seconds: 0) },
      atom: ["<updated>2026-11-20T08:00:00Z</updated>\n"],
      rss: ["<atom:updated>2026-11-20T08:00:00Z</atom:updated>\n"],
      json: ["\"date_modified\": \"2026-11-20T08:00:00Z\""]
    ),
    Case(
      testDescription: "a title that looks like markup",
      change: { $0.title = "<b>Chili</b>\n<script>\u{2028}&amp; <\u{301}" },
      atom: ["<title>&lt;b&gt;Chili&lt;/b&gt; &lt;script&gt; &amp;amp; &lt;\u{301}</title>\n"],
      json: ["\"title\": \"<b>Chili<\\/b> <script> &amp; <\u{301}\","]
    ),
    Case(
      testDescription: "an address that is none",
      change: { $0.authors = [Person(name: "A", email: "@")] },
      atom: ["<name>A</name>\n"],
      absent: ["email"]
    ),
    Case(
      testDescription: "a file without length and name",
      change: { $0.enclosures = [Enclosure(url: "https://a.example/b", type: "audio/mpeg")] },
      atom: ["<link rel=\"enclosure\" type=\"audio/mpeg\" href=\"https://a.example/b\"/>\n"],
      rss: ["<enclosure url=\"https://a.example/b\" length=\"0\" type=\"audio/mpeg\"/>\n"],
      json: ["\"mime_type\": \"audio/mpeg\"\n"]
    ),
  ]
}
