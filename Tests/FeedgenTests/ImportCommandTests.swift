import Foundation
import TestSupport
import Testing

@Suite struct ImportCommandTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
  }

  @Test func `importing again changes nothing, and says so`() throws {
    try site.writeArticle("un", day: 2)
    try site.writeArticle("deux", day: 3)
    let first = try site.run(["import"])
    let second = try site.run(["import"])
    #expect(first.output == "2 added, 0 changed, 0 unchanged.\n")
    #expect(second.output == "Nothing new: 2 articles are as they were.\n")
    #expect(second.status == 0)
  }

  @Test func `a touched file that says the same is no change`() throws {
    try site.writeArticle("un", day: 2)
    try site.run(["import"])
    try site.writeArticle("un", day: 2)
    let second = try site.run(["import"])
    #expect(second.output == "Nothing new: 1 articles are as they were.\n")
  }

  @Test func `one bad article never costs another`() throws {
    try site.writeArticle("bon", day: 2)
    try site.writeArticle("sujet", day: 2, topic: "amerique-latin")
    try site.folder.write("---\ntitle: Sans date\ndate: hier\n---\nTexte", to: "articles/date.md")
    let result = try site.run(["import"])
    #expect(result.status == 65)
    #expect(result.output.hasPrefix("1 added"))
    #expect(result.errors.contains("articles/sujet.md:4:"))
    #expect(result.errors.contains("amerique-latine"), "the nearest topic is named")
    #expect(result.errors.contains("articles/date.md:3:"))
    let mended = try {
      try site.writeArticle("sujet", day: 2); return try site.run(["import"])
    }()
    #expect(mended.output.hasPrefix("1 added, 0 changed, 1 unchanged"))
  }

  @Test func `links, FIFOs and unreadable names are named and cost nothing`() throws {
    try site.writeArticle("bon", day: 2)
    let articles = site.folder.file("articles")
    _ = unsafe symlink("/etc/passwd", "\(articles)/lien.md")
    _ = unsafe mkfifo("\(articles)/tuyau.md", 0o600)
    let result = try site.run(["import"])
    #expect(result.status == 65)
    #expect(result.output.hasPrefix("1 added"))
    #expect(result.errors.contains("lien.md: is a symbolic link"))
    #expect(result.errors.contains("tuyau.md: is a FIFO"))
  }

  @Test func `two files with one slug are told apart`() throws {
    try site.writeArticle("a", day: 2, "slug: meme")
    try site.writeArticle("b", day: 3, "slug: meme")
    let result = try site.run(["import"])
    #expect(result.status == 65)
    #expect(result.errors.contains("articles/b.md: “slug” meme is already that of a.md"))
  }

  @Test func `a renamed file keeps its id`() throws {
    try site.writeArticle("avant", day: 2)
    try site.publish(3)
    let before = try feed()
    try rename("avant", to: "apres")
    let result = try site.run(["import"])
    try site.publish(3)
    #expect(result.output.contains("Moved to: apres.md"))
    #expect(try feed() == before)
  }

  @Test func `a deleted file is withdrawn by the second run that misses it`() throws {
    try site.writeArticle("un", day: 2)
    try site.writeArticle("deux", day: 3)
    try site.publish(3)
    try FileManager.default.removeItem(atPath: site.folder.file("articles/un.md"))
    try site.publish(4)
    let once = try site.titles()
    try site.publish(5)
    let twice = try site.titles()
    #expect(once == ["Article deux", "Article un"])
    #expect(twice == ["Article deux"])
    #expect(
      try feed().contains("<at:deleted-entry ref=\"tag:veille.example.org,2026:articles/un\"")
    )
  }

  @Test func `an article that returns has its id, its date and a later update`() throws {
    try site.writeArticle("un", day: 2)
    try site.publish(3)
    try site.writeArticle("un", day: 2, "draft: true")
    try site.publish(4)
    let away = try site.titles()
    try site.writeArticle("un", day: 2)
    try site.publish(5)
    let xml = try feed()
    #expect(away == [])
    #expect(xml.contains("<id>tag:veille.example.org,2026:articles/un</id>"))
    #expect(xml.contains("<published>2026-11-02T07:00:00Z</published>"))
    #expect(xml.contains("<updated>2026-11-04T07:05:01Z</updated>"))
    #expect(!xml.contains("deleted-entry"))
  }

  @Test func `when most of a folder is gone nothing is deleted until someone says so`() throws {
    for number in 1...8 { try site.writeArticle("a\(number)", day: number) }
    try site.publish(9)
    for number in 1...7 {
      try FileManager.default.removeItem(atPath: site.folder.file("articles/a\(number).md"))
    }
    let first = try site.run(["import"])
    let second = try site.run(["import"])
    #expect(first.status == 75)
    #expect(second.status == 75)
    #expect(second.errors.contains("7 of 8 files are gone at once"))
    #expect(second.errors.contains("feedgen import --accept-deletions"))
    let accepted = try site.run(["import", "--accept-deletions"])
    #expect(accepted.status == 0)
    #expect(accepted.output.contains("Deleted: a1.md"))
    try site.publish(10)
    #expect(try site.titles() == ["Article a8"])
  }

  @Test func `updated moves with the words, not with the markup or a minor change`() throws {
    try site.writeArticle("un", day: 2, text: "Le texte.")
    try site.publish(3)
    try site.writeArticle("un", day: 2, text: "Le **texte** !")
    try site.publish(4)
    let markup = try feed()
    try site.writeArticle("un", day: 2, "minor: true", text: "Le texte corrigé.")
    try site.publish(5)
    let minor = try feed()
    try site.writeArticle("un", day: 2, text: "Le texte augmenté.")
    try site.publish(6)
    let words = try feed()
    #expect(markup.contains("<updated>2026-11-02T07:00:00Z</updated>"))
    #expect(markup.contains("strong"))
    #expect(minor.contains("<updated>2026-11-02T07:00:00Z</updated>"))
    #expect(minor.contains("corrigé"))
    #expect(words.contains("<updated>2026-11-06T07:05:00Z</updated>"))
  }

  @Test func `what comes late and old is archive material`() throws {
    try site.writeArticle("nouveau", day: 20)
    try site.publish(20)
    try site.folder.write(
      "---\ntitle: Ancien\ndate: 2020-01-01\ntopics: [bielorussie]\n---\nTexte",
      to: "articles/ancien.md"
    )
    let result = try site.run(["import"])
    try site.publish(21)
    #expect(result.output.contains("1 are archive material"))
    #expect(try site.titles() == ["Article nouveau"])
  }

  @Test func `a deleted article stays away although its file is there, until restored`() throws {
    try site.writeArticle("un", day: 2)
    try site.publish(3)
    #expect(try site.run(["articles", "delete", "un"]).status == 0)
    try site.writeArticle("un", day: 2, text: "Encore.")
    let result = try site.run(["import"])
    try site.publish(4)
    let away = try site.titles()
    #expect(result.output.contains("Held back by “articles delete”: un.md"))
    #expect(away == [])
    #expect(try site.run(["articles", "restore", "un"]).status == 0)
    try site.publish(5)
    #expect(try site.titles() == ["Article un"])
  }

  @Test func `an exported article says its id and dates itself`() throws {
    try site.writeArticle("un", day: 2)
    try site.publish(3)
    let result = try site.run(["articles", "export", "sortie"])
    #expect(result.status == 0)
    let text = try site.folder.read("sortie/un.md")
    #expect(text.contains("\nid: \"tag:veille.example.org,2026:articles/un\"\n"))
    #expect(text.contains("\ndate: 2026-11-02T07:00:00Z\n"))
    #expect(text.contains("title: \"Article un\""))
    #expect(text.hasSuffix("Le texte de un.\n"))
  }

  private func feed() throws -> String { try site.folder.read("feeds/atom.xml") }

  private func rename(_ name: String, to other: String) throws {
    let articles = site.folder.file("articles")
    try FileManager.default.moveItem(
      atPath: "\(articles)/\(name).md",
      toPath: "\(articles)/\(other).md"
    )
  }
}

