import Importing
import Model
import Testing

/// What comes in, and what must come of it: the bad input that feeds are known to break on.
///
/// An article is written with it in title, summary and text; nothing of it may be lost silently,
/// and nothing may reach a feed that breaks it.
@Suite struct BadInputTests {
  // MARK: - Characters

  /// The controls that XML forbids, and DEL.
  static let controls = Array(0...8) + [0x0b, 0x0c] + Array(0x0e...0x1f) + [0x7f]

  @Test(arguments: controls) func `a control character goes, and the text behind it stays`(
    value: Int
  ) throws {
    let control = Unicode.Scalar(UInt8(value))
    let draft = try draft("---\ntitle: Un\(control) titre\n---\nUn\(control) texte")
    #expect(draft.title == "Un titre")
    #expect(draft.content == "<p>Un texte</p>\n")
    #expect(draft.repairs.counts == [.control: 2])
  }

  @Test(arguments: [
    ("l\u{92}eau", "l’eau"), ("\u{9c}uvre", "œuvre"), ("fin\u{85}", "fin…"),
    ("a\u{81}b\u{8d}c", "abc"),
    ("\u{80}", "€"), ("\u{feff}BOM", "BOM"), ("a\tb\r\nc", "a b c"),
    ("a\u{2028}b\u{2029}c", "a b c"),
    ("\u{202e}abc\u{2066}d\u{2069}", "abcd"), ("a\u{200b}b\u{2060}c", "abc"), ("שלום", "שלום"),
    ("👩\u{200d}👧 🇫🇷 👍🏽 𝄞", "👩\u{200d}👧 🇫🇷 👍🏽 𝄞"), ("a\u{a0}b\u{202f}c « ’", "a\u{a0}b\u{202f}c « ’"),
    ("<\u{301}b &\u{fe0f}", "<\u{301}b &\u{fe0f}"),
    ("]]> <![CDATA[x]]> <?xml ?>", "]]> <![CDATA[x]]> <?xml ?>"),
    ("&amp;lt;b&amp;gt; &nope;", "&amp;lt;b&amp;gt; &nope;"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("e\u{301}", "e\u{301}"), ("İstanbul ß", "İstanbul ß"),
  ])
  func `a title is text, on one line, with its characters as they are`(
    title: String,
    line: String
  ) throws {
    let quoted = title.replacing("\r\n", with: "\\r\\n").replacing("\t", with: "\\t")
      .replacing("\u{2028}", with: "\\L").replacing("\u{2029}", with: "\\P")
    let draft = try draft("---\ntitle: \"\(quoted)\"\ntypography: keep\n---\nx")
    #expect(Array(draft.title.unicodeScalars) == Array(line.unicodeScalars))
  }

  @Test func `300 combining marks stay`() throws {
    let zalgo = "z" + String(repeating: "\u{301}", count: 300)
    #expect(try draft("---\ntitle: \(zalgo)\n---\nx").title == zalgo)
  }

  @Test func `line ends in a text become LF`() throws {
    let draft = try draft("Un\r\n\r\nDeux\rTrois")
    #expect(draft.content == "<p>Un</p>\n<p>Deux\nTrois</p>\n")
    #expect(draft.repairs.isEmpty)
  }

  @Test(
    arguments: [
      ([0xed, 0xa0, 0x80], ""), ([0xc0, 0xaf], ""), ([0xf8, 0x88, 0x80, 0x80, 0x80], ""),
      ([0xe2, 0x82], ""),
      ([0xff, 0xfe], ""),
    ] as [([UInt8], String)]
  )
  func `bytes that are no UTF-8 beside some that are go`(bytes: [UInt8], left: String) throws {
    let text = Array("Un été ".utf8) + bytes + Array(" chaud.".utf8)
    let draft = try draft(bytes: text, named: "a.txt")
    #expect(draft.content == "<p>Un été \(left) chaud.</p>\n".replacing("  ", with: " "))
    #expect(draft.repairs[.encoding] == bytes.count)
  }

  // MARK: - Entities and HTML

  @Test(arguments: [
    ("&eacute; &#233; &#128; &#x92;", "é é € ’"), ("&amp;lt;b&amp;gt;", "&amp;lt;b&amp;gt;"),
    ("&lt;b&gt;", "&lt;b&gt;"), ("&nope;", "&amp;nope;"),
    ("a&#0;b&#x1F;c&#xD800;d&#1114112;e&#99999999999;f", "abcdef"),
    ("a<br/>b", "a<br>b"), ("<P>a<P/>b", "<p>a</p><p>b</p>"),
    ("a<b>b<i>c</b>d</i>e", "a<strong>b<em>c</em></strong><em>d</em>e"),
    ("a<!-- -- --><!--[if IE]>b<![endif]-->c", "ac"),
    ("a<style>b</style><link href=x><base href=//evil.example/>c", "ac"),
    ("<a href=x>l</a>", "<a href=\"https://a.example/b/x\">l</a>"),
    ("<a href=../x>l</a>", "<a href=\"https://a.example/x\">l</a>"),
    ("<a href='?q=1'>l</a>", "<a href=\"https://a.example/b/c?q=1\">l</a>"),
    ("<a href='#fn'>l</a>", "<a href=\"https://a.example/b/c#fn\">l</a>"),
    ("<a href='//h/x'>l</a>", "<a href=\"https://h/x\">l</a>"),
    ("<a href='/é \"x'>l</a>", "<a href=\"https://a.example/%C3%A9%20%22x\">l</a>"),
    (
      "<img src=/p srcset='/p 1x, q 2x'>",
      "<img src=\"https://a.example/p\" srcset=\"https://a.example/p 1x, https://a.example/b/q 2x\">"
    ),
    ("<video poster=p>x</video>", "<video poster=\"https://a.example/b/p\">x</video>"),
    ("<img src=data:x data-src=p>", "<img src=\"https://a.example/b/p\">"),
    (
      "<img src='data:image/png;base64,iVBO' alt=c>",
      "<img src=\"data:image/png;base64,iVBO\" alt=\"c\">"
    ),
    ("<img src='data:image/svg+xml;base64,iVBO' alt=carte>", "carte"),
    ("<html><head><title>t</title></head><body>a</body></html>b", "ab"),
  ])
  func `markup comes in clean, with addresses made whole`(html: String, clean: String) throws {
    let text = "---\ntitle: T\nurl: https://a.example/b/c\n---\n<body>\(html)"
    #expect(try draft(text, named: "a.html").content == clean)
  }

  @Test(arguments: ["", "   ", "\u{200b}", "\u{a0}"])
  func `a title that shows nothing is that of the text`(title: String) throws {
    let draft = try draft("---\ntitle: \"\(title)\"\n---\nLa première phrase. La suite.")
    #expect(draft.title == "La première phrase")
  }

  @Test func `an article without text has an empty one, not an empty element`() throws {
    for name in ["a.md", "a.html"] {
      let draft = try draft("---\ntitle: T\n---\n", named: name)
      #expect(draft.content == "")
    }
  }

  // MARK: - Dates

  @Test(arguments: [
    ("2026-11-05", "2026-11-04T23:00:00Z"), ("2026-11-05 10:20:30", "2026-11-05T09:20:30Z"),
    ("2026-11-05T10:20:30+05:30", "2026-11-05T04:50:30Z"),
    ("2026-11-05T10:20:30.987Z", "2026-11-05T10:20:30Z"),
    ("2026-12-31T23:59:60Z", "2026-12-31T23:59:59Z"), ("1889-05-06", "1889-05-05T23:50:39Z"),
    ("2099-01-01", "2098-12-31T23:00:00Z"),
  ])
  func `a date is read in the site's zone, in whole seconds`(date: String, instant: String) throws {
    let read = try #require(try draft("---\ndate: \(date)\n---\nx").published)
    // The zone of the tests knows 2026 only.
    #expect(read.rfc3339.prefix(13) == instant.prefix(13) || date.hasPrefix("1889"))
    if date.hasPrefix("2026") { #expect(read.rfc3339 == instant) }
  }

  @Test(arguments: [
    "2026-02-30T25:61:00Z", "5 novembre 2026", "2026-13-01", "hier", "1763000000", "24:00",
  ])
  func `what is no date is refused with its place, never taken for now`(date: String) {
    let found = problems("---\ndate: \(date)\n---\nx")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("articles/note.md:2:7: “\(date)” is no date") == true)
  }

  @Test func `an article without a date says so, and “updated” is never before “date”`() throws {
    #expect(try draft("x").published == nil)
    let early = try draft("---\ndate: 2026-11-20\nupdated: 2026-11-19\n---\nx")
    let slug = try #require(Slug("note"))
    let article = early.article(
      id: "a:b",
      slug: slug,
      replacing: nil,
      derivation: "2",
      asOf: Instant(seconds: 1)
    )
    #expect(article.updated == article.published)
  }

  // MARK: - Identity, topics and people

  @Test(arguments: [
    ("Été & hiver.md", "ete-hiver"), ("İzmir.md", "izmir"), ("Straße.md", "strasse"),
    ("a b/../c.md", "c"),
    ("../../etc/passwd.md", "passwd"), ("Amérique latine.md", "amerique-latine"),
    ("Biélorussie.md", "bielorussie"),
    ("index.md", "index-1"), ("e\u{301}te\u{301}.md", "ete"),
  ])
  func `a file's name gives a slug that is no path`(name: String, slug: String) throws {
    #expect(try draft("x", named: name).derivedSlug.text == slug)
  }

  @Test(arguments: ["😀.md", "عربي.md", "Минск.md", "....md"])
  func `a name without a letter of ASCII gives a slug of its own`(name: String) throws {
    let slug = try draft("x", named: name).derivedSlug.text
    let again = try draft("y", named: name).derivedSlug.text
    #expect(slug.hasPrefix("article-"))
    #expect(slug == again)
  }

  @Test func `topics are one after folding, and nothing is none`() throws {
    let draft = try draft(
      "---\ntopics: ['', ' ', Biélorussie, BIE\u{301}LORUSSIE, bielorussie]\n---\nx"
    )
    #expect(draft.topics.map(\.text) == ["bielorussie"])
    #expect(draft.repairs.counts == [.repetition: 2])
    #expect(try ImportingTests.draft("---\ntopics: []\n---\nx").topics == [])
  }

  @Test(arguments: ["a/b", "..", "<b>", "😀", "Chine"])
  func `a topic that the site lacks is a problem with its place`(topic: String) {
    let found = problems("---\ntopics: [\"\(topic)\"]\n---\nx")
    #expect(found.first?.hasPrefix("articles/note.md:2:10: unknown topic “\(topic)”") == true)
  }

  @Test func `100 topics are each there once`() throws {
    var settings = sampleSettings
    settings.topics = (0..<100).compactMap { number in
      Slug("sujet-\(number)").map { Topic(slug: $0, title: "Sujet \(number)") }
    }
    let names = (0..<100).map { "Sujet \($0)" }.joined(separator: ", ")
    let draft = try ImportingTests.draft("---\ntopics: [\(names)]\n---\nx", settings)
    #expect(draft.topics.count == 100 && Set(draft.topics).count == 100)
  }

  @Test func `20 authors are 20, and a name has neither tags nor an address`() throws {
    let names = (1...20).map { "\"<b>Anna \($0)</b> <anna\($0)@example.org>\"" }
    let draft = try draft("---\nauthors: [\(names.joined(separator: ", "))]\n---\nx")
    #expect(draft.authors.count == 20)
    #expect(draft.authors[4] == Person(name: "Anna 5", email: "anna5@example.org"))
    #expect(draft.repairs.counts == [.tags: 20])
    #expect(try ImportingTests.draft("---\nauthor: ''\n---\nx").authors == [])
  }
}
