import Foundation
import FoundationXML
import TestSupport
import Testing

/// A publication that moves here from WordPress, and goes on writing there.
@Suite struct MovingTests {
  let site: TestSite
  let server: FileServer

  /// The exports and feeds that tests read.
  static let exports = "\(Program.repository)/Tests/FeedgenTests/Exports"

  init() throws {
    site = try TestSite()
    try FileManager.default.createDirectory(
      atPath: site.folder.file("www"),
      withIntermediateDirectories: true
    )
    server = try FileServer(serving: site.folder.file("www"))
  }

  @Test func `what was exported and then followed by its feed is never shown twice`() throws {
    try site.addSubscriber("tout@courrier.example")
    try importExport("wordpress.xml")
    try site.publish(20)
    let before = try entries()
    #expect(before.count == 10)
    let expected = try MovingTests.expected()
    #expect(Set(before.keys) == Set(expected.posts.map(\.id)))

    try follow("wordpress-feed.xml")
    let result = try site.publish(23)
    #expect(result.status == 0, "\(result.errors)")
    let after = try entries()
    #expect(Set(after.keys).subtracting(before.keys) == Set(expected.feed.new))
    for (id, entry) in before { #expect(after[id] == entry, "\(id)") }
    let digest = try #require(try site.outbox().first)
    #expect(digest.text.contains("Mercosur & Union européenne"))
    #expect(!digest.text.contains("Hrodna"), "an old article is in no digest")

    try site.publish(24)
    let files = try site.published.stamps()
    try site.publish(24)
    #expect(try site.published.stamps() == files, "a feed without news changes no file")
    let again = try site.run(["import", MovingTests.exports + "/wordpress.xml"])
    #expect(again.output.contains("Nothing new"), "\(again.output)")
  }

  @Test func `an article edited in WordPress later changes here`() throws {
    try importExport("wordpress.xml")
    try follow("wordpress-feed.xml")
    try site.publish(20)
    let feed = try site.folder.read("www/wordpress-feed.xml")
    let edited = feed.replacing("Mercosur &#038; Union", with: "Mercosul &#038; Union")
      .replacing("Mercosur & Union", with: "Mercosul & Union")
    #expect(edited != feed)
    try site.folder.write(edited, to: "www/wordpress-feed.xml")
    // The server's dates have no parts of a second.
    try FileManager.default.setAttributes(
      [.modificationDate: Date.now.addingTimeInterval(5)],
      ofItemAtPath: site.folder.file("www/wordpress-feed.xml")
    )
    let result = try site.run(["import"])
    // The one, and another that has its title in a list of the latest.
    #expect(result.output.contains("2 changed"), "\(result.output) \(result.errors)")
    try site.publish(21)
    #expect(try site.titles().contains { $0.hasPrefix("Mercosul") })
  }

  @Test func `nobody’s address and no draft comes out of an export`() throws {
    let expected = try MovingTests.expected()
    for name in ["wordpress.xml", "split-1.xml", "split-2.xml", "older.xml", "cut.xml"] {
      _ = try site.run(["import", "\(MovingTests.exports)/\(name)"])
    }
    try site.addSubscriber("tout@courrier.example")
    try site.publish(23)
    let files = try FileManager.default.subpathsOfDirectory(atPath: site.folder.path)
    for file in files where !file.hasPrefix("www") {
      guard let bytes = FileManager.default.contents(atPath: site.folder.file(file)) else {
        continue
      }
      for secret in expected.neverInOutput {
        #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) in \(file)")
      }
    }
  }

  @Test(arguments: [
    ("cut.xml", 112, "it was cut"), ("two-declarations.xml", 2, "XML declaration"),
    ("entities.xml", 2, "declares entities"), ("xxe.xml", 2, "declares entities"),
    ("not-wxr.xml", nil, "is no export of WordPress"),
  ])
  func `a broken export is an error with its line, and costs nothing else`(
    name: String,
    line: Int?,
    message: String
  ) throws {
    try site.writeArticle("un", day: 18)
    let path = "\(MovingTests.exports)/\(name)"
    let result = try site.run(["import", "articles/", path])
    #expect(result.status == 65)
    #expect(
      result.errors.contains(line.map { "\(path):\($0): " } ?? "\(path): "),
      "\(result.errors)"
    )
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(!result.errors.contains("root:"))
    #expect(try site.run(["articles", "list"]).output.contains("Article un"))
  }

  @Test func `a rehearsal says what would come in, and changes nothing`() throws {
    let result = try site.run([
      "import", "\(MovingTests.exports)/wordpress.xml", "--dry-run",
      "--map-category", "Non classé=",
    ])
    #expect(result.status == 0, "\(result.errors)")
    for line in [
      "Would be: 10 added", "amerique-latine, 2026: 4", "bielorussie, 2025: 1",
      "Left out: 1 with a password", "Left out: 1 “draft”",
    ] {
      #expect(result.output.contains(line), "\(result.output)")
    }
    #expect(!result.output.contains("No topic for category"), "\(result.output)")
    #expect(!result.output.contains("goes under “topics”"), "\(result.output)")
    #expect(!FileManager.default.fileExists(atPath: site.folder.file("feedgen.db")))
  }

