import GRDB
import Model
package import Store

extension SQLiteSiteStore {
  package func feeds() throws -> [FeedRecord] {
    try read { try $0.feeds().map(\.record) }
  }

  package func documents(changedAfter revision: Int64?) throws -> [DocumentRecord] {
    try read { db in
      let feeds = try db.feeds()
      let shown = try feeds.filter { $0.changed > revision ?? -1 }.map(db.subscriptionDocument)
      return try db.archiveDocuments(of: feeds, changedAfter: revision ?? -1) + shown
    }
  }

  package func formerSlugs() throws -> [FormerSlug] {
    try read { try $0.formerSlugs().values.flatMap(\.self).sorted { $0.slug.text < $1.slug.text } }
  }

  package func publication() throws -> Publication? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: "SELECT publishedRevision, publishedFingerprint, publishedOutput FROM state"
      )
      guard let row, let revision: Int64 = row[0], let fingerprint: String = row[1]
      else { return nil }
      return Publication(revision: revision, fingerprint: fingerprint, output: row[2])
    }
  }

  package func recordPublication(_ publication: Publication) throws {
    try write { db in
      try db.recordPages(through: publication.revision)
      try db.run(
        "UPDATE state SET publishedRevision = ?, publishedFingerprint = ?, publishedOutput = ?",
        [publication.revision, publication.fingerprint, publication.output]
      )
    }
  }
}

/// A feed with its place in the ledger.
struct StoredFeed {
  var key: Int64
  var record: FeedRecord
  /// The revision of the last change that its subscription document shows.
  var changed: Int64
}

extension Database {
  func feeds() throws -> [StoredFeed] {
    let former = try formerSlugs()
    let rows = try Row.fetchAll(
      self,
      sql: """
        SELECT feed.key, topic.key, slug, feed.name, updated, created, changed,
          coalesce(blockSize, 1), firstPosition, lastPosition
        FROM feed JOIN state LEFT JOIN topic ON topic.key = feed.topic ORDER BY ordinal
        """
    )
    return rows.compactMap { row in
      let topic: Int64? = row[1]
      return storedFeed(row, former: topic.flatMap { former[$0] } ?? [])
    }
  }

  fileprivate func formerSlugs() throws -> [Int64: [FormerSlug]] {
    let rows = try Row.fetchAll(
      self,
      sql: "SELECT topic, slug, since FROM formerSlug ORDER BY slug"
    )
    return Dictionary(grouping: rows) { $0[0] }.mapValues { rows in
      rows.compactMap { row in
        Slug(row[1]).map { FormerSlug(slug: $0, since: Instant(seconds: row[2])) }
      }
    }
  }

  fileprivate func subscriptionDocument(_ feed: StoredFeed) throws -> DocumentRecord {
    let entries = try Int.fetchOne(
      try cachedStatement(sql: "SELECT sum(entries) FROM block WHERE feed = ? AND number >= ?"),
      arguments: [feed.key, feed.record.geometry.firstShownBlock]
    )
    return DocumentRecord(
      feed: feed.record,
      part: .subscription,
      updated: feed.record.updated ?? feed.record.created,
      entryCount: entries ?? 0
    )
  }

  fileprivate func archiveDocuments(
    of feeds: [StoredFeed],
    changedAfter revision: Int64
  ) throws -> [DocumentRecord] {
    let records = Dictionary(uniqueKeysWithValues: feeds.map { ($0.key, $0.record) })
    let rows = try Row.fetchAll(
      self,
      sql: """
        SELECT feed, number, updated, entries FROM block WHERE changed > ? ORDER BY feed, number
        """,
      arguments: [revision]
    )
    return rows.compactMap { row in
      guard let feed = records[row[0]], feed.geometry.part(of: row[1]) != .subscription
      else { return nil }
      return DocumentRecord(
        feed: feed,
        part: .archive(row[1]),
        updated: Instant(seconds: row[2]),
        entryCount: row[3]
      )
    }
  }
}

private func storedFeed(_ row: Row, former: [FormerSlug]) -> StoredFeed? {
  let slug: String? = row[2]
  guard let name = slug.map({ Slug($0).map(FeedName.topic) }) ?? .site else { return nil }
  let record = FeedRecord(
    name: name,
    permanentName: row[3],
    former: former,
    geometry: FeedGeometry(blockSize: row[7], firstPosition: row[8], lastPosition: row[9]),
    updated: (row[4] as Int64?).map(Instant.init(seconds:)),
    created: Instant(seconds: row[5])
  )
  return StoredFeed(key: row[0], record: record, changed: row[6])
}
