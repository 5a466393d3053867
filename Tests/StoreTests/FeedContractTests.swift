import Model
import Store
import Testing

@Suite struct FeedContractTests {
  /// With blocks of three: the open block and the last full one, so three to five entries.
  @Test(arguments: [
    (1, [1]), (3, [3, 2, 1]), (5, [5, 4, 3, 2, 1]), (6, [6, 5, 4]), (8, [8, 7, 6, 5, 4]),
    (9, [9, 8, 7]),
  ])
  func `the subscription document has the open block and the last full one`(
    count: Int,
    numbers: [Int]
  ) throws {
    let test = try StoreUnderTest(.sqlite)
    try test.publish(1...count)
    let site = try test.window(of: .site)
    let topic = try test.window(of: .topic(latin.slug))
    let other = try test.window(of: .topic(belarus.slug))
    #expect(site == numbers)
    #expect(topic == numbers)
    #expect(other == [])
  }

  @Test(arguments: Backend.allCases)
  func `a row lends its content and names its feeds`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...1, topics: [belarus, latin])
    var contents: [String] = []
    var feeds: [[FeedName]] = []
    var entries: [Entry] = []
    let documents = try test.store.documents(changedAfter: nil)
    try test.store.eachEntry(of: documents) { row in
      row.withContent { span in
        contents.append(String(decoding: span.indices.map { span[$0] }, as: UTF8.self))
      }
      feeds.append(row.documents.map { documents[$0].feed.name })
      entries.append(row.entry)
    }
    #expect(contents == ["<p>Texte 1</p>"])
    #expect(feeds == [[.site, .topic(latin.slug), .topic(belarus.slug)]])
    #expect(entries.first?.topics == [latin.slug, belarus.slug], "in the site's order")
    #expect(entries.first?.authors == article(1).authors)
  }

  @Test(arguments: Backend.allCases)
  func `a withdrawn article leaves a hole and a tombstone`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...6)
    try test.store.write([.setStanding(id: article(5).id, .deleted)], asOf: day(7))
    try test.release(asOf: 7)
    let window = try test.window(of: .site)
    let tombstones = try test.tombstones(of: .site)
    let feed = try #require(try test.store.feeds().first)
    #expect(window == [6, 4], "no older article moves up")
    #expect(tombstones == [Tombstone(id: article(5).id, left: day(7))])
    #expect(feed.updated == day(7))
  }

  @Test(arguments: Backend.allCases)
  func `an article that comes back joins at the head, later than its tombstone`(
    backend: Backend
  ) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...4)
    try test.store.write([.setStanding(id: article(1).id, .vanished)], asOf: day(5))
    try test.release(asOf: 5)
    try test.store.write([.setStanding(id: article(1).id, .published)], asOf: day(6))
    try test.release(asOf: 6)
    let window = try test.window(of: .site)
    let tombstones = try test.tombstones(of: .site)
    let back = try #require(try test.store.article(id: article(1).id))
    #expect(window == [4, 3, 2, 1])
    #expect(tombstones == [])
    #expect(back.published == day(1))
    #expect(back.updated > day(5))
  }

  @Test(arguments: Backend.allCases)
  func `losing a topic is leaving its feed only`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...1, topics: [latin, belarus])
    try test.store.write(
      [.put(article(1, topics: [belarus]), stamp: nil, isArchive: false)],
      asOf: day(2)
    )
    try test.release(asOf: 2)
    let left = try test.window(of: .topic(latin.slug))
    let kept = try test.window(of: .topic(belarus.slug))
    let tombstones = try test.tombstones(of: .topic(latin.slug))
    let siteTombstones = try test.tombstones(of: .site)
    #expect(left == [])
    #expect(kept == [1])
    #expect(tombstones.map(\.id) == [article(1).id])
    #expect(siteTombstones == [])
  }

  @Test(arguments: Backend.allCases)
  func `archive material never enters a subscription document`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(5...6)
    try test.publish(1...4, isArchive: true)
    let window = try test.window(of: .site)
    #expect(window == [6, 5])
    let articles = try test.offered()
    #expect(articles.map(\.entry.title) == ["Article 6", "Article 5"])
  }

  @Test(arguments: Backend.allCases)
  func `another block size is refused, for readers know the archives`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...1)
    #expect(throws: StoreError.blockSizeChanged(stored: 3, configured: 4)) {
      try test.release(asOf: 1, blockSize: 4)
    }
  }

  @Test(arguments: Backend.allCases)
  func `a publication is remembered`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let before = try test.store.publication()
    let publication = Publication(revision: 4, fingerprint: "abc", output: "def")
    try test.store.recordPublication(publication)
    let after = try test.store.publication()
    #expect(before == nil)
    #expect(after == publication)
  }
}
