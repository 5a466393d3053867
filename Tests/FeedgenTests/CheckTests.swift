import Foundation
import TestSupport
import Testing

/// `feedgen check` on published files: nothing on good ones, the file and the article on others.
@Suite struct CheckTests {
  let site: TestSite

  /// Sixteen articles, five a block: the oldest ten of the site's feed are archived.
  init() throws {
    site = try TestSite()
    for number in 1...16 {
      try site.writeArticle(
        "a\(number)",
        day: number,
        topic: number.isMultiple(of: 2) ? "bielorussie" : "amerique-latine",
        text: "Un texte avec [un lien](https://example.org/\(number))."
      )
    }
    let result = try site.publish(20, ["--feeds-only"])
    try #require(result.status == 0, "\(result.errors)")
  }

  /// What is damaged, how, and what has to be said.
  struct Damage: CustomTestStringConvertible {
    var path: String
    var old: String
    var new: String
    var message: String
    var isError = true

    init(_ path: String, _ old: String, _ new: String, _ message: String, isError: Bool = true) {
      self.path = path
      self.old = old
      self.new = new
      self.message = message
      self.isError = isError
    }

    var testDescription: String { "\(path): \(message)" }
  }

  static let id = "tag:veille.example.org,2026:articles/a15"
  static let other = "tag:veille.example.org,2026:articles/a14"
  static let named = "(\(id)): "

