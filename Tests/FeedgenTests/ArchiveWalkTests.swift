import Foundation
import TestSupport
import Testing

/// Walking a feed's chain from the document that readers subscribe to gives every article exactly
/// once, in every format.
@Suite struct ArchiveWalkTests {
  static let feeds = ["", "amerique-latine/", "bielorussie/"]
  static let names = ["atom.xml", "rss.xml", "feed.json"]

  @Test(arguments: [1, 49, 50, 51, 99, 100, 101, 149])
  func `a chain holds every article once`(count: Int) throws {
    let site = try TestSite(configuration: ArchiveWalkTests.configuration(entries: 50))
    for number in 1...count { try write(number, to: site) }
    let result = try site.publish(23, ["--feeds-only"])
    try #require(result.status == 0, "\(result.errors)")
    try expectAll(Set(1...count), in: site)
  }

  @Test(
    .enabled(
      if: isCI || FileManager.default.isExecutableFile(atPath: Program.release.path),
      "there is no release build; “make build” makes it"
    )
  )
  func `a chain of five thousand articles holds each once`() throws {
    let site = try TestSite(
      .release,
      configuration: ArchiveWalkTests.configuration(entries: 50)
    )
    for number in 1...5000 { try write(number, to: site) }
    let result = try site.publish(23, ["--feeds-only"])
    try #require(result.status == 0, "\(result.errors)")
    try expectAll(Set(1...5000), in: site)
    #expect(try site.published.walk()["atom"]?.count == 100)
  }

  @Test func `archive imports, corrections, withdrawals and returns keep the chain whole`() throws {
    let site = try TestSite()
    for number in 1...23 { try write(number, to: site) }
    try publish(site, day: 10)
    try expectAll(Set(1...23), in: site)

    // Material of a year ago joins at the old end, below everything.
    for number in 101...113 { try write(number, to: site, date: "2025-11-\(number - 90)T08:00") }
    let before = try newestPaths(of: site)
    try publish(site, day: 11)
    try expectAll(Set(1...23).union(101...113), in: site)
    #expect(try newestPaths(of: site) == before, "the newest entries are the same")

    for number in [3, 12, 23, 105] { try write(number, to: site, text: "Le texte corrigé.") }
    try publish(site, day: 12)
    try expectAll(Set(1...23).union(101...113), in: site)

    // A file that is gone for two runs is a withdrawal.
    for number in [2, 14, 104] { try remove(number, from: site) }
    try publish(site, day: 13)
    try publish(site, day: 14)
    try expectAll(Set(1...23).union(101...113).subtracting([2, 14, 104]), in: site)

    try write(2, to: site)
    try write(14, to: site)
    try write(104, to: site, date: "2025-11-14T08:00")
    try publish(site, day: 15)
    try expectAll(Set(1...23).union(101...113), in: site)
  }

  @Test(arguments: [4, 12, 22])
  func `a correction rewrites the documents that list the article, and no other`(
    number: Int
  ) throws {
    let site = try TestSite()
    for number in 1...23 { try write(number, to: site) }
    try publish(site, day: 10)
    let listing = try site.published.documents(listing: id(number), in: ArchiveWalkTests.feeds)
    let before = try site.published.stamps()
    try write(number, to: site, text: "Le texte corrigé.")
    try publish(site, day: 11)
    let changed = differingPaths(before, try site.published.stamps())
    #expect(listing.count == 6, "two feeds in three formats")
    #expect(changed.filter(isFeed) == listing)
    let others = changed.subtracting(listing)
    // The list of feeds has the date of the newest; neither pages nor anything else has changed.
    let isNewest = listing.contains { !$0.contains("archive/") }
    #expect(others == (isNewest ? [".feedgen", "feeds.opml"] : [".feedgen"]))
  }

  @Test func `a withdrawal rewrites the documents that listed the article, and their feeds`() throws
  {
    let site = try TestSite()
    for number in 1...23 { try write(number, to: site) }
    try publish(site, day: 10)
    let listing = try site.published.documents(listing: id(4), in: ArchiveWalkTests.feeds)
    let before = try site.published.stamps()
    try remove(4, from: site)
    try publish(site, day: 11)
    try publish(site, day: 12)
    let changed = differingPaths(before, try site.published.stamps())
      .filter(isFeed)
    let folders = ["", "amerique-latine/"]
    let subscriptions = folders.flatMap { folder in ArchiveWalkTests.names.map { folder + $0 } }
    #expect(changed.subtracting(subscriptions) == listing)
    #expect(try site.folder.read("feeds/atom.xml").contains("deleted-entry ref=\"\(id(4))\""))
  }

  static func configuration(entries: Int) -> String {
    TestSite.configuration.replacing("entries: 5", with: "entries: \(entries)")
  }

  private func isFeed(_ path: String) -> Bool {
    ArchiveWalkTests.names.contains { path.hasSuffix($0) }
  }

  private func id(_ number: Int) -> String { "tag:veille.example.org,2026:articles/a\(number)" }

  /// Even numbers are of one topic, odd ones of the other; each is an hour younger than the one
  /// before.
  private func write(
    _ number: Int,
    to site: TestSite,
    date: String? = nil,
    text: String = "Le texte."
  ) throws {
    let start = Date(timeIntervalSince1970: 1_794_200_000 - 5000 * 3600)
    let own = (start + Double(number) * 3600).formatted(.iso8601)
    try site.folder.write(
      """
      ---
      title: Article \(number)
      date: \(date.map { $0 + ":00Z" } ?? own)
      topics: [\(number.isMultiple(of: 2) ? "amerique-latine" : "bielorussie")]
      url: https://veille.example.org/a/\(number)
      ---
      \(text)

      """,
      to: "articles/a\(number).md"
    )
  }

  private func remove(_ number: Int, from site: TestSite) throws {
    try FileManager.default.removeItem(atPath: site.folder.file("articles/a\(number).md"))
  }

  private func publish(_ site: TestSite, day: Int) throws {
    let result = try site.publish(day, ["--feeds-only"])
    try #require(result.status == 0, "\(result.errors)")
    let check = try site.run(["check"])
    #expect(check.status == 0, "\(check.errors)")
    #expect(check.errors == "")
  }

  private func newestPaths(of site: TestSite) throws -> [String: Data] {
    try filesBelow(site.folder.file("feeds")).filter { ArchiveWalkTests.names.contains($0.key) }
  }

  /// Every article of the site once in the site's chain, and once in its topic's.
  private func expectAll(_ numbers: Set<Int>, in site: TestSite) throws {
    for feed in ArchiveWalkTests.feeds {
      let expected = numbers.filter {
        feed.isEmpty || $0.isMultiple(of: 2) == (feed == "amerique-latine/")
      }
      for (format, documents) in try site.published.walk(feed) {
        let ids = documents.flatMap(\.ids)
        #expect(ids.count == expected.count, "\(feed)\(format)")
        #expect(Set(ids) == Set(expected.map(id)), "\(feed)\(format)")
      }
    }
  }
}
