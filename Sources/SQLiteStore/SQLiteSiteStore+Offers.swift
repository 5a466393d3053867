import GRDB
import Store

extension SQLiteSiteStore {
  /// Brings what digests offer up to date with what has changed.
  ///
  /// An article that was withdrawn is offered no more. One that is back is offered from a new
  /// release on, because issues may have passed it over meanwhile.
  func settleOffers() throws {
    try write { db in
      try db.run("UPDATE article SET offered = NULL WHERE \(hasChanged) AND NOT \(isForDigests)")
      try db.run(
        """
        UPDATE article SET erratumRelease = NULL
        WHERE \(hasChanged) AND erratum IS NULL AND erratumRelease IS NOT NULL
        """
      )
    }
    try eachBatch(where: "offered IS NULL AND \(isForDigests)") { db, batch in
      try db.offer(batch)
    }
    try eachBatch(where: "erratumRelease IS NULL AND erratum IS NOT NULL AND isVisible") {
      for article in $1 {
        try $0.run(
          "UPDATE article SET erratumRelease = ? WHERE key = ?",
          [try $0.nextRelease(), article]
        )
      }
    }
  }

  /// Writes to the changed articles that meet a condition, some at a time, by release.
  private func eachBatch(
    where condition: String,
    _ change: (Database, ArraySlice<Int64>) throws -> Void
  ) throws {
    let keys = try read { db in
      try Int64.fetchAll(
        db,
        sql: "SELECT key FROM article WHERE \(hasChanged) AND \(condition) ORDER BY release"
      )
    }
    for start in stride(from: 0, to: keys.count, by: 500) {
      let batch = keys[start..<min(start + 500, keys.count)]
      try write { try change($0, batch) }
    }
  }
}

extension Database {
  /// Offers articles from now on to those who have not had them: to everybody, while no issue has
  /// listed them.
  func offer(_ articles: some Sequence<Int64>) throws {
    for article in articles {
      try run(
        """
        UPDATE article SET offered = :release, firstOffered = iif(firstOffered IS NOT NULL
          AND EXISTS (SELECT 1 FROM groupArticle WHERE article = :key), firstOffered, :release)
        WHERE key = :key
        """,
        ["release": try nextRelease(), "key": article]
      )
    }
  }
}

/// Of an article: that it changed since the memberships were settled.
let hasChanged = "revision > (SELECT settledRevision FROM state)"
private let isForDigests = "(isVisible AND inDigest AND NOT isArchive)"