  @Test func `a rehearsal says how categories become topics`() throws {
    let rehearsal = ["import", "\(MovingTests.exports)/wordpress.xml", "--dry-run"]
    let advice = "  - {slug: non-classe, title: \"Non classé\"}\n"
    #expect(try site.run(rehearsal).output.contains("goes under “topics”"))
    #expect(try site.run(rehearsal).output.contains(advice))
    let topics = TestSite.configuration.replacing("topics:\n", with: "topics:\n" + advice)
    try site.folder.write(topics, to: "feedgen.yaml")
    let next = try site.run(rehearsal).output
    #expect(next.contains("non-classe, 2026: ") && !next.contains("No topic for"), "\(next)")
  }

  @Test func `what came from elsewhere can be written by hand from now on`() throws {
    try importExport("wordpress.xml")
    try site.publish(20)
    let before = try entries()
    let exported = try site.run(["articles", "export", "articles/moved"])
    #expect(exported.status == 0, "\(exported.errors)")
    let names = try site.folder.names(in: "articles/moved")
    #expect(names.contains("lithium-salar-uyuni.html") && names.count == 10, "\(names)")
    let result = try site.run(["import"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("10 articles come from another source from now on"))
    try site.publish(21)
    #expect(try entries() == before, "nobody sees a difference")
  }

  @Test func `all parts of an export are one`() throws {
    let parts = ["split-1.xml", "split-2.xml"].map { "\(MovingTests.exports)/\($0)" }
    let result = try site.run(["import"] + parts)
    #expect(result.output.contains("5 added"), "\(result.output) \(result.errors)")
    try site.publish(20)
    let atom = try site.folder.read("feeds/atom.xml")
    #expect(atom.contains("brest-gare.jpg"), "the picture of a post is in the other part")
  }

  @Test func `an export in the configuration is read once, and again when it changes`() throws {
    try FileManager.default.copyItem(
      atPath: "\(MovingTests.exports)/split-1.xml",
      toPath: site.folder.file("export.xml")
    )
    try addSource("{wxr: export.xml}")
    try site.publish(20)
    let count = try entries().count
    #expect(count > 0)
    try site.folder.write(
      try String(contentsOfFile: "\(MovingTests.exports)/wordpress.xml", encoding: .utf8),
      to: "export.xml"
    )
    try site.publish(21)
    #expect(try entries().count == 10)
  }
}

extension MovingTests {
  struct Expected: Decodable {
    struct Post: Decodable { var id: String }
    struct Feed: Decodable { var new: [String] }
    var posts: [Post]
    var feed: Feed
    var neverInOutput: [String]
  }

  static func expected() throws -> Expected {
    let path = "\(exports)/expected.json"
    let data = try #require(FileManager.default.contents(atPath: path))
    return try JSONDecoder().decode(Expected.self, from: data)
  }

  private func importExport(_ name: String) throws {
    let result = try site.run(["import", "\(MovingTests.exports)/\(name)"])
    try #require(result.status == 0, "\(result.errors)")
  }

  private func follow(_ feed: String) throws {
    try FileManager.default.copyItem(
      atPath: "\(MovingTests.exports)/\(feed)",
      toPath: site.folder.file("www/\(feed)")
    )
    try addSource("{feed: \"\(server.url(feed))\", every: 5m}")
  }

  private func addSource(_ source: String) throws {
    let configuration = try site.folder.read("feedgen.yaml")
      .replacing("sources: [articles/]", with: "sources:\n  - articles/\n  - \(source)")
    let allowed = "fetch: {allow: [\"127.0.0.1:\(server.port)\"]}\n"
    try site.folder.write(configuration + allowed, to: "feedgen.yaml")
  }

  /// What readers are told of each article, by its id: once, in one document of the site's feed.
  private func entries() throws -> [String: String] {
    var entries: [String: String] = [:]
    let paths = try site.published.paths(ending: "atom.xml")
      .filter { $0 == "atom.xml" || $0.hasPrefix("archive/") }
    for path in paths {
      let document = try XMLDocument(xmlString: try site.folder.read("feeds/\(path)"))
      for entry in try document.nodes(forXPath: "//*[local-name()='entry']") {
        let fields = try ["id", "updated", "published", "title"].map { name in
          try entry.nodes(forXPath: "*[local-name()='\(name)']").first?.stringValue ?? ""
        }
        #expect(entries[fields[0]] == nil, "\(fields[0]) is listed twice")
        entries[fields[0]] = fields.joined(separator: " ")
      }
    }
    return entries
  }
}
