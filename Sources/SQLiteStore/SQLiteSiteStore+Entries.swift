import GRDB
import Model
package import Store

extension SQLiteSiteStore {
  package func eachEntry(
    of documents: [DocumentRecord],
    _ visit: (borrowing ArticleRow) throws -> Void
  ) throws {
    guard !documents.isEmpty else { return }
    try read { db in
      let places = Places(of: documents, among: try db.feeds())
      let entries = try EntryReader(db)
      try db.eachListing(in: places) { article, documents in
        try entries.read(article, documents: documents, visit)
      }
    }
  }
}

/// Which of the documents asked for shows which block of which feed.
private struct Places {
  /// The documents of one feed, by block.
  struct Blocks {
    var geometry: FeedGeometry
    var documents: [Int: Int] = [:]
  }

  private(set) var feeds: [Int64: Blocks] = [:]
  private(set) var entryCount = 0

  init(of records: [DocumentRecord], among stored: [StoredFeed]) {
    let keys = Dictionary(uniqueKeysWithValues: stored.map { ($0.record.name, $0.key) })
    for (place, record) in records.enumerated() {
      guard let key = keys[record.feed.name] else { continue }
      entryCount += record.entryCount
      for block in blocks(of: record) {
        feeds[key, default: Blocks(geometry: record.feed.geometry)].documents[block] = place
      }
    }
  }

  func document(of feed: Int64, position: Int64) -> Int? {
    guard let blocks = feeds[feed] else { return nil }
    return blocks.documents[blocks.geometry.block(of: position)]
  }
}

private func blocks(of document: DocumentRecord) -> ClosedRange<Int> {
  switch document.part {
  case .archive(let block): block...block
  case .subscription:
    document.feed.geometry.firstShownBlock...document.feed.geometry.firstShownBlock + 1
  }
}

extension Database {
  /// Visits each article that one of the documents lists, newest first, with the places of all
  /// these documents.
  fileprivate func eachListing(
    in places: Places,
    _ visit: (_ article: Int64, _ documents: [Int]) throws -> Void
  ) throws {
    let rows = RawRows(try makeStatement(sql: try listingSQL(places)))
    defer { rows.reset() }
    var article: Int64?
    var documents: [Int] = []
    while try rows.step() {
      if let last = article, last != rows.number(0) {
        if !documents.isEmpty { try visit(last, documents) }
        documents.removeAll(keepingCapacity: true)
      }
      article = rows.number(0)
      if let document = places.document(of: rows.number(1), position: rows.number(2)) {
        documents.append(document)
      }
    }
    if let article, !documents.isEmpty { try visit(article, documents) }
  }

  /// Articles with the feeds that list them and their positions there, newest first.
  ///
  /// Where much is asked for, all articles are walked through in the order of their index;
  /// otherwise the blocks are collected and sorted.
  private func listingSQL(_ places: Places) throws -> String {
    let all = try Int.fetchOne(self, sql: "SELECT sum(entries) FROM block") ?? 0
    return places.entryCount * 4 > all ? walkSQL : collectSQL(places)
  }

  private var walkSQL: String {
    """
    SELECT article.key, membership.feed, membership.position
    FROM article INDEXED BY articleByDate
    CROSS JOIN membership ON membership.article = article.key AND leftAt IS NULL
    ORDER BY published DESC, id DESC
    """
  }

  private func collectSQL(_ places: Places) -> String {
    let ranges = places.feeds.flatMap { feed, blocks in
      blocks.documents.keys.map { block in
        let range = blocks.geometry.positions(of: block)
        return "(\(feed), \(range.lowerBound), \(range.upperBound))"
      }
    }
    return """
      WITH wanted (feed, first, last) AS (VALUES \(ranges.sorted().joined(separator: ", ")))
      SELECT article.key, membership.feed, membership.position FROM wanted
      CROSS JOIN membership ON membership.feed = wanted.feed
        AND position BETWEEN wanted.first AND wanted.last AND leftAt IS NULL
      CROSS JOIN article ON article.key = membership.article
      ORDER BY published DESC, id DESC
      """
  }
}
