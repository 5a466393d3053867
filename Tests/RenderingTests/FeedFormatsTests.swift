import Foundation
import Model
import TestSupport
import Testing

/// One feed in its formats, as libraries read it that feed readers are made with.
@Suite struct FeedFormatsTests {
  @Test(arguments: [
    ("plain", nil, FeedFormat.allCases),
    ("feedparser", PythonModule.feedparser, [.atom, .rss]),
    ("atoma", PythonModule.atoma, FeedFormat.allCases),
  ])
  func `all formats say the same`(
    reader: String,
    module: PythonModule?,
    formats: [FeedFormat]
  ) throws {
    let folder = TemporaryFolder()
    let files = try formats.map { format in
      let file = folder.file(format.fileName)
      try Data(ExampleDocument.subscription.make(format)).write(to: URL(filePath: file))
      return file
    }
    guard let read = try entries(of: files, readBy: reader, from: module) else { return }
    let expected = try expectedEntries()
    for file in files {
      let found = try #require(read[file])
      #expect(found.count == expected.count)
      for (found, expected) in zip(found, expected) {
        expect(found, expected, "\(reader) reads \(file)")
      }
    }
  }

  /// Compares all that the reader looks for: at least what every reader must.
  private func expect(_ found: ReadEntry, _ expected: ReadEntry, _ comment: Comment) {
    #expect(found.id == expected.id, comment)
    #expect(found.title == expected.title, comment)
    #expect(found.url == expected.url, comment)
    // An item of RSS without a summary has its content as the description.
    #expect(found.content ?? found.summary == expected.content ?? expected.summary, comment)
    if expected.summary != nil { #expect(found.summary == expected.summary, comment) }
    #expect(found.categories ?? [] == expected.categories, comment)
    #expect(found.published == expected.published, comment)
    if let updated = found.updated { #expect(updated == expected.updated, comment) }
    if let enclosure = found.enclosure { #expect(enclosure == expected.enclosure, comment) }
    guard let authors = found.authors else { return }
    #expect(authors == Array((expected.authors ?? []).prefix(authors.count)), comment)
    #expect(!authors.isEmpty, comment)
  }

  private func expectedEntries() throws -> [ReadEntry] {
    let site = try FeedExample.site()
    let contents = [
      "<p><img src=\"https://veille.example/images/carte.JPG?v=1&amp;w=2\" alt=\"\"></p>"
        + "<p>Du texte &amp; un <a href=\"https://veille.example/\">lien</a>.</p>",
      nil,
      "<p><img src=\"https://veille.example/a.webp?b&amp;c\" alt=\"\">Vu.</p>",
    ]
    return zip(try ExampleDocument.richEntries.map(\.entry), contents).map { entry, content in
      let authors = entry.authors.isEmpty ? [site.author] : entry.authors
      return ReadEntry(
        id: entry.id,
        title: entry.title,
        url: entry.url ?? "https://veille.example/feeds/articles/\(entry.slug).html",
        summary: entry.summary.isEmpty ? nil : entry.summary,
        content: content,
        authors: authors.map(\.name),
        categories: entry.topics.compactMap { site.topic($0)?.title },
        published: entry.published.seconds,
        updated: entry.updated.seconds,
        enclosure: entry.enclosures.first?.url
      )
    }
  }
}
