import Foundation
import FoundationXML
import Markup
import TestSupport
import Testing

/// Issues as anybody may read them: pages and a feed under `feeds/digests/`.
@Suite struct WebEditionTests {
  static let page = "feeds/digests/weekly/2026-11-23.html"
  static let list = "feeds/digests/index.html"
  static let feed = "feeds/digests/atom.xml"
  static let address = "https://veille.example.org/feeds/digests/weekly/2026-11-23.html"

  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.writeArticle("un", day: 18)
    try site.writeArticle("deux", day: 19, topic: "bielorussie")
    try site.writeArticle("trois", day: 20)
    try site.addSubscriber("lectrice@courrier.example", topics: ["bielorussie"])
    let result = try site.publish(20)
    try #require(result.status == 0, "\(result.errors)")
  }

  @Test func `an issue that goes out has a page of all topics, which its messages link to`() throws
  {
    #expect(!isThere(Self.list), "no issue, no list of them")
    try site.publish(23)
    let page = try site.folder.read(Self.page)
    #expect(page.contains("<h1>La semaine du 16 au 22\u{a0}novembre</h1>"))
    for title in ["un", "deux", "trois"] { #expect(page.contains("Article \(title)</a></h3>")) }
    let message = try #require(try readOutbox().first)
    #expect(message.html.contains("href=\"\(Self.address)\""))
    #expect(message.text.contains(Self.address))
    #expect(!message.text.contains("Article un"), "it is not the reader’s topic")
    let source = try site.folder.read("outbox/new/\(site.folder.names(in: "outbox/new")[0])")
    #expect(source.contains("List-Archive: <https://veille.example.org/feeds/digests/>"))
  }

  @Test func `nothing personal is in it`() throws {
    try site.publish(23)
    for path in [Self.page, Self.list, Self.feed] {
      let text = try site.folder.read(path).lowercased()
      for word in ["lectrice", "courrier.example", "mailto:", "quitter", "désabonner", "token"] {
        #expect(!text.contains(word), "\(path): \(word)")
      }
    }
  }

  @Test func `the home page leads to the list, the list to each issue, and check is content`()
    throws
  {
    try site.publish(23)
    try site.writeArticle("quatre", day: 25, topic: "bielorussie")
    try site.publish(30)
    #expect(try site.folder.read("feeds/index.html").contains("<a href=\"digests/\">Lettres</a>"))
    let list = try site.folder.read(Self.list)
    let (newer, older) = ("weekly/2026-11-30.html", "weekly/2026-11-23.html")
    let newerPlace = try #require(list.firstRange(of: "href=\"\(newer)\""))
    let olderPlace = try #require(list.firstRange(of: "href=\"\(older)\""))
    #expect(newerPlace.lowerBound < olderPlace.lowerBound)
    let check = try site.run(["check"])
    #expect(check.output.contains("good: output"), "\(check.output)\(check.errors)")
  }

  @Test func `the feed has an entry for each issue, and its grammar`() throws {
    try site.publish(23)
    try site.writeArticle("quatre", day: 25, topic: "bielorussie")
    try site.publish(30)
    #expect(
      try ids() == [
        "tag:veille.example.org,2026:digests/weekly/2026-11-30",
        "tag:veille.example.org,2026:digests/weekly/2026-11-23",
      ]
    )
    let grammar = "\(Program.repository)/Tests/Fixtures/atom.rng"
    let schema = try RelaxNGSchema([UInt8](Data(contentsOf: URL(fileURLWithPath: grammar))))
    #expect(schema.violations(in: Array(try site.folder.read(Self.feed).utf8)) == [])
    let entry = try #require(try read().last)
    #expect(entry.link == Self.address)
    #expect(entry.title.hasSuffix("3\u{a0}articles, semaine du 16 au 22\u{a0}novembre 2026"))
    #expect(entry.content.contains("<h2>Biélorussie</h2><ul><li><a href="))
  }

  @Test func `an article that is withdrawn is taken out`() throws {
    try site.publish(23)
    let before = try updated()
    try site.run(["articles", "delete", "trois"])
    try site.publish(24)
    let page = try site.folder.read(Self.page)
    #expect(!page.contains("Article trois"))
    #expect(page.contains("Article un"))
    #expect(try !site.folder.read(Self.feed).contains("Article trois"))
    #expect(try updated() > before)
    try site.run(["articles", "restore", "trois"])
    try site.publish(25)
    #expect(try site.folder.read(Self.page).contains("Article trois"))
  }

  @Test func `a page shows the words that went out, and a correction as a dated note`() throws {
    try site.publish(23)
    let before = try site.folder.read(Self.page)
    try site.writeArticle("un", day: 18, "summary: Tout autre.")
    try site.publish(24)
    #expect(try site.folder.read(Self.page) == before)
    try site.writeArticle("un", day: 18, "erratum: \"Il y a <neuf> membres.\"")
    try site.publish(25)
    let page = try site.folder.read(Self.page)
    let note = "Rectificatif du 25\u{a0}novembre 2026\u{202f}: Il y a &lt;neuf&gt; membres."
    #expect(page.contains("<p class=\"note\">\(note)</p>"))
    #expect(try read().first?.content.contains(note) == true)
    #expect(try updated() == "2026-11-25T07:05:00Z")
    try site.writeArticle("cinq", day: 25)
    try site.publish(26)
    #expect(try site.folder.read(Self.page) == page, "the note keeps its date")
  }

  @Test func `an issue that is cancelled or held has no page`() throws {
    try site.folder.write("", to: "digests/HOLD")
    try site.publish(23)
    #expect(isThere(Self.page))
    try site.run(["issues", "hold", "weekly"])
    try site.publish(23)
    #expect(!isThere(Self.page))
    try site.run(["issues", "release", "weekly"])
    try site.publish(23)
    #expect(isThere(Self.page))
    try site.run(["issues", "cancel", "weekly"])
    try site.publish(23)
    for path in [Self.page, Self.list, Self.feed] { #expect(!isThere(path), "\(path)") }
    #expect(try !site.folder.read("feeds/index.html").contains("Lettres"))
  }

  @Test func `an issue that waits has no page yet`() throws {
    let waiting = TestSite.configuration.replacing(
      "at: \"08:00\"}",
      with: "at: \"08:00\", review: {at: \"sunday 16:00\", to: [redaction@example.org]}}"
    )
    try site.folder.write(waiting, to: "feedgen.yaml")
    let review = try site.run(["publish", "--as-of", "2026-11-22T16:05:00"])
    #expect(review.status == 0, "\(review.errors)")
    #expect(!isThere(Self.page))
    try site.publish(23)
    #expect(isThere(Self.page))
  }

  @Test func `a run with nothing to do writes nothing, and a new look reaches every page`() throws {
    try site.publish(23)
    let before = try site.published.stamps()
    try site.publish(23)
    #expect(try site.published.stamps() == before)
    try site.folder.write(
      TestSite.configuration.replacing("title: Veille\n", with: "title: Autre\n"),
      to: "feedgen.yaml"
    )
    try site.publish(24)
    #expect(try site.folder.read(Self.page).contains("| Autre</title>"))
  }

  @Test func `digests alone publish their pages and no feed`() throws {
    try site.writeArticle("six", day: 22, topic: "bielorussie")
    try site.publish(23, ["--digests-only"])
    #expect(try site.folder.read(Self.page).contains("Article six"))
    #expect(try !site.titles().contains("Article six"))
    try site.publish(23, ["--feeds-only"])
    #expect(try site.titles().contains("Article six"))
    #expect(isThere(Self.page))
    #expect(try site.folder.read("feeds/index.html").contains("Lettres"))
  }

  @Test func `what the editor wrote for the issue is on the page`() throws {
    try site.folder.write(
      "---\nlead: un\n---\n\nBonjour, voici *la semaine*.\n",
      to: "digests/next.md"
    )
    let result = try site.publish(23)
    #expect(result.status == 0, "\(result.errors)")
    let page = try site.folder.read(Self.page)
    #expect(page.contains("<p>Bonjour, voici <em>la semaine</em>.</p>"))
    #expect(page.contains("item lead\">\n<h3><a href=\"../../articles/un.html\">"))
  }

  private func isThere(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: site.folder.file(path))
  }

  private func ids() throws -> [String] { try texts("entry']/*[local-name()='id") }

  private func updated() throws -> String {
    try #require(try texts("entry']/*[local-name()='updated").first)
  }

  private func texts(_ name: String) throws -> [String] {
    let document = try XMLDocument(
      contentsOf: URL(fileURLWithPath: site.folder.file(Self.feed))
    )
    return try document.nodes(forXPath: "//*[local-name()='\(name)']").compactMap(\.stringValue)
  }

  /// What feedparser makes of the feed.
  private func read() throws -> [FeedEntry] {
    let (status, output) = try runProgram(
      "python3",
      [
        "\(Program.repository)/Tests/Readers/read_feed.py", "feedparser",
        site.folder.file(Self.feed),
      ],
      environment: ["PYTHONPATH=\(try PythonModule.feedparser.path())"]
    )
    try #require(status == 0, "\(output)")
    return try JSONDecoder().decode([FeedEntry].self, from: Data(output.utf8))
  }

  /// What Python's `mailbox` and `email` make of the outbox.
  private func readOutbox() throws -> [ReadMessage] {
    let script = "\(Program.repository)/Tests/Readers/read_maildir.py"
    let (status, output) = try runProgram("python3", [script, site.folder.file("outbox")])
    try #require(status == 0)
    return try JSONDecoder().decode([ReadMessage].self, from: Data(output.utf8))
  }
}
