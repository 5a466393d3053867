import Foundation
import Importing
import Markup
import Model
import TestSupport
import Testing

/// The exports in `Tests/FeedgenTests/Exports`, against what `expected.json` says of them.
struct ExportFixtureTests {
  private let expected: ExpectedExports

  init() throws { expected = try decoded(exportFixtures.appending(path: "expected.json")) }

  @Test func `an export of WordPress 6 is read as it is meant`() throws {
    let export = try ReadExport("wordpress.xml")
    #expect(export.site == expected.site.url)
    #expect(export.items == 23)
    #expect(export.problems.isEmpty)
    #expect(export.entries.map(\.id) == expected.posts.map(\.id))
    for (entry, post) in zip(export.entries, expected.posts) { try compare(entry, post) }
  }

  @Test func `what is no published post stays out, and is counted`() throws {
    let export = try ReadExport("wordpress.xml")
    #expect(export.skipped == expected.skipped)
  }

  @Test func `parts of an export know each other's pictures, authors and categories`() throws {
    let export = try ReadExport("split-1.xml", "split-2.xml")
    let ids = Set([101, 102, 103, 104, 110].map { "https://revue.example.org/?p=\($0)" })
    #expect(Set(export.entries.compactMap(\.id)) == ids)
    for entry in export.entries {
      try compare(entry, try #require(expected.posts.first { $0.id == entry.id }))
    }
  }

  @Test func `an export of WordPress 2 is mended and read`() throws {
    let export = try ReadExport("older.xml")
    #expect(export.entries.map(\.id) == expected.older.map(\.id))
    for (entry, post) in zip(export.entries, expected.older) { try compare(entry, post) }
    #expect(export.repairs[.control] == 3)
    #expect(export.repairs[.encoding] > 0)
  }

  @Test func `an export without a version is read`() throws {
    let export = try ReadExport("no-version.xml")
    #expect(export.problems.isEmpty)
    #expect(!export.entries.isEmpty)
  }

  @Test(arguments: [
    "wordpress.xml", "split-1.xml", "split-2.xml", "older.xml", "cut.xml", "no-version.xml",
  ])
  func `nothing of what must stay private is in an entry or in its draft`(name: String) throws {
    let export = try ReadExport(name)
    #expect(!export.entries.isEmpty)
    for entry in export.entries {
      let all = "\(entry)\(try draft(of: entry))"
      for witness in expected.neverInOutput { #expect(!all.contains(witness)) }
    }
  }

  @Test func `posts keep their ids in the feed that follows`() throws {
    let bytes = try Data(contentsOf: exportFixtures.appending(path: "wordpress-feed.xml"))
    let feed = try FeedDocument(
      reading: Array(bytes),
      contentType: nil,
      at: "https://revue.example.org/feed/",
      in: paris
    )
    let feedIDs = Set(feed.entries.compactMap(\.id))
    let all = expected.feed.new + expected.feed.edited + expected.feed.same
    #expect(feedIDs == Set(all))
    let exported = try ReadExport("wordpress.xml").entries
    for entry in feed.entries where expected.feed.same.contains(entry.id ?? "") {
      let post = try #require(exported.first { $0.id == entry.id })
      #expect(entry.title?.line == post.title?.line.replacing("'", with: "’"))
      #expect(entry.published == post.published)
      #expect(entry.authors.map(\.name) == post.authors.map(\.name))
      #expect(entry.link == post.link)
    }
  }

  private func compare(_ entry: SourceEntry, _ post: ExpectedPost) throws {
    let place = Comment(rawValue: post.id)
    #expect(entry.title?.line == post.title, place)
    #expect(entry.published?.rfc3339 == post.published, place)
    #expect(entry.authors.map(\.name) == post.authors, place)
    #expect(entry.authors.allSatisfy { $0.email == nil }, place)
    #expect(entry.categories.map(\.name) == post.categories, place)
    #expect(entry.image == post.image, place)
    #expect(entry.enclosures.map(\.url) == post.enclosures ?? [], place)
    if let updated = post.updated { #expect(entry.updated?.rfc3339 == updated, place) }
    if let url = post.url { #expect(entry.link == url, place) }
    let article = try draft(of: entry).draft
    #expect(article.statedID == post.id, place)
    #expect(article.summary == post.excerpt ?? "", place)
    for text in post.contains { #expect(article.content.contains(text), place) }
    for text in post.lacks { #expect(!article.content.contains(text), place) }
  }
}

/// What comes of the parts of an export.
struct ReadExport {
  var site: String?
  var items = 0
  var entries: [SourceEntry] = []
  var skipped: [String: Int] = [:]
  var problems: [Problem] = []
  var repairs = Repairs()

  init(_ names: String...) throws {
    try self.init(paths: names.map { exportFixtures.appending(path: $0).path })
  }

  init(paths: [String], _ selection: WordPressExport.Selection = .init()) throws {
    var index = WordPressIndex()
    for path in paths { try WordPressExport(path: path).addIndex(to: &index) { _ in } }
    site = index.site
    items = index.items
    for path in paths { try read(WordPressExport(path: path), index, selection) }
  }

  private mutating func read(
    _ export: WordPressExport,
    _ index: WordPressIndex,
    _ selection: WordPressExport.Selection
  ) throws {
    do {
      let (repairs, _) = try export.eachItem(index, selection, in: paris, progress: { _ in }) {
        take($0)
      }
      self.repairs.add(repairs)
    } catch let problem as Problem {
      problems.append(problem)
    }
  }

  private mutating func take(_ item: WordPressExport.Item) {
    switch item {
    case .entry(let entry):
      if !entries.contains(where: { $0.key == entry.key }) { entries.append(entry) }
    case .skipped(let reason): skipped[reason, default: 0] += 1
    case .faulty(let problem): problems.append(problem)
    }
  }
}

struct ExpectedExports: Decodable {
  struct Site: Decodable { var url: String }
  struct Feed: Decodable { var new, edited, same: [String] }
  var site: Site
  var posts, older: [ExpectedPost]
  var skipped: [String: Int]
  var neverInOutput: [String]
  var feed: Feed
}

struct ExpectedPost: Decodable {
  var id, title: String
  var url, published, updated, image, excerpt: String?
  var authors, categories, contains, lacks: [String]
  var enclosures: [String]?
}
