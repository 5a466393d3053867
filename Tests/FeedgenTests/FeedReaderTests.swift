import Foundation
import FoundationXML
import Markup
import TestSupport
import Testing

/// The sample site's feeds, as programs read them that people read feeds with.
@Suite struct FeedReaderTests {
  static let feeds = ["atom.xml", "amerique-latine/atom.xml", "bielorussie/atom.xml"]
  static let readers = ["feedparser", "newsboat", "sfeed"].filter(isReaderThere)

  let site: SampleSite

  init() throws {
    site = try SampleSite()
    let result = try site.publish()
    try #require(result.status == 0, "\(result.errors)")
  }

  @Test(arguments: readers, feeds)
  func `a reader gets every entry whole, in order`(reader: String, feed: String) throws {
    let read = try entries(of: feed, readBy: reader)
    let written = try writtenEntries(of: feed)
    #expect(read.map(\.title) == written.map(\.title))
    #expect(read.map(\.id) == written.map(\.id))
    #expect(read.map(\.link) == written.map(\.link))
    #expect(read.map(\.published) == written.map(\.published))
    for (read, written) in zip(read, written) {
      #expect(read.content.trimmed == written.content.trimmed, "\(written.title)")
    }
  }

  @Test(arguments: readers)
  func `a reader makes the same of RSS as of Atom`(reader: String) throws {
    let read = try entries(of: "bielorussie/rss.xml", readBy: reader)
    #expect(read == (try entries(of: "bielorussie/atom.xml", readBy: reader)))
    #expect(!read.isEmpty)
  }

  @Test(arguments: readers)
  func `accents and narrow spaces arrive`(reader: String) throws {
    let entries = try entries(of: "atom.xml", readBy: reader)
    let newest = try #require(entries.first)
    #expect(
      newest.content.contains("<p>L’architecture imite celle d’une confédération\u{202f}:</p>")
    )
    #expect(entries.count == 13)
    #expect(
      newest
        == FeedEntry(
          id: "tag:veille.example.org,2026:articles/etat-de-l-union-institutions",
          title: "L’État de l’Union, un cadre juridique inachevé",
          link: "https://veille.example.org/bielorussie/etat-de-l-union-institutions",
          published: 1_795_243_500,
          content: newest.content
        )
    )
  }

  @Test(arguments: feeds)
  func `a feed keeps the grammar of RFC 4287`(feed: String) throws {
    let grammar = "\(Program.repository)/Tests/Fixtures/atom.rng"
    let schema = try RelaxNGSchema([UInt8](Data(contentsOf: URL(fileURLWithPath: grammar))))
    let path = site.folder.file("feeds/\(feed)")
    let violations = schema.violations(
      in: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    )
    #expect(violations == [])
  }

  @Test(.enabled(if: isInstalled("xmllint"), "there is no xmllint"), arguments: feeds)
  func `xmllint has nothing against a feed`(feed: String) throws {
    let result = try Program(path: "/usr/bin/env").run([
      "xmllint", "--nonet", "--noout", "--relaxng",
      "\(Program.repository)/Tests/Fixtures/atom.rng", site.folder.file("feeds/\(feed)"),
    ])
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test(
    .enabled(
      if: isCI || FileManager.default.fileExists(atPath: "\(Program.repository)/feeds/.feedgen"),
      "there is no feeds/ in the repository"
    )
  )
  func `the repository's feeds are what a fresh store gives`() throws {
    let committed = try filesBelow("\(Program.repository)/feeds")
    let site = try SampleSite()
    try site.run(["subscribers", "import", "\(Program.repository)/.ci/demo-subscribers.csv"])
    try site.publish()
    let fresh = try site.contents(of: "feeds")
    #expect(committed.keys.sorted() == fresh.keys.sorted())
    for (path, bytes) in committed { #expect(fresh[path] == bytes, "\(path)") }
  }

  private func entries(of feed: String, readBy reader: String) throws -> [FeedEntry] {
    let script = "\(Program.repository)/Tests/Readers/read_feed.py"
    let (status, output) = try runProgram(
      "python3",
      [script, reader, site.folder.file("feeds/\(feed)")],
      environment: ["PYTHONPATH=\(pythonPath)"]
    )
    try #require(status == 0, "\(output)")
    return try JSONDecoder().decode([FeedEntry].self, from: Data(output.utf8))
  }

  /// What the feed has, by an XML parser that knows nothing of Atom.
  private func writtenEntries(of feed: String) throws -> [FeedEntry] {
    let url = URL(fileURLWithPath: site.folder.file("feeds/\(feed)"))
    let document = try XMLDocument(contentsOf: url)
    return try document.nodes(forXPath: "//*[local-name()='entry']").map { entry in
      let text = { (name: String) throws -> String in
        let nodes = try entry.nodes(forXPath: "*[local-name()='\(name)']")
        return try #require(nodes.first?.stringValue)
      }
      let links = try entry.nodes(forXPath: "*[local-name()='link'][@rel='alternate']/@href")
      let published = try Date(try text("published"), strategy: .iso8601)
      return FeedEntry(
        id: try text("id"),
        title: try text("title"),
        link: try #require(links.first?.stringValue),
        published: Int(published.timeIntervalSince1970),
        content: try text("content")
      )
    }
  }
}

/// An entry as a reader has it.
struct FeedEntry: Decodable, Equatable {
  var id: String
  var title: String
  var link: String
  var published: Int
  var content: String
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

/// Where feedparser is; empty where it cannot be had.
private let pythonPath = (try? PythonModule.feedparser.path()) ?? ""

private func isReaderThere(_ name: String) -> Bool {
  let isThere = isCI || (name == "feedparser" ? !pythonPath.isEmpty : isInstalled(name))
  if !isThere { print("skipped: there is no \(name) to read the feeds") }
  return isThere
}
