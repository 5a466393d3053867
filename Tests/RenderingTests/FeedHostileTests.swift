import Foundation
import Model
import Rendering
import TestSupport
import Testing

/// Texts that break documents, in every place that a document has.
@Suite struct FeedHostileTests {
  @Test(arguments: HostileText.all)
  func `nothing makes an Atom document invalid`(_ hostile: HostileText) throws {
    let text = hostile.text
    let violations = try atomViolations(
      in: document(with: text, as: .atom),
      document(with: "\(text)texte", as: .atom),
      document(with: "te\(text)xte", as: .atom),
      document(with: "texte\(text)", as: .atom),
      document(with: "0123456789abcde\(text)", as: .atom)
    )
    #expect(violations == [])
  }

  /// Python's XML and JSON know nothing of us; what they find is what must have been written.
  @Test(arguments: FeedFormat.allCases)
  func `every text comes back as it must`(format: FeedFormat) throws {
    let folder = TemporaryFolder()
    let texts = HostileText.all
    for (index, hostile) in texts.enumerated() {
      let bytes = try document(with: "a\(hostile.text)z", as: format)
      try Data(bytes).write(to: URL(filePath: folder.file("\(index).\(format.fileName)")))
    }
    let files = texts.indices.map { folder.file("\($0).\(format.fileName)") }
    guard let read = try entries(of: files, readBy: "plain") else { return }
    for (file, hostile) in zip(files, texts) {
      let title = "a\(hostile.title)z"
      let verbatim = "a\(hostile.verbatim)z"
      let entry = try #require(read[file]?.first)
      #expect(entry.title.map(scalars) == scalars(title), "\(hostile.testDescription)")
      #expect(entry.summary.map(scalars) == scalars("Sur \(title)"), "\(hostile.testDescription)")
      #expect(entry.authors?.map(scalars) == [scalars(title)], "\(hostile.testDescription)")
      #expect(entry.categories?.map(scalars) == [scalars(title)], "\(hostile.testDescription)")
      #expect(entry.id.map(scalars) == scalars(verbatim), "\(hostile.testDescription)")
      #expect(entry.url.map(scalars) == scalars(verbatim), "\(hostile.testDescription)")
      #expect(entry.content.map(scalars) == scalars(verbatim), "\(hostile.testDescription)")
    }
  }

  @Test func `a list of feeds keeps every text`() throws {
    let folder = TemporaryFolder()
    let texts = HostileText.all
    for (index, hostile) in texts.enumerated() {
      var site = try FeedExample.site()
      site.url = "a\(hostile.text)z"
      var head = FeedExample.head()
      head.title = "a\(hostile.text)z"
      head.subtitle = "a\(hostile.text)z"
      let bytes = opml(of: [head], site: site)
      try Data(bytes).write(to: URL(filePath: folder.file("\(index).opml")))
    }
    let files = texts.indices.map { folder.file("\($0).opml") }
    guard let read = try entries(of: files, readBy: "plain") else { return }
    for (file, hostile) in zip(files, texts) {
      let outline = try #require(read[file]?.first)
      #expect(outline.title.map(scalars) == scalars("a\(hostile.title)z"))
      #expect(outline.summary.map(scalars) == scalars("a\(hostile.title)z"))
      #expect(outline.url.map(scalars) == scalars("a\(hostile.verbatim)z"))
    }
  }

  /// The same text in all that an operator and an editor can write.
  private func document(with text: String, as format: FeedFormat) throws -> [UInt8] {
    var site = try FeedExample.site()
    site.title = text
    site.url += text
    site.author = Person(name: text, uri: text)
    site.icon = text
    site.logo = "\(text).png"
    site.rights = text
    site.license = text
    site.topics[0].title = text
    site.feeds.hubs = [text]
    let topic = site.topics[0].slug
    var feed = FeedExample.head(.topic(topic))
    feed.title = text
    feed.subtitle = text
    feed.id = text
    let entry = try FeedExample.entry {
      $0.id = text
      $0.title = text
      $0.summary = "Sur \(text)"
      $0.url = text
      $0.authors = [Person(name: text, email: "a@\(text)", uri: text)]
      $0.topics = [topic]
      $0.enclosures = [Enclosure(url: text, type: "a/b", title: text)]
    }
    let tombstone = Tombstone(id: text, left: entry.updated)
    return FeedExample.document(
      site: site,
      head: DocumentHead(feed: feed, previous: .archive(0), tombstones: [tombstone]),
      entries: [(entry, text)],
      as: format
    )
  }
}

/// Swift takes é and e with an accent for equal; feeds must not.
private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }
