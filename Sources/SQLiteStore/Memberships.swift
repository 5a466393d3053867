import GRDB
import Model
import Store

/// Which feeds an article is in, and at which positions; and which documents that changes.
struct Memberships {
  let db: Database

  init(_ db: Database) { self.db = db }

  /// Lets an article join the feeds that it belongs to now, and leave the others.
  func settle(_ article: ChangedArticle, asOf: Instant) throws {
    let wanted = try article.isVisible ? feedsWanted(by: article.key) : []
    let joined = try positions(of: article.key)
    for (feed, position) in joined where !wanted.contains(where: { $0.feed == feed }) {
      try leave(feed, article.key, position, asOf: asOf)
    }
    for (feed, isOpen) in wanted {
      if let position = joined.first(where: { $0.feed == feed })?.position {
        try noteChange(of: feed, at: position, updated: article.updated)
      } else if isOpen {
        try join(feed, article)
      }
    }
  }

  /// The site's feed and those of the article's topics; a retired topic's takes nothing new.
  private func feedsWanted(by article: Int64) throws -> [(feed: Int64, isOpen: Bool)] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT feed.key, 1 FROM feed WHERE topic IS NULL
        UNION ALL
        SELECT feed.key, NOT topic.isRetired FROM articleTopic
        JOIN topic ON topic.key = articleTopic.topic JOIN feed ON feed.topic = topic.key
        WHERE articleTopic.article = ?
        """
    )
    return try Row.fetchAll(statement, arguments: [article]).map { ($0[0], $0[1]) }
  }

  private func positions(of article: Int64) throws -> [(feed: Int64, position: Int64)] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT feed, position FROM membership WHERE article = ? AND leftAt IS NULL ORDER BY feed
        """
    )
    return try Row.fetchAll(statement, arguments: [article]).map { ($0[0], $0[1]) }
  }

  private func join(_ feed: Int64, _ article: ChangedArticle) throws {
    let end =
      article.isArchive ? "firstPosition = firstPosition - 1" : "lastPosition = lastPosition + 1"
    let minted = article.isArchive ? "firstPosition" : "lastPosition"
    let position = try Int64.fetchOne(
      try db.cachedStatement(sql: "UPDATE feed SET \(end) WHERE key = ? RETURNING \(minted)"),
      arguments: [feed]
    )
    guard let position else { return }
    try noteFormerPlaces(of: article.key, in: feed)
    try db.run(
      "INSERT INTO membership (feed, position, article) VALUES (?, ?, ?)",
      [feed, position, article.key]
    )
    try noteChange(of: feed, at: position, updated: article.updated, entries: 1)
    try noteNeighbours(of: feed, minted: position)
  }

  /// Notes the documents that an article has left before: each names it as gone while it is.
  private func noteFormerPlaces(of article: Int64, in feed: Int64) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT position FROM membership WHERE article = ? AND leftAt IS NOT NULL AND feed = ?"
    )
    let left = try Int64.fetchAll(statement, arguments: [article, feed])
    guard !left.isEmpty else { return }
    let geometry = try geometry(of: feed)
    try noteLinks(of: feed, blocks: left.map(geometry.block))
    try noteShown(feed, updated: nil)
  }

  private func leave(
    _ feed: Int64,
    _ article: Int64,
    _ position: Int64,
    asOf: Instant
  ) throws {
    try noteFormerPlaces(of: article, in: feed)
    try db.run(
      """
      UPDATE membership SET leftAt = ?,
        leftBefore = (SELECT lastPosition + 1 FROM feed WHERE key = membership.feed)
      WHERE feed = ? AND position = ?
      """,
      [asOf.seconds, feed, position]
    )
    try noteChange(of: feed, at: position, updated: asOf.seconds, entries: -1)
    // Wherever it stood, its tombstone is in the document that readers follow.
    try noteShown(feed, updated: asOf.seconds)
  }

  /// Notes that the document of a position changed.
  private func noteChange(
    of feed: Int64,
    at position: Int64,
    updated: Int64,
    entries: Int = 0
  ) throws {
    let geometry = try geometry(of: feed)
    let block = geometry.block(of: position)
    try db.run(
      """
      INSERT INTO block (feed, number, changed, updated, entries)
      VALUES (:feed, :number, (SELECT revision FROM state), :updated, :entries)
      ON CONFLICT DO UPDATE SET changed = excluded.changed,
        updated = max(updated, excluded.updated), entries = entries + excluded.entries
      """,
      ["feed": feed, "number": block, "updated": updated, "entries": entries]
    )
    if geometry.part(of: block) == .subscription { try noteShown(feed, updated: updated) }
  }

  private func noteShown(_ feed: Int64, updated: Int64?) throws {
    try db.run(
      """
      UPDATE feed SET changed = (SELECT revision FROM state),
        updated = max(coalesce(updated, :updated), coalesce(:updated, updated))
      WHERE key = :feed
      """,
      ["updated": updated, "feed": feed]
    )
  }

  /// Notes the documents that a new position makes say something else of their neighbours: where a
  /// block has become an archive document, and where a block was begun at the old end.
  private func noteNeighbours(of feed: Int64, minted position: Int64) throws {
    let geometry = try geometry(of: feed)
    if position > 0 {
      guard position % geometry.blockSize == 0, geometry.firstShownBlock > 0 else { return }
      try noteLinks(of: feed, blocks: [geometry.firstShownBlock - 1, geometry.firstShownBlock - 2])
    } else if position % geometry.blockSize == 0 {
      let newer = geometry.block(of: position) + 1
      try noteLinks(of: feed, blocks: [newer])
      if geometry.part(of: newer) == .subscription { try noteShown(feed, updated: nil) }
    }
  }

  private func noteLinks(of feed: Int64, blocks: [Int]) throws {
    for block in blocks {
      try db.run(
        "UPDATE block SET changed = (SELECT revision FROM state) WHERE feed = ? AND number = ?",
        [feed, block]
      )
    }
  }

  private func geometry(of feed: Int64) throws -> FeedGeometry {
    let statement = try db.cachedStatement(
      sql: "SELECT blockSize, firstPosition, lastPosition FROM feed JOIN state WHERE feed.key = ?"
    )
    guard let row = try Row.fetchOne(statement, arguments: [feed]) else {
      return FeedGeometry(blockSize: 1)
    }
    return FeedGeometry(blockSize: row[0], firstPosition: row[1], lastPosition: row[2])
  }
}
