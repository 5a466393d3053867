import Importing
import Model
import Testing

/// Feeds that are written for one question each.
struct FeedTests {
  @Test func `an item without id and link keeps its key while its title and date do`() throws {
    let date = "<pubDate>Mon, 16 Nov 2026 08:00:00 GMT</pubDate>"
    let first = try #require(try item("<title>Un</title>\(date)<description>a</description>"))
    let edited = try #require(try item("<title>Un</title>\(date)<description>b</description>"))
    let other = try #require(try item("<title>Deux</title>\(date)<description>a</description>"))
    let untitled = try #require(try item("<description>a</description>"))
    let retold = try #require(try item("<description>b</description>"))
    #expect(first.key == edited.key)
    #expect(Set([first.key, other.key, untitled.key, retold.key]).count == 4)
    #expect(first.key.hasPrefix("entry-"))
  }

  @Test func `the id is what is written, else what RDF is about, else the link`() throws {
    #expect(try item("<guid> Note n° 7\n</guid><link>/a</link>")?.key == "Note n° 7")
    #expect(try item("<guid></guid><link>/a</link>")?.key == "https://example.org/a")
    let rdf =
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
      + "<item rdf:about=\"urn:x:1\"><link>/a</link></item></rdf:RDF>"
    #expect(try feed(rdf).entries.map(\.key) == ["urn:x:1"])
  }

  @Test(arguments: [
    ("<author>a@e.org (Anna (la) Kos)</author>", ["Anna (la) Kos"]),
    ("<author>Anna Kos &lt;a@e.org&gt;</author>", ["Anna Kos"]),
    ("<author>Anna Kos (Minsk)</author>", ["Anna Kos (Minsk)"]),
    ("<author>a@e.org</author>", []), ("<author> </author>", []),
    ("<author>(a@e.org)</author>", ["(a@e.org)"]),
    ("<author>a@e.org ()</author>", []),
    ("<author>Anna</author><author>Anna</author><author>Bo</author>", ["Anna", "Bo"]),
    ("<author>&lt;b&gt;Anna&lt;/b&gt; &amp;amp; Bo</author>", ["Anna & Bo"]),
  ])
  func `people have names, and no addresses`(fields: String, names: [String]) throws {
    let found = try #require(try item("<title>x</title>" + fields))
    #expect(found.authors.map(\.name) == names)
    #expect(found.authors.allSatisfy { $0.email == nil })
  }

  @Test func `a hundred thousand categories cost what some hundred do`() throws {
    let fields = (0..<100_000).map { "<category>\($0)</category>" }.joined()
    #expect(try item("<title>x</title>" + fields)?.categories.count == 500)
  }

  @Test func `the first date that can be read is taken`() throws {
    let dates = "<pubDate>hier</pubDate><dc:date>2026-11-05T07:00:00Z</dc:date>"
    let found = try #require(try item("<title>x</title>\(dates)"))
    #expect(found.published?.rfc3339 == "2026-11-05T07:00:00Z")
    #expect(found.repairs.isEmpty)
    #expect(try item("<title>x</title><pubDate>hier</pubDate>")?.repairs[.pageDate] == 1)
  }

