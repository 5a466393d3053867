import Foundation
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
    try expectSame(sampleSite().published, reader, formats)
  }

  @Test(arguments: readers)
  func `a reader gets every hostile entry`(reader: String, formats: [String]) throws {
    try expectSame(hostileSite().published, reader, formats)
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

  @Test func `every JSON document keeps the schema of JSON Feed, every RSS document the profile`()
    throws
  {
    let schema = "\(Program.repository)/Tests/Fixtures/json-feed-1.1.schema.json"
    for site in [try sampleSite().published, try hostileSite().published] {
      for path in try site.paths(ending: "feed.json") {
        #expect(try run("check_json_feed.py", [schema, path], in: site) == "", "\(path)")
      }
      for path in try site.paths(ending: "rss.xml") {
        #expect(try run("check_rss.py", [path], in: site) == "", "\(path)")
      }
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

  private func sampleSite() throws -> SampleSite {
    let site = try SampleSite()
    let result = try site.publish()
    try #require(result.status == 0, "\(result.errors)")
    return site
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
      let written = try entries(of: paths, in: site, readBy: "plain")
      let read = try entries(of: paths, in: site, readBy: reader)
      for path in paths {
        let expected = try #require(written[path])
        #expect(read[path]?.map(\.id) == expected.map(\.id), "\(path)")
        #expect(read[path]?.map(\.title) == expected.map(\.title), "\(path)")
        #expect(read[path]?.map(\.url) == expected.map(\.url), "\(path)")
      }
    }
  }

  private func entries(
    of paths: [String],
    in site: PublishedSite,
    readBy reader: String
  ) throws -> [String: [ReadEntry]] {
    let isProgram = ["newsboat", "sfeed"].contains(reader)
    let script = isProgram ? "read_documents.py" : "read_entries.py"
    let output = try run(script, [reader] + paths, in: site)
    return try JSONDecoder().decode([String: [ReadEntry]].self, from: Data(output.utf8))
  }

  private func run(
    _ script: String,
    _ arguments: [String],
    in site: PublishedSite
  ) throws -> String {
    let modules = [PythonModule.atoma, .feedparser, .jsonschema].compactMap { try? $0.path() }
    let result = try Program(path: "/usr/bin/env").run(
      ["python3", "\(Program.repository)/Tests/Readers/\(script)"] + arguments,
      in: site.folder,
      environment: ["PYTHONPATH": modules.joined(separator: ":")]
    )
    try #require(result.status == 0, "\(result.errors)")
    return result.output
  }
}

/// An entry as far as all readers show it.
private struct ReadEntry: Decodable, Equatable {
  var id: String
  var title: String
  var url: String
}

private func isThere(_ reader: String) -> Bool {
  switch reader {
  case "atoma": isCI || (try? PythonModule.atoma.path()) != nil
  case "feedparser": isCI || (try? PythonModule.feedparser.path()) != nil
  default: isInstalled(reader)
  }
}
