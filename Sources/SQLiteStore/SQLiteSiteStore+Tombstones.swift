import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func tombstones(of documents: [DocumentRecord]) throws -> [[Tombstone]] {
    try read { db in
      let left = try Int64.fetchSet(
        db,
        sql: "SELECT DISTINCT feed FROM membership WHERE leftAt IS NOT NULL"
      )
      let feeds = try db.feeds().filter { left.contains($0.key) }
      let keys = Dictionary(uniqueKeysWithValues: feeds.map { ($0.record.name, $0.key) })
      return try documents.map { document in
        try keys[document.feed.name].map { try db.tombstones(of: document, feed: $0) } ?? []
      }
    }
  }
}

extension Database {
  fileprivate func tombstones(of document: DocumentRecord, feed: Int64) throws -> [Tombstone] {
    let geometry = document.feed.geometry
    switch document.part {
    case .subscription:
      let start = geometry.positions(of: geometry.firstShownBlock).lowerBound
      return try tombstones(where: "leftBefore > ?", [feed, start])
    case .archive(let block):
      let positions = geometry.positions(of: block)
      return try tombstones(
        where: "position BETWEEN ? AND ?",
        [feed, positions.lowerBound, positions.upperBound]
      )
    }
  }

  private func tombstones(where condition: String, _ arguments: [Int64]) throws -> [Tombstone] {
    let statement = try cachedStatement(
      sql: """
          SELECT DISTINCT id, (SELECT max(leftAt) FROM membership AS any
              WHERE any.feed = membership.feed AND any.article = membership.article) AS left
          FROM membership JOIN article ON article.key = membership.article
          WHERE feed = ? AND \(condition) AND leftAt IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM membership AS live WHERE live.feed = membership.feed
              AND live.article = membership.article AND live.leftAt IS NULL)
          ORDER BY left DESC, id
        """
    )
    return try Row.fetchAll(statement, arguments: StatementArguments(arguments))
      .map { Tombstone(id: $0[0], left: Instant(seconds: $0[1])) }
  }
}
