import GRDB
package import Model
import Store

extension SQLiteSiteStore {
  @discardableResult
  package func release(asOf: Instant, blockSize: Int) throws -> Int {
    guard try read({ try $0.needsSettling(asOf: asOf, blockSize: blockSize) }) else { return 0 }
    try write { try $0.fixBlockSize(blockSize) }
    var released = 0
    while true {
      let batch = try write { try $0.makeVisible(asOf: asOf, atMost: 500) }
      released += batch
      if batch < 500 { break }
    }
    try settleOffers()
    try settleWebEditions(asOf: asOf)
    try settleMemberships(asOf: asOf)
    return released
  }

  package func renumber(blockSize: Int) throws {
    try write { db in
      try db.run("UPDATE state SET blockSize = ?", [blockSize])
      try db.run("DELETE FROM block")
      try db.run(Schema.fillBlocks)
      // Every document is another now.
      try db.run("UPDATE state SET publishedRevision = NULL, publishedFingerprint = NULL")
    }
  }

  /// Brings the memberships of changed articles up to date, in batches: doing one twice changes
  /// nothing, so a run that dies is simply followed by another.
  private func settleMemberships(asOf: Instant) throws {
    let (changed, revision) = try read { try $0.changedArticles() }
    for start in stride(from: 0, to: changed.count, by: 250) {
      let batch = changed[start..<min(start + 250, changed.count)]
      try write { db in
        for article in batch { try Memberships(db).settle(article, asOf: asOf) }
      }
    }
    try write { try $0.run("UPDATE state SET settledRevision = ?", [revision]) }
  }
}

/// An article whose feeds may have changed.
struct ChangedArticle {
  var key: Int64
  var isVisible: Bool
  var isArchive: Bool
  var updated: Int64
}

extension Database {
  fileprivate func needsSettling(asOf: Instant, blockSize: Int) throws -> Bool {
    let row = try Row.fetchOne(
      self,
      sql: """
        SELECT revision > settledRevision, blockSize IS NOT ?,
          EXISTS (SELECT 1 FROM article
            WHERE isVisible = 0 AND standing = 'published' AND published <= ?)
        FROM state
        """,
      arguments: [blockSize, asOf.seconds]
    )
    return row.map { $0[0] || $0[1] || $0[2] } ?? false
  }

  fileprivate func fixBlockSize(_ size: Int) throws {
    let stored = try Int.fetchOne(self, sql: "SELECT blockSize FROM state")
    if let stored, stored != size {
      throw StoreError.blockSizeChanged(stored: stored, configured: size)
    }
    try run("UPDATE state SET blockSize = ?", [size])
  }

  /// Shows the articles whose date has come: the new ones get their release, by date and then by
  /// source key; those that come back keep it, and are updated later than their tombstone.
  fileprivate func makeVisible(asOf: Instant, atMost limit: Int) throws -> Int {
    let due = try Row.fetchAll(
      self,
      sql: """
        SELECT key, release FROM article
        WHERE isVisible = 0 AND standing = 'published' AND published <= ?
        ORDER BY published, source, sourceKey LIMIT ?
        """,
      arguments: [asOf.seconds, limit]
    )
    let isNew = "release IS NULL AND inDigest AND NOT isArchive"
    for row in due {
      let release: Int64 = try row[1] ?? nextRelease()
      try run(
        """
        UPDATE article SET isVisible = 1, release = :release, revision = :revision,
          offered = iif(\(isNew), :release, offered),
          firstOffered = iif(\(isNew), :release, firstOffered),
          updated = max(updated, coalesce(
            (SELECT max(leftAt) + 1 FROM membership
              WHERE article = :key AND leftAt IS NOT NULL), updated))
        WHERE key = :key
        """,
        ["release": release, "revision": try nextRevision(), "key": row[0] as Int64]
      )
    }
    return due.count
  }

  /// The articles that changed since the memberships were settled: by release, archive material
  /// last and backwards, because it joins at the old end.
  fileprivate func changedArticles() throws -> ([ChangedArticle], Int64) {
    let rows = try Row.fetchAll(
      self,
      sql: """
        SELECT key, isVisible, isArchive, updated FROM article
        WHERE revision > (SELECT settledRevision FROM state)
        ORDER BY isArchive, iif(isArchive, -release, release), key
        """
    )
    let articles = rows.map {
      ChangedArticle(key: $0[0], isVisible: $0[1], isArchive: $0[2], updated: $0[3])
    }
    return (articles, try Int64.fetchOne(self, sql: "SELECT revision FROM state") ?? 0)
  }
}
