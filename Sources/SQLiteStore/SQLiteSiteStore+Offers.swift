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
    try giveReleases("offered", where: "offered IS NULL AND \(isForDigests)")
    try giveReleases(
      "erratumRelease",
      where: "erratumRelease IS NULL AND erratum IS NOT NULL AND isVisible"
    )
  }

  private func giveReleases(_ column: String, where condition: String) throws {
    let keys = try read { db in
      try Int64.fetchAll(
        db,
        sql: "SELECT key FROM article WHERE \(hasChanged) AND \(condition) ORDER BY release"
      )
    }
    for start in stride(from: 0, to: keys.count, by: 500) {
      let batch = keys[start..<min(start + 500, keys.count)]
      try write { try $0.giveReleases(column, to: batch) }
    }
  }
}

extension Database {
  /// Gives each of some articles the next release, in a column of its own.
  func giveReleases(_ column: String, to articles: some Sequence<Int64>) throws {
    for article in articles {
      try run("UPDATE article SET \(column) = ? WHERE key = ?", [try nextRelease(), article])
    }
  }
}

private let hasChanged = "revision > (SELECT settledRevision FROM state)"
private let isForDigests = "(isVisible AND inDigest AND NOT isArchive)"
