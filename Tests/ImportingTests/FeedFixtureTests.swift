import Foundation
import Importing
import Markup
import Model
import TestSupport
import Testing

/// All feeds in `Tests/FeedgenTests/Feeds`, against what `expected.json` says of them.
struct FeedFixtureTests {
  @Test(arguments: try! expectedFeeds().keys.sorted())
  func `a feed is read as it is meant`(name: String) throws {
    let expected = try #require(try expectedFeeds()[name])
    let document = try read(name, expected)
    #expect(document.fault == nil)
    #expect(plain(document.about.title) == plain(expected.title))
    #expect(document.about.feed == expected.url)
    #expect(document.deleted == expected.deleted ?? [])
    #expect(document.skipped.count == (expected.skipped?.count ?? 0) + (expected.empty ?? 0))
    if let earlier = expected.previousArchive ?? expected.next {
      #expect(document.earlier == earlier)
    }
    #expect(document.entries.count == expected.items.count)
    for (entry, item) in zip(document.entries, expected.items) {
      compare(entry, item)
      try compareDraft(entry, item)
    }
    let hasRepairs = expected.items.contains { $0.repairs == true }
    #expect(document.repairs.isEmpty == !hasRepairs)
  }

  @Test(arguments: try! expectedFeeds().keys.sorted())
  func `no key comes twice, nor changes with the order of a feed`(name: String) throws {
    let expected = try #require(try expectedFeeds()[name])
    let keys = try read(name, expected).entries.map(\.key)
    #expect(Set(keys).count == expected.items.count { $0.isDuplicate != true })
    #expect(!keys.contains(""))
  }

  private func read(_ name: String, _ expected: ExpectedFeed) throws -> FeedDocument {
    let bytes = try Data(contentsOf: feedFixtures.appending(path: name))
    return try FeedDocument(
      reading: Array(bytes),
      contentType: expected.contentType,
      at: expected.url,
      in: paris
    )
  }

  private func compare(_ entry: SourceEntry, _ item: ExpectedItem) {
    let place = Comment(rawValue: item.id ?? item.title ?? "?")
    if let id = item.id { #expect(entry.key == id, place) }
    #expect(entry.title?.line.nonEmptyPlain == item.title.map(plain), place)
    #expect(entry.link == item.link, place)
    #expect(entry.published?.rfc3339 == item.published, place)
    #expect(entry.updated?.rfc3339 == item.updated, place)
    #expect(entry.authors.map(\.name) == item.authors, place)
    #expect(entry.authors.allSatisfy { $0.email == nil }, place)
    #expect(entry.categories.map(\.name) == item.categories, place)
    #expect(entry.enclosures == item.enclosures.map(\.enclosure), place)
    #expect(entry.isLocked == (item.isProtected ?? false), place)
    if let image = item.image { #expect(entry.image == image, place) }
    if let language = item.language { #expect(entry.language?.tag == language, place) }
    if let source = item.source {
      #expect(entry.attribution?.title == (source.url == nil ? nil : source.title), place)
      #expect(entry.attribution?.feed == source.url, place)
    }
  }

  private func compareDraft(_ entry: SourceEntry, _ item: ExpectedItem) throws {
    guard item.title != nil || item.text != nil || item.isProtected == true else {
      #expect(throws: ImportProblems.self) { try draft(of: entry) }
      return
    }
    let place = Comment(rawValue: item.id ?? item.title ?? "?")
    let article = try draft(of: entry).draft
    let text = try words(article.content)
    if item.isProtected != true {
      #expect(text.hasPrefix(plain(item.text ?? "")), place)
      if item.text == nil { #expect(text.isEmpty, place) }
    }
    if let summary = item.summary {
      let found = entry.summary?.line ?? entry.content?.line ?? ""
      #expect(plain(found).hasPrefix(plain(summary)), place)
    }
    for link in item.links ?? [] { #expect(article.content.contains("\"\(link)\""), place) }
    for lack in item.lacks ?? [] { #expect(!article.content.contains(lack), place) }
  }
}

func expectedFeeds() throws -> [String: ExpectedFeed] {
  try decoded(feedFixtures.appending(path: "expected.json"))
}

struct ExpectedFeed: Decodable {
  var title: String
  var url: String
  var contentType, previousArchive, next: String?
  var deleted: [String]?
  var skipped: [String: String]?
  var empty: Int?
  var items: [ExpectedItem]
}

struct ExpectedItem: Decodable {
  var id, title, link, published, updated, summary, text, image, language: String?
  var authors, categories: [String]
  var enclosures: [ExpectedEnclosure]
  var links, lacks: [String]?
  var source: ExpectedSource?
  var isProtected, isDuplicate, repairs: Bool?
}

struct ExpectedEnclosure: Decodable {
  var url, type: String
  var length: Int64?
  var title: String?

  var enclosure: Enclosure { Enclosure(url: url, type: type, length: length, title: title) }
}

struct ExpectedSource: Decodable {
  var title, url: String?
}

extension String {
  fileprivate var nonEmptyPlain: String? { isEmpty ? nil : plain(self) }
}
