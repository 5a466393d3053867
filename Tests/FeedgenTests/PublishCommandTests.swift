import Foundation
import TestSupport
import Testing

@Suite struct PublishCommandTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
  }

  @Test func `a good run says nothing`() throws {
    try site.writeArticle("un", day: 2)
    let result = try site.publish(3)
    #expect(result.status == 0)
    #expect(result.output == "")
    #expect(result.errors == "")
  }

  @Test func `a second run leaves every file untouched`() throws {
    try site.writeArticle("un", day: 2)
    try site.publish(3)
    let before = try stamps()
    try site.publish(3)
    try site.publish(4)
    #expect(try stamps() == before)
    #expect(before.count == 17, "nine feeds, four pages, stylesheet, list, settings, manifest")
  }

  @Test func `only the feeds that an article is in are written`() throws {
    try site.writeArticle("un", day: 2)
    try site.publish(3)
    let before = try stamps()
    try site.writeArticle("deux", day: 3, topic: "bielorussie")
    try site.publish(4)
    let after = try stamps()
    #expect(after["amerique-latine/atom.xml"] == before["amerique-latine/atom.xml"])
    #expect(after["bielorussie/atom.xml"] != before["bielorussie/atom.xml"])
    #expect(after["atom.xml"] != before["atom.xml"])
  }

  @Test func `a fresh store gives the same bytes`() throws {
    for number in 1...7 { try site.writeArticle("a\(number)", day: number) }
    try site.publish(8)
    let before = try stamps()
    for name in try site.folder.names() where name.hasPrefix("feedgen.db") {
      try FileManager.default.removeItem(atPath: site.folder.file(name))
    }
    let result = try site.publish(8)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try stamps() == before)
  }

  @Test func `a lost output folder is made again`() throws {
    try site.writeArticle("un", day: 2)
    try site.publish(3)
    try FileManager.default.removeItem(atPath: site.folder.file("feeds"))
    try site.publish(3)
    #expect(try site.titles() == ["Article un"])
  }

  @Test func `a dry run tells the plan and does nothing`() throws {
    try site.writeArticle("un", day: 20)
    try site.addSubscriber("lectrice@courrier.example")
    let before = try site.folder.names()
    let result = try site.publish(23, ["--dry-run"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("1 added"))
    #expect(result.output.contains("Would write: amerique-latine/atom.xml"))
    #expect(result.output.contains("Would plan: weekly/2026-11-23, 1 articles, 1 messages"))
    #expect(try site.folder.names() == before)
    #expect(try site.run(["articles", "list"]).output == "")
  }

  @Test func `the result can be had as one document`() throws {
    try site.writeArticle("un", day: 2)
    let result = try site.publish(3, ["--json"])
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(json?["released"] as? Int == 1)
    let written = try #require(json?["written"] as? [String])
    #expect(written.filter { $0.hasSuffix("atom.xml") }.count == 3)
    #expect(written.last == "feeds.opml" || written.count == 16, "\(written)")
  }

  @Test func `a pretended time cannot take back what readers saw`() throws {
    try site.writeArticle("un", day: 2)
    try site.publish(10)
    let result = try site.publish(9)
    #expect(result.status == 64)
    #expect(result.errors.contains("already published as of 2026-11-10T07:05:00Z"))
  }

  @Test func `another's files in the output folder are refused`() throws {
    try site.writeArticle("un", day: 2)
    try site.folder.write("à moi", to: "feeds/index.html")
    let result = try site.publish(3)
    #expect(result.status == 73)
    #expect(result.errors.contains("not empty, and not written by feedgen"))
    #expect(try site.folder.names(in: "feeds") == ["index.html"])
  }

  @Test func `a topic that is gone but in use is refused with the counts`() throws {
    try site.writeArticle("un", day: 2, topic: "bielorussie")
    try site.publish(3)
    let shorter = TestSite.configuration.replacing(
      "  - {slug: bielorussie, title: Biélorussie, description: Essai}\n",
      with: ""
    )
    try site.folder.write(shorter, to: "feedgen.yaml")
    let result = try site.publish(4)
    #expect(result.status == 78)
    #expect(
      result.errors.contains("“bielorussie” is gone, but 1 articles and 0 subscribers have it")
    )
  }

  /// Nine articles of 450 kB; seven are 3.15 MB.
  @Test func `a document that grows too large for readers has the rest in short`() throws {
    let text = String(repeating: "Le texte d’un long article. ", count: 15_000)
    for number in 1...9 { try site.writeArticle("a\(number)", day: number, text: text) }
    try site.publish(10)
    for name in ["atom.xml", "rss.xml", "feed.json"] {
      let document = try site.folder.read("feeds/\(name)")
      #expect(document.utf8.count < 5_000_000)
      #expect(document.utf8.count > 3_000_000, "\(name)")
    }
    #expect(try site.titles().count == 9)
    let check = try site.run(["check"])
    #expect(check.status == 0, "\(check.errors)")
  }

  @Test func `a store that was restored beside newer feeds has them written anew`() throws {
    try site.writeArticle("un", day: 2)
    try site.publish(3)
    let backup = try Data(contentsOf: URL(fileURLWithPath: site.folder.file("feedgen.db")))
    try site.writeArticle("un", day: 2, text: "Un texte retiré.")
    try site.publish(4)
    try backup.write(to: URL(fileURLWithPath: site.folder.file("feedgen.db")))
    try site.writeArticle("un", day: 2)
    try site.publish(5)
    #expect(try !site.folder.read("feeds/atom.xml").contains("retiré"))
  }

  @Test func `the folder of a publication whose files are gone is filled again`() throws {
    try site.writeArticle("un", day: 2)
    try site.publish(3)
    for name in try site.folder.names(in: "feeds") where !name.hasPrefix(".") {
      try FileManager.default.removeItem(atPath: site.folder.file("feeds/\(name)"))
    }
    try site.publish(3)
    #expect(try site.titles() == ["Article un"])
    #expect(try site.run(["check"]).status == 0)
  }

  @Test func `a faulty article is said when it is new, when it changes and when it is mended`()
    throws
  {
    try site.writeArticle("un", day: 2)
    try site.writeArticle("deux", day: 2, "colour: red")
    let first = try site.publish(3)
    #expect(first.status == 65)
    #expect(first.errors.contains("articles/deux.md:5:1: "), "\(first.errors)")
    #expect(first.errors.contains("\n  colour: red\n  ^\n"))
    let again = try site.publish(3)
    #expect(again.status == 65 && again.errors == "", "\(again.errors)")
    try site.writeArticle("deux", day: 2, "shape: round")
    let changed = try site.publish(3, ["--feeds-only"])
    #expect(changed.errors.contains("shape"), "\(changed.errors)")
    try site.writeArticle("deux", day: 2)
    let mended = try site.publish(3)
    #expect(mended.status == 0)
    #expect(mended.errors.hasPrefix("feedgen: solved: articles: "), "\(mended.errors)")
    #expect(mended.errors.hasSuffix("articles/deux.md\n"))
  }

  @Test func `a renamed topic's old feed goes on for 90 days`() throws {
    try site.writeArticle("un", day: 2, topic: "bielorussie")
    try site.publish(3)
    let renamed = TestSite.configuration.replacing(
      "{slug: bielorussie, title: Biélorussie, description: Essai}",
      with: "{slug: belarus, title: Bélarus, description: Essai, was: [bielorussie]}"
    )
    try site.folder.write(renamed, to: "feedgen.yaml")
    try site.writeArticle("deux", day: 3, topic: "belarus")
    let result = try site.publish(4)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try site.titles("belarus/atom.xml") == ["Article deux", "Article un"])
    #expect(try site.titles("bielorussie/atom.xml") == ["Article deux", "Article un"])
    let feed = try site.folder.read("feeds/belarus/atom.xml")
    #expect(feed.contains("<id>tag:veille.example.org,2026:feeds/bielorussie</id>"))
    let later = try site.run(["publish", "--as-of", "2027-02-10T08:05:00"])
    #expect(later.status == 0, "\(later.errors)")
    #expect(try !site.folder.names(in: "feeds").contains("bielorussie"))
  }

  @Test
  func `a store of a newer feedgen is refused`() throws {
    try site.writeArticle("un", day: 2)
    try site.publish(3)
    try runProgram("sqlite3", [site.folder.file("feedgen.db"), "PRAGMA user_version = 99"])
    let result = try site.publish(4)
    #expect(result.status == 69)
    #expect(result.errors.contains("written by a newer feedgen"))
  }

  @Test func `a damaged store is refused and nothing is published`() throws {
    try site.writeArticle("un", day: 2)
    try site.publish(3)
    let before = try stamps()
    try site.folder.write(String(repeating: "x", count: 8192), to: "feedgen.db")
    let result = try site.publish(4)
    #expect(result.status == 65)
    #expect(result.errors.contains("feedgen.db: damaged or not a feedgen store"))
    #expect(try stamps() == before)
  }

  /// Paths below feeds/ with the times of the files.
  private func stamps() throws -> [String: Date] {
    let feeds = site.folder.file("feeds")
    var stamps: [String: Date] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: feeds) {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(feeds)/\(name)")
      guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
      stamps[name] = attributes[.modificationDate] as? Date
    }
    return stamps
  }
}