/// What is mended is told by article, and refused by `--strict`.
@Suite struct RepairReportTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.writeArticle("bon", day: 2)
  }

  @Test func `each repair is told once, with its article`() throws {
    try site.writeArticle("mauvais", day: 3, text: "Le \u{1}tex\u{2}te.")
    // What was written this very second would be read again.
    for name in ["bon", "mauvais"] {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -60)],
        ofItemAtPath: site.folder.file("articles/\(name).md")
      )
    }
    let first = try site.run(["import"])
    let second = try site.run(["import"])
    #expect(first.status == 0)
    #expect(first.errors == "feedgen: articles/mauvais.md: 2 control characters removed\n")
    #expect(first.output.hasPrefix("2 added"))
    #expect(second.errors == "")
  }

  @Test func `publish tells repairs too, and programs read them by kind`() throws {
    try site.writeArticle("mauvais", day: 3, text: "Le \u{1}tex\u{2}te.")
    let published = try site.publish(4)
    #expect(published.status == 0)
    #expect(published.errors == "feedgen: articles/mauvais.md: 2 control characters removed\n")
    try site.writeArticle("mauvais", day: 3, text: "Le \u{1}texte l\u{92}a.")
    let json = try site.run(["import", "--json"])
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let repairs = document?["repairs"] as? [String: [String: Int]]
    #expect(repairs == ["articles/mauvais.md": ["control": 1, "windows1252": 1]])
  }

  @Test func `a strict import stores nothing where anything needs a repair`() throws {
    try site.writeArticle("mauvais", day: 3, text: "Le \u{1}texte.")
    let strict = try site.run(["import", "--strict"])
    #expect(strict.status == 65)
    #expect(
      strict.errors
        == """
        feedgen: articles/mauvais.md: would need a repair: 1 control character removed
        feedgen: nothing was imported or published (--strict)

        """
    )
    #expect(strict.output == "")
    #expect(!FileManager.default.fileExists(atPath: site.folder.file("feedgen.db")))
    try site.writeArticle("mauvais", day: 3)
    let mended = try site.run(["import", "--strict"])
    #expect(mended.status == 0)
    #expect(mended.output.hasPrefix("2 added"))
  }

  @Test func `a strict run publishes all, or leaves every file as it was`() throws {
    try site.publish(3, ["--strict"])
    let before = try site.folder.read("feeds/atom.xml")
    try site.writeArticle("neuf", day: 3)
    try site.writeArticle("sujet", day: 3, topic: "inconnu")
    try site.writeArticle("mauvais", day: 3, "updated: 2020-01-01")
    let strict = try site.publish(4, ["--strict"])
    #expect(strict.status == 65)
    #expect(strict.errors.contains("articles/sujet.md:4:"))
    #expect(strict.errors.contains("articles/mauvais.md: would need a repair: 1 “updated” before"))
    #expect(try site.folder.read("feeds/atom.xml") == before)
    #expect(try site.publish(4, ["--strict", "--dry-run"]).status == 65)
    let lax = try site.publish(4)
    #expect(lax.status == 65)
    #expect(try site.titles().sorted() == ["Article bon", "Article mauvais", "Article neuf"])
  }

  @Test func `feeds carry French typography, unless the article keeps its own`() throws {
    try site.writeArticle("un", day: 3, "summary: \"L'an 1 000 !\"", text: "L'*été* : 10 %.")
    try site.writeArticle("deux", day: 4, "typography: keep", text: "L'été : 10 %.")
    try site.publish(5)
    let feed = try site.folder.read("feeds/atom.xml")
    #expect(feed.contains("L’an 1\u{202f}000\u{202f}!"))
    #expect(feed.contains("L’&lt;em&gt;été&lt;/em&gt;\u{202f}: 10\u{202f}%."))
    #expect(feed.contains("L'été : 10 %."))
  }
}