  @Test(arguments: [
    Damage("atom.xml", "</entry>\n</feed>", "</feed>", "not well-formed"),
    Damage("atom.xml", "<published>2026-11-15T07:00:00Z</published>", "<published/>", "not valid"),
    Damage("atom.xml", "<id>\(id)<", "<id>\(other)<", "given to another entry"),
    Damage("atom.xml", "<id>\(id)<", "<id>articles/é<", "its id is not written in the ASCII"),
    Damage("atom.xml", "<id>\(id)<", "<id>articles/15<", "its id is not an absolute URI"),
    Damage("atom.xml", "<id>\(id)<", "<id>tag:A.example,20:x<", "its id is not a tag URI"),
    Damage("archive/1.atom.xml", ",2026:feeds<", ",2026:others<", "its feed id is not atom.xml's"),
    Damage(
      "atom.xml",
      "feeds/atom.xml\"",
      "feeds/b.xml\"",
      "it is served at https://veille.example.org/feeds/atom.xml"
    ),
    Damage(
      "atom.xml",
      "href=\"https://veille.example.org/\"",
      "href=\"/\"",
      "not an absolute address"
    ),
    Damage(
      "atom.xml",
      "<title>Article a15<",
      "<title>\u{200b}<",
      named + "no title that can be seen"
    ),
    Damage(
      "rss.xml",
      "<title>Article a15<",
      "<title>Article 15<",
      named + "not as in atom.xml: title"
    ),
    Damage("atom.xml", "<name>La rédaction<", "<name> <", "no author's name"),
    Damage("atom.xml", "Un texte avec", "&lt;script>x&lt;/script>", "not safe, complete HTML"),
    Damage(
      "atom.xml",
      "href=\"https://example.org/15\"",
      "href=\"/15\"",
      named + "its content is not safe"
    ),
    Damage(
      "atom.xml",
      "href=\"https://example.org/15\"",
      "href=\"javascript:x\"",
      named + "its content is not safe"
    ),
    Damage(
      "atom.xml",
      "<updated>2026-11-15T07:00:00Z<",
      "<updated>2026-11-14T07:00:00Z<",
      named + "updated (2026-11-14T07:00:00Z) before"
    ),
    Damage(
      "atom.xml",
      "<updated>2026-11-15T07:00:00Z<",
      "<updated>2026-11-18T07:00:00Z<",
      named + "updated after the feed itself"
    ),
    Damage(
      "atom.xml",
      "<published>2026-11-15T07:00:00Z<",
      "<published>2026-11-12T07:00:00Z<",
      "stands behind an older entry"
    ),
    Damage(
      "rss.xml",
      "Sun, 15 Nov 2026",
      "Mon, 15 Nov 2026",
      named + "published: “Mon, 15 Nov 2026 07:00:00 +0000” is not"
    ),
    Damage("rss.xml", "<rss version=\"2.0\"", "<rss version=\"0.9\"", "not valid"),
    Damage("feed.json", "\"items\"", "\"item\"", "not a JSON Feed: the feed has no “items”"),
    Damage("feed.json", "\"id\": \"\(id)\"", "\"id\": 15", "has another type than JSON Feed wants"),
    Damage("feed.json", "version/1.1", "version/1", "is not the version"),
    Damage(
      "archive/1.atom.xml",
      "/atom.xml\"",
      "/x.xml\"",
      "its link to the current document is not to atom.xml"
    ),
    Damage("archive/1.atom.xml", "<fh:archive/>", "", "does not say that it is an archive"),
    Damage(
      "atom.xml",
      "archive/2.atom.xml",
      "archive/7.atom.xml",
      "leads to https://veille.example.org/feeds/archive/7.atom.xml, which is not published"
    ),
    Damage("archive/2.feed.json", "archive/1.feed.json", "feed.json", "readers walk in a circle"),
    Damage(
      "archive/1.atom.xml",
      "archive/2.atom.xml",
      "archive/1.atom.xml",
      "its link to the next archive is not to archive/2.atom.xml"
    ),
    Damage(
      "archive/2.rss.xml",
      "<fh:archive/>",
      "<fh:archive/><fh:complete/>",
      "says that it is complete, and leads to older entries"
    ),
    Damage(
      "archive/2.feed.json",
      "articles/a10\"",
      "articles/a15\"",
      "its entries, or their order, are not those of archive/2.atom.xml"
    ),
    Damage(
      "archive/2.atom.xml",
      "articles/a10<",
      "articles/a15<",
      "listed in atom.xml too; readers see it twice"
    ),
    Damage(
      "feeds.opml",
      "bielorussie/atom.xml",
      "b/atom.xml",
      "leads to b/atom.xml, which is not there"
    ),
    Damage(
      "index.html",
      "bielorussie/atom.xml",
      "b/atom.xml",
      "leads to b/atom.xml, which is not there"
    ),
    Damage(
      "index.html",
      "<body",
      "\(String(repeating: "<div>", count: 600))<body",
      "cannot be read as a page"
    ),
    Damage("site.css", "{", "{ ", "changed since it was published"),
  ])
  func `a damaged file is named, with what is wrong`(damage: Damage) throws {
    try apply(damage)
    let result = try site.run(["check"])
    #expect(result.status == 65)
    #expect(result.output.contains("BAD : output"))
    let lines = result.errors.split(separator: "\n")
    #expect(
      lines.contains { $0.hasPrefix("feedgen: \(damage.path)") && $0.contains(damage.message) },
      "\(result.errors)"
    )
    #expect(lines.contains { $0.contains("\(damage.path): changed since it was published") })
  }

  @Test func `the sample site is clean`() throws {
    let sample = try SampleSite()
    try sample.publish()
    let result = try sample.run(["check"])
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.contains("good: output"))
  }

  @Test func `archives are clean, whatever formats there are`() throws {
    #expect(try site.run(["check"]).errors == "")
    for formats in ["atom", "rss", "json", "json, rss"] {
      let setting = "feeds={entries: 5, formats: [\(formats)]}"
      let published = try site.publish(20, ["--feeds-only", "--set", setting])
      try #require(published.status == 0, "\(published.errors)")
      let result = try site.run(["check", "--set", setting])
      #expect(result.status == 0)
      #expect(result.errors == "")
    }
  }

  @Test func `a missing document is named, and a verifying run mends it`() throws {
    try FileManager.default.removeItem(atPath: site.folder.file("feeds/archive/1.atom.xml"))
    let result = try site.run(["check"])
    #expect(result.status == 65)
    #expect(result.errors.contains("archive/1.atom.xml: missing; “feedgen publish --verify”"))
    try #require(try site.publish(20, ["--feeds-only", "--verify"]).status == 0)
    #expect(try site.run(["check"]).errors == "")
  }

  @Test func `a document that lost an article is named`() throws {
    let text = try site.folder.read("feeds/archive/1.rss.xml")
    let start = try #require(text.range(of: "    <item>"))
    let end = try #require(text.range(of: "</item>\n"))
    let shorter = text[..<start.lowerBound] + text[end.upperBound...]
    try site.folder.write(String(shorter), to: "feeds/archive/1.rss.xml")
    let result = try site.run(["check"])
    #expect(result.status == 65)
    let message = "archive/1.rss.xml: lists 4 articles, and the store has 5 for it"
    #expect(result.errors.contains(message))
  }

  @Test func `a feed under its topic's former name is the same as under the present one`() throws {
    let configuration = try site.folder.read("feedgen.yaml").replacing(
      "{slug: bielorussie,",
      with: "{slug: belarus, was: [bielorussie],"
    )
    try site.folder.write(configuration, to: "feedgen.yaml")
    let published = try site.publish(20, ["--feeds-only"])
    try #require(published.status == 0, "\(published.errors)")
    #expect(try site.run(["check"]).errors == "")
    try apply(Damage("bielorussie/atom.xml", "<title>Article", "<title>L’article", ""))
    let result = try site.run(["check"])
    #expect(result.status == 65)
    #expect(result.errors.contains("bielorussie/atom.xml: not the same as belarus/atom.xml"))
  }

  @Test func `what an editor may write is no fault`() throws {
    try site.writeArticle(
      "a17",
      day: 18,
      "image: https://Images.example.org/A.jpg?a=1&b=2\nurl: https://veille.example.org/17?a=1&b=2",
      text: "Un texte & <b>plus</b>.\n\n<div><p>Ouvert<br>"
    )
    try #require(try site.publish(21, ["--feeds-only"]).status == 0)
    #expect(try site.folder.read("feeds/atom.xml").contains("Images.example.org"))
    let result = try site.run(["check"])
    #expect(result.errors == "")
    #expect(result.status == 0)
  }

  @Test func `a warning is said, and is no failure`() throws {
    try site.writeArticle("a17", day: 18, "updated: 2026-11-18T09:00:00Z", text: "<p></p>")
    try site.folder.write(
      try site.folder.read("articles/a17.md").replacing("Article a17", with: "Voir &eacute;"),
      to: "articles/a17.md"
    )
    try #require(try site.publish(21, ["--feeds-only"]).status == 0)
    let result = try site.run(["check"])
    #expect(result.status == 0)
    #expect(result.errors.contains("warning: atom.xml:"))
    #expect(result.errors.contains("its title shows “&…;” to readers"))
    #expect(result.errors.contains("articles show"))
  }

  @Test func `findings can be had as one document`() throws {
    try apply(Damage("rss.xml", "<title>Article a15<", "<title>Article 15<", ""))
    let result = try site.run(["check", "--json"])
    let subjects = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let output = (subjects as? [[String: Any]])?.first { $0["subject"] as? String == "output" }
    let findings = try #require(output?["findings"] as? [[String: Any]])
    let finding = try #require(findings.first { $0["article"] != nil })
    #expect(finding["path"] as? String == "rss.xml")
    #expect(finding["article"] as? String == CheckTests.id)
    #expect(finding["severity"] as? String == "error")
    #expect(finding["line"] is Int)
  }

  @Test func `a site that was never published has nothing wrong`() throws {
    let fresh = try TestSite()
    let result = try fresh.run(["check"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try fresh.folder.names() == ["articles", "feedgen.yaml"])
  }

  @Test func `the check changes nothing`() throws {
    let before = try filesBelow(site.folder.path)
    let stamps = try site.published.stamps()
    try site.run(["check"])
    #expect(try site.published.stamps() == stamps)
    let changed = differingPaths(before, try filesBelow(site.folder.path))
    #expect(changed.filter { !$0.hasPrefix("feedgen.db") } == [])
  }

  /// Changes the first place where the old text stands behind the article's title, else the first
  /// of the file.
  private func apply(_ damage: Damage) throws {
    var text = try site.folder.read("feeds/\(damage.path)")
    let article = text.range(of: damage.old.contains(CheckTests.id) ? damage.old : "Article a15")
    let behind = article.flatMap {
      text.range(of: damage.old, range: $0.lowerBound..<text.endIndex)
    }
    let range = try #require(behind ?? text.range(of: damage.old), "\(damage.old)")
    text.replaceSubrange(range, with: damage.new)
    try site.folder.write(text, to: "feeds/\(damage.path)")
  }
}
