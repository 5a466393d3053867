import Foundation
import TestSupport
import Testing

/// The same articles give the same bytes, whatever machine they are published on.
@Suite struct DeterminismTests {
  @Test(
    arguments: [
      ["LC_ALL": "fr_FR.UTF-8", "LANG": "fr_FR.UTF-8"],
      ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"],
      ["LC_ALL": "C", "TZ": "Pacific/Chatham"],
      ["LC_ALL": "ar_SA.UTF-8", "TZ": ":/nowhere", "LANGUAGE": "ar"],
    ]
  )
  func `neither language nor zone of the machine changes a byte`(
    environment: [String: String]
  ) throws {
    let usual = try SampleSite()
    let other = try SampleSite()
    try #require(try usual.publish().status == 0)
    let result = try other.program.run(
      ["publish", "--as-of", SampleSite.instant],
      in: other.folder.path,
      environment: environment
    )
    try #require(result.status == 0, "\(result.errors)")
    try expectSame(usual, other)
  }

  @Test func `the order in which files lie in a folder changes nothing`() throws {
    let usual = try SampleSite()
    let other = try SampleSite()
    try reverseFiles(of: other)
    try #require(try usual.publish().status == 0)
    try #require(try other.publish().status == 0)
    try expectSame(usual, other)
  }

  @Test func `a store of its own for every run gives the same bytes`() throws {
    let site = try SampleSite()
    try #require(try site.publish().status == 0)
    let first = try site.contents(of: "feeds")
    for name in try site.folder.names() where name.hasPrefix("feedgen.db") || name == "feeds" {
      try FileManager.default.removeItem(atPath: site.folder.file(name))
    }
    try #require(try site.publish().status == 0)
    #expect(differingPaths(first, try site.contents(of: "feeds")) == [])
  }

  /// Writes the articles anew, the last first, with times in another order.
  private func reverseFiles(of site: SampleSite) throws {
    let articles = try filesBelow(site.folder.file("articles"))
    for name in articles.keys {
      try FileManager.default.removeItem(atPath: site.folder.file("articles/\(name)"))
    }
    for (index, name) in articles.keys.sorted().reversed().enumerated() {
      let path = site.folder.file("articles/\(name)")
      try articles[name]?.write(to: URL(fileURLWithPath: path))
      let modified = Date(timeIntervalSince1970: 1_700_000_000 + Double(index) * 86_400)
      try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: path)
    }
  }

  private func expectSame(_ left: SampleSite, _ right: SampleSite) throws {
    let published = try left.contents(of: "feeds")
    #expect(published.count > 10)
    #expect(differingPaths(published, try right.contents(of: "feeds")) == [])
  }
}
