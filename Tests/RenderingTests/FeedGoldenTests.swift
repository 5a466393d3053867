import Foundation
import Model
import Rendering
import TestSupport
import Testing

/// Whole documents, byte for byte, and what checkers find wrong with them.
@Suite struct FeedGoldenTests {
  @Test(arguments: ExampleDocument.all, FeedFormat.allCases)
  func `a document is the recorded one`(_ document: ExampleDocument, _ format: FeedFormat) throws {
    try expectGolden("\(document.name).\(format.fileName)", try document.make(format))
  }

  @Test(arguments: ExampleDocument.all)
  func `an Atom document keeps the grammar of RFC 4287`(_ document: ExampleDocument) throws {
    let violations = try atomViolations(in: try document.make(.atom))
    #expect(violations == [])
  }

  @Test(arguments: ExampleDocument.all)
  func `an RSS document keeps the profile`(_ document: ExampleDocument) throws {
    try expectNoFaults(rssFaults(in: try document.make(.rss)))
  }

  @Test(arguments: ExampleDocument.all)
  func `a JSON document keeps the specification`(_ document: ExampleDocument) throws {
    try expectNoFaults(jsonFeedFaults(in: try document.make(.json)))
  }

  @Test func `the list of feeds is the recorded one`() throws {
    var site = try FeedExample.site()
    site.feeds.formats = [.rss, .json]
    var newest = FeedExample.head(.topic(try FeedExample.slug("bielorussie")))
    newest.title = "Biélorussie – Veille géopolitique"
    newest.subtitle = ""
    newest.updated = Instant(seconds: 1_795_300_000)
    let bytes = opml(of: [FeedExample.head(), newest], site: site)
    try expectGolden("feeds.opml", bytes)
  }

  @Test func `a list without feeds is one still`() throws {
    let document = String(decoding: opml(of: [], site: try FeedExample.site()), as: UTF8.self)
    #expect(document.contains("  <body/>\n"))
    #expect(!document.contains("dateModified"))
  }

  private func expectNoFaults(_ faults: [String]?) throws {
    guard let faults else { return }
    #expect(faults == [])
  }
}

/// What the profile finds wrong with a document; nil where there is no Python.
func rssFaults(in document: [UInt8]) throws -> [String]? {
  try faults(in: document) { try python("check_rss.py", [$0]) }
}

/// What the specification finds wrong with a document; nil where there is no Python.
func jsonFeedFaults(in document: [UInt8]) throws -> [String]? {
  let schema = fixture("json-feed-1.1.schema.json").path
  return try faults(in: document) { try python("check_json_feed.py", [schema, $0], .jsonschema) }
}

private func faults(
  in document: [UInt8],
  _ check: (String) throws -> (status: Int32, output: String)?
) throws -> [String]? {
  let folder = TemporaryFolder()
  try Data(document).write(to: URL(filePath: folder.file("document")))
  guard let (status, output) = try check(folder.file("document")) else { return nil }
  try #require(status == 0, "\(output.prefix(2000))")
  return output.split(separator: "\n").map(String.init)
}
