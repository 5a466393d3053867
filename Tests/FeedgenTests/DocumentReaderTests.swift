import Foundation
import Markup
import TestSupport
import Testing

/// Every document that two sites publish, as independent programs read it: the sample, and one
/// whose articles are hostile.
@Suite struct DocumentReaderTests {
  /// Which reader reads which format; only atoma knows JSON Feed.
  static let readers = [
    ("atoma", ["atom.xml", "rss.xml", "feed.json"]), ("feedparser", ["atom.xml", "rss.xml"]),
    ("newsboat", ["atom.xml", "rss.xml"]), ("sfeed", ["atom.xml", "rss.xml"]),
  ].filter { isThere($0.0) }

  @Test(arguments: readers)
  func `a reader gets every entry of every document of the sample`(
    reader: String,
    formats: [String]
  ) throws {
    let site = try SampleSite()
    try #require(try site.publish().status == 0)
    try expectSame(site.published, reader, formats)
  }

  @Test(arguments: readers)
  func `a reader gets every hostile entry`(reader: String, formats: [String]) throws {
    let site = try hostileSite()
    try expectSame(site.published, reader, formats)
  }

  @Test func `no hostile article is lost, and nothing is wrong with any document`() throws {
    let site = try hostileSite()
    for (format, documents) in try site.published.walk() {
      let ids = documents.flatMap(\.ids)
      #expect(Set(ids) == Set((0..<HostileSite.count).map(HostileSite.id)), "\(format)")
      #expect(ids.count == HostileSite.count)
      #expect(documents.count > 2, "there are archives")
    }
    let check = try site.run(["check", "--json"])
    #expect(check.status == 0, "\(check.errors)")
    #expect(!check.output.contains("\"severity\" : \"error\""))
  }

  @Test func `every JSON document keeps the schema of JSON Feed`() throws {
    let modules = try PythonModule.jsonschema.path()
    let sample = try SampleSite()
    try #require(try sample.publish().status == 0)
    let tests = "\(Program.repository)/Tests"
    for site in [sample.published, try hostileSite().published] {
      let paths = try site.paths(ending: "feed.json").map { "\(site.folder)/\($0)" }
      #expect(paths.count >= 3)
      let result = try Program(path: "/usr/bin/env").run(
        ["python3", "\(tests)/Readers/check_json.py", "\(tests)/Fixtures/json-feed.schema.json"]
          + paths,
        environment: ["PYTHONPATH": modules]
      )
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output == "")
    }
  }

  @Test(.enabled(if: isInstalled("xmllint"), "there is no xmllint"))
  func `xmllint finds every document valid`() throws {
    let grammars = "\(Program.repository)/Sources/Checking/grammars"
    let site = try hostileSite().published
    for (grammar, ending) in [("atom", "atom.xml"), ("rss", "rss.xml"), ("opml", "feeds.opml")] {
      let paths = try site.paths(ending: ending).map { "\(site.folder)/\($0)" }
      #expect(!paths.isEmpty)
      let result = try Program(path: "/usr/bin/env").run(
        ["xmllint", "--nonet", "--noout", "--relaxng", "\(grammars)/\(grammar).rng"] + paths
      )
      #expect(result.status == 0, "\(result.errors)")
    }
  }

  private func hostileSite() throws -> TestSite {
    let site = try HostileSite.make()
    let result = try site.publish(23, ["--feeds-only"])
    try #require(result.status == 0, "\(result.errors)")
    return site
  }

  private func expectSame(
    _ site: PublishedSite,
    _ reader: String,
    _ formats: [String]
  ) throws {
    for format in formats {
      let paths = try site.paths(ending: format)
      #expect(paths.count >= 3)
      let written = try entries(of: paths, in: site, readBy: "stdlib")
      let read = try entries(of: paths, in: site, readBy: reader)
      for path in paths {
        let expected = (written[path] ?? []).map { $0.asRead(by: reader) }
        #expect(read[path]?.map(\.id) == expected.map(\.id), "\(path)")
        #expect(read[path]?.map(\.title) == expected.map(\.title), "\(path)")
        #expect(read[path]?.map(\.link) == expected.map(\.link), "\(path)")
      }
    }
  }

  private func entries(
    of paths: [String],
    in site: PublishedSite,
    readBy reader: String
  ) throws -> [String: [ReadEntry]] {
    let script = "\(Program.repository)/Tests/Readers/read_documents.py"
    let modules = [PythonModule.atoma, .feedparser].compactMap { try? $0.path() }
    let result = try Program(path: "/usr/bin/env").run(
      ["python3", script, reader] + paths,
      in: site.folder,
      environment: ["PYTHONPATH": modules.joined(separator: ":")]
    )
    try #require(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode([String: [ReadEntry]].self, from: Data(result.output.utf8))
  }
}

/// An entry as far as all readers show it.
private struct ReadEntry: Decodable, Equatable {
  var id: String
  var title: String
  var link: String

  func asRead(by reader: String) -> ReadEntry { self }
}

private func isThere(_ reader: String) -> Bool {
  switch reader {
  case "atoma": isCI || (try? PythonModule.atoma.path()) != nil
  case "feedparser": isCI || (try? PythonModule.feedparser.path()) != nil
  default: isInstalled(reader)
  }
}
