import Model
import Store
import TestSupport
import Testing

/// The documents of a feed are a chain, from the subscription document to the oldest block.
@Suite struct ArchiveContractTests {
  @Test(arguments: [1, 2, 3, 5, 6, 7, 8, 9, 10, 30])
  func `walking the chain gives each article once`(count: Int) throws {
    let test = try StoreUnderTest(.sqlite)
    try test.publish(1...count)
    #expect(try test.walk(.site) == Array((1...count).reversed()))
    #expect(try test.documents().keys.filter { $0.feed == .site }.count == max(1, count / 3))
  }

  @Test(arguments: Backend.allCases)
  func `archive material is at the old end of the chain`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(101...102)
    #expect(try test.document(of: .site).feed.geometry.previous(of: .subscription) == nil)
    try test.publish(1...4, isArchive: true)
    #expect(try test.walk(.site) == [102, 101, 4, 3, 2, 1])
    try test.publish(103...112)
    #expect(try test.walk(.site) == (101...112).reversed() + [4, 3, 2, 1])
  }

  @Test(arguments: Backend.allCases)
  func `an old article that goes is told of where readers look`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...12)
    try test.store.write([.setStanding(id: article(2).id, .vanished)], asOf: day(13))
    try test.release(asOf: 13)
    let gone = [Tombstone(id: article(2).id, left: day(13))]
    #expect(try test.tombstones(of: .site) == gone)
    #expect(try test.tombstones(of: .site, .archive(0)) == gone)
    try test.publish(13...20)
    #expect(try test.tombstones(of: .site) == [], "the feed has moved on")
    #expect(try test.tombstones(of: .site, .archive(0)) == gone)
  }

  @Test(arguments: Backend.allCases)
  func `other blocks make another chain of the same articles`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(11...30)
    try test.publish(1...5, isArchive: true)
    try test.store.renumber(blockSize: 7)
    try test.release(asOf: 30, blockSize: 7)
    #expect(try test.walk(.site) == Array((11...30).reversed()) + [5, 4, 3, 2, 1])
    #expect(try test.store.publication() == nil)
  }

  /// Whatever happens to the articles, the chain is right, and the ledger names every document
  /// that is another than before.
  @Test(arguments: Array(0..<6))
  func `any history gives a right chain, and a ledger that misses nothing`(seed: Int) throws {
    var history = History(seed: UInt64(seed))
    let test = try StoreUnderTest(.sqlite)
    var before = try test.documents()
    for step in 1...30 {
      let revision = try test.store.counters().revision
      try test.store.write(history.changes(), asOf: day(100 + step))
      try test.store.release(asOf: day(100 + step), blockSize: 3)
      let after = try test.documents()
      for feed in [FeedName.site, .topic(latin.slug), .topic(belarus.slug)] {
        #expect(try test.walk(feed).sorted() == history.visible(in: feed).sorted())
      }
      let changed = try test.store.documents(changedAfter: revision)
        .map { DocumentKey(feed: $0.feed.name, part: $0.part) }
      let missed = after.filter { before[$0.key] != $0.value && !changed.contains($0.key) }
      #expect(missed.isEmpty, "step \(step)")
      for (key, document) in after { #expect(document.updated >= before[key]?.updated ?? day(0)) }
      before = after
    }
  }
}

private struct DocumentKey: Hashable {
  var feed: FeedName
  var part: FeedPart
}

/// All that a document shows.
private struct Shown: Equatable {
  var entries: [Int]
  var updated: Instant
  var previous: FeedPart?
  var next: FeedPart?
  var tombstones: [Tombstone]
}

extension StoreUnderTest {
  /// The articles of a feed, from the subscription document backwards.
  fileprivate func walk(_ feed: FeedName) throws -> [Int] {
    var part: FeedPart? = .subscription
    var numbers: [Int] = []
    while let current = part {
      let record = try document(of: feed, current)
      let entries = try self.numbers(in: record)
      #expect(entries.count == record.entryCount)
      numbers += entries
      part = record.feed.geometry.previous(of: current)
      if let part, case .archive = current {
        #expect(record.feed.geometry.next(of: part) == current, "the links go both ways")
      }
    }
    return numbers
  }

  fileprivate func documents() throws -> [DocumentKey: Shown] {
    var documents: [DocumentKey: Shown] = [:]
    for record in try store.documents(changedAfter: nil) {
      documents[DocumentKey(feed: record.feed.name, part: record.part)] = Shown(
        entries: try numbers(in: record),
        updated: record.updated,
        previous: record.feed.geometry.previous(of: record.part),
        next: record.feed.geometry.next(of: record.part),
        tombstones: try store.tombstones(of: [record])[0]
      )
    }
    return documents
  }
}

/// A history that is the same for the same seed: articles come, change, go, come back.
private struct History {
  private var random: SeededGenerator
  private var count = 0
  private var standing: [Int: Article.Standing] = [:]
  private var topics: [Int: [Topic]] = [:]

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  func visible(in feed: FeedName) -> [Int] {
    standing.filter { $0.value == .published }.keys.filter { number in
      feed.topic == nil || topics[number]?.contains { $0.slug == feed.topic } == true
    }
  }

  mutating func changes() -> [ArticleChange] {
    (0..<random.below(4)).map { _ in change() }
  }

  private mutating func change() -> ArticleChange {
    let number = count == 0 ? 0 : 1 + random.below(count)
    switch random.below(14) {
    case 0...2 where number > 0:
      standing[number] = .vanished
      return .setStanding(id: article(number).id, .vanished)
    case 3...5 where number > 0:
      standing[number] = .published
      return .setStanding(id: article(number).id, .published)
    case 6 where number > 0:
      return put(number, isArchive: false)
    default:
      count += 1
      return put(count, isArchive: random.below(4) == 0)
    }
  }

  private mutating func put(_ number: Int, isArchive: Bool) -> ArticleChange {
    standing[number] = .published
    topics[number] = [[], [latin], [belarus], [latin, belarus]][random.below(4)]
    let article = article(number, topics: topics[number] ?? [], words: random.below(250))
    return .put(article, stamp: nil, isArchive: isArchive)
  }
}

extension SeededGenerator {
  fileprivate mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