  @Test func `pictures and files of other vocabularies are found`() throws {
    let found = try #require(
      try item(
        """
        <title>x</title><media:group><media:content url="/a.jpg" medium="image"/>
        <media:content url="/b.mp4" type="video/mp4" fileSize="9"/></media:group>
        <enclosure url="/b.mp4" type="video/mp4"/><enclosure url="" length="3"/>
        <itunes:image href="/c.jpg"/>
        """
      )
    )
    #expect(found.image == "https://example.org/a.jpg")
    #expect(
      found.enclosures
        == [Enclosure(url: "https://example.org/b.mp4", type: "video/mp4", length: 9)]
    )
  }

  @Test(arguments: [
    ("", "is no feed"), ("   ", "is no feed"), ("{", "is no JSON Feed"),
    ("{}", "“version” is missing"),
    (
      "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":3}", "“items” is of another kind"
    ),
    ("<html><body>x</body></html>", "is no feed"), ("nul", "is no feed"),
    (
      "<!doctype html><head><link rel=alternate type=application/rss+xml href=/f></head>",
      "it names its feed: https://example.org/f"
    ),
    ("<!DOCTYPE rss [<!ENTITY a \"b\">]><rss><channel/></rss>", "declares entities"),
  ])
  func `what is no feed says what it is`(text: String, words: String) {
    let problem = #expect(throws: Problem.self) { try feed(text) }
    #expect(problem?.description.hasPrefix("https://example.org/feed") == true)
    #expect(problem?.message.contains(words) == true)
  }

  @Test func `a feed that breaks off gives what came before`() throws {
    let found = try feed("<rss><channel><item><guid>1</guid></item>\n<item><title>x")
    #expect(found.entries.map(\.key) == ["1"])
    #expect(found.fault?.line == 2)
  }

  @Test func `one bad item of a JSON Feed costs only itself`() throws {
    let items =
      #"{"id":1,"title":"a"},{"id":2,"tags":"b"},7,null,{"id":3.5,"title":true,"url":"/x"}"#
    let found = try feed(#"{"version":"https://jsonfeed.org/version/1","items":[\#(items)]}"#)
    #expect(found.entries.map(\.key) == ["1", "3.5"])
    #expect(found.skipped == ["unreadable", "unreadable", "unreadable"])
  }

  @Test(arguments: [
    (
      "<app:control xmlns:app=\"http://www.w3.org/2007/app\"><app:draft>yes</app:draft></app:control>",
      "draft"
    ),
    ("<draft xmlns=\"http://purl.org/atom-blog/ns#\">true</draft>", "draft"),
    ("<b:type xmlns:b=\"http://schemas.google.com/blogger/2018\">COMMENT</b:type>", "comment"),
    ("<b:trashed xmlns:b=\"http://schemas.google.com/blogger/2018\">2026</b:trashed>", "trash"),
  ])
  func `drafts and comments of Blogger are no articles`(fields: String, reason: String) throws {
    let entry = "<entry><id>urn:x:1</id><title>x</title>\(fields)</entry>"
    let found = try feed("<feed xmlns=\"http://www.w3.org/2005/Atom\">\(entry)</feed>")
    #expect(found.entries.isEmpty)
    #expect(found.skipped == [reason])
  }

  @Test(arguments: [
    ("<content type=\"image/png\">aGVsbG8=</content>", nil), ("<content/>", nil),
    ("<content> a &lt;b&gt; </content>", SourceEntry.Text.plain(" a <b> ")),
    ("<content type=\"text/html\">&lt;b&gt;</content>", .html("<b>")),
    ("<content type=\"TEXT/plain\">a</content>", .plain("a")),
    ("<content type=\"text/html\" mode=\"base64\">PGI+</content>", .html("<b>")),
    ("<content type=\"text/html\" mode=\"base64\">é</content>", nil),
  ])
  func `content is what its type says`(content: String, expected: SourceEntry.Text?) throws {
    let text =
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>a</id>\(content)</entry></feed>"
    #expect(try feed(text).entries.first?.content == expected)
  }
}

struct CategoryTests {
  private func topics(_ categories: [SourceEntry.Category], _ settings: ReadingSettings) throws
    -> (topics: [String], unknown: [String])
  {
    var entry = SourceEntry(key: "1")
    entry.title = .plain("x")
    entry.categories = categories
    let found = try draft(of: entry, settings)
    return (found.draft.topics.map(\.text), found.unknownCategories)
  }

  @Test func `a category is a topic by its name, by its parents, or by the operator's word`() throws
  {
    var settings = plainSettings
    settings.setMeaning(of: "MINSK", .topic(sampleTopics[1].slug))
    settings.setMeaning(of: "Divers", .nothing)
    settings.setMeaning(of: "Amérique du Sud", .nothing)
    let found = try topics(
      [
        .init("amérique LATINE"), .init("Minsk"), .init("Biélorussie"), .init("Divers"),
        .init("Quito", ancestors: ["Andes", "Amérique latine"]),
        .init("Inconnu", ancestors: ["Rien"]),
        .init("Andes", ancestors: ["Amérique du Sud", "Amérique latine"]),
      ],
      settings
    )
    #expect(found.topics == ["amerique-latine", "bielorussie"])
    #expect(found.unknown == ["Inconnu"])
  }

  @Test func `an entry without a topic gets the source's own`() throws {
    var settings = plainSettings
    settings.defaultTopics = [sampleTopics[0].slug]
    #expect(try topics([.init("Inconnu")], settings).topics == ["amerique-latine"])
    #expect(try topics([], settings).unknown.isEmpty)
  }
}
