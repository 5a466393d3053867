import Foundation
import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func feeds() throws -> [FeedRecord] {
    try read { db in
      let former = try Row.fetchAll(
        db,
        sql: "SELECT topic, slug, since FROM formerSlug ORDER BY slug"
      )
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT topic.key, slug, feed.name, changed, updated, created FROM feed
          LEFT JOIN topic ON topic.key = feed.topic ORDER BY ordinal
          """
      )
      return rows.compactMap { row in
        feedRecord(row, former: former.filter { $0["topic"] == row[0] as Int64? && row[0] != nil })
      }
    }
  }

  package func eachEntry(
    of feeds: Set<FeedName>,
    _ visit: (borrowing ArticleRow) throws -> Void
  ) throws {
    try read { db in
      let listings = try db.listings(of: feeds)
      let texts = try db.cachedStatement(
        sql: "SELECT content FROM articleText WHERE article = ?"
      )
      for listing in listings {
        let entry = try db.entry(listing.article)
        let rows = try Row.fetchCursor(texts, arguments: [listing.article])
        guard let entry, let row = try rows.next() else { continue }
        try row.withUnsafeData(atIndex: 0) { content in
          try unsafe (content ?? Data()).withUnsafeBytes { bytes in
            try unsafe visit(
              ArticleRow(
                entry: entry,
                feeds: listing.feeds,
                content: unsafe bytes.bindMemory(to: UInt8.self)
              )
            )
          }
        }
      }
    }
  }

  package func tombstones(of feed: FeedName) throws -> [Tombstone] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, max(leftAt) FROM membership
          JOIN feed ON feed.key = membership.feed JOIN article ON article.key = membership.article
          WHERE \(isFeed(feed)) AND leftAt IS NOT NULL AND position > \(windowStart)
            AND NOT EXISTS (SELECT 1 FROM membership AS live
              WHERE live.feed = feed.key AND live.article = article.key AND live.leftAt IS NULL)
          GROUP BY id ORDER BY max(leftAt) DESC, id
          """,
        arguments: StatementArguments([feed.topic?.text].compactMap { $0 })
      ).map { Tombstone(id: $0[0], left: Instant(seconds: $0[1])) }
    }
  }

  package func publication() throws -> Publication? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: "SELECT publishedRevision, publishedFingerprint FROM state"
      )
      guard let row, let revision: Int64 = row[0], let fingerprint: String = row[1]
      else { return nil }
      return Publication(revision: revision, fingerprint: fingerprint)
    }
  }

  package func documents() throws -> [DocumentRecord] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT path, sha256, size, revision, fingerprint FROM document ORDER BY path"
      ).map {
        DocumentRecord(
          path: $0[0],
          sha256: bytes($0[1]),
          size: $0[2],
          revision: $0[3],
          fingerprint: $0[4]
        )
      }
    }
  }

  package func recordPublication(
    _ publication: Publication,
    documents: [DocumentRecord]
  ) throws {
    try write { db in
      try db.run("DELETE FROM document")
      for document in documents {
        try db.run(
          "INSERT INTO document (path, sha256, size, revision, fingerprint) VALUES (?, ?, ?, ?, ?)",
          [
            document.path, data(document.sha256), document.size, document.revision,
            document.fingerprint,
          ]
        )
      }
      try db.run(
        "UPDATE state SET publishedRevision = ?, publishedFingerprint = ?",
        [publication.revision, publication.fingerprint]
      )
    }
  }
}

private func feedRecord(_ row: Row, former: [Row]) -> FeedRecord? {
  let slug: String? = row[1]
  let name = slug.map { Slug($0).map(FeedName.topic) } ?? .site
  guard let name else { return nil }
  return FeedRecord(
    name: name,
    permanentName: row[2],
    former: former.compactMap { row in
      Slug(row[1]).map { FormerSlug(slug: $0, since: Instant(seconds: row[2])) }
    },
    changed: row[3],
    updated: (row[4] as Int64?).map(Instant.init(seconds:)),
    created: Instant(seconds: row[5])
  )
}

/// Positions above this one are in the subscription document: the open block and the last full one.
///
/// `lastPosition / blockSize` is the number of the open block.
private let windowStart =
  "max(0, (feed.lastPosition / (SELECT blockSize FROM state) - 1) * (SELECT blockSize FROM state))"

private func isFeed(_ name: FeedName) -> String {
  name.topic == nil
    ? "feed.topic IS NULL" : "feed.topic = (SELECT key FROM topic WHERE slug = ?)"
}

/// An article and the feeds that list it.
private struct Listing {
  var article: Int64
  var feeds: [FeedName]
}

extension Database {
  /// What the subscription documents of some feeds list, newest first.
  fileprivate func listings(of feeds: Set<FeedName>) throws -> [Listing] {
    let rows = try Row.fetchCursor(
      self,
      sql: """
        SELECT article.key, topic.slug FROM feed
        JOIN membership ON membership.feed = feed.key AND leftAt IS NULL
          AND position > \(windowStart)
        JOIN article ON article.key = membership.article
        LEFT JOIN topic ON topic.key = feed.topic
        ORDER BY published DESC, id DESC, ordinal
        """
    )
    var listings: [Listing] = []
    while let row = try rows.next() {
      let article: Int64 = row[0]
      let slug: String? = row[1]
      guard let name = slug.map({ Slug($0).map(FeedName.topic) }) ?? .site, feeds.contains(name)
      else { continue }
      if listings.last?.article == article {
        listings[listings.count - 1].feeds.append(name)
      } else {
        listings.append(Listing(article: article, feeds: [name]))
      }
    }
    return listings
  }

  func entry(_ key: Int64) throws -> Entry? {
    let statement = try cachedStatement(
      sql: """
        SELECT id, title, summary, url, image, language, published, updated, slug
        FROM article WHERE key = ?
        """
    )
    guard let row = try Row.fetchOne(statement, arguments: [key]), let language = Language(row[5]),
      let slug = Slug(row[8])
    else { return nil }
    return Entry(
      id: row[0],
      slug: slug,
      title: row[1],
      summary: row[2],
      url: row[3],
      image: row[4],
      language: language,
      authors: try authors(of: key),
      topics: try topicsInSiteOrder(of: key),
      published: Instant(seconds: row[6]),
      updated: Instant(seconds: row[7])
    )
  }

  private func topicsInSiteOrder(of article: Int64) throws -> [Slug] {
    let statement = try cachedStatement(
      sql: """
        SELECT slug FROM articleTopic JOIN topic ON topic.key = articleTopic.topic
        WHERE article = ? ORDER BY topic.ordinal
        """
    )
    return try String.fetchAll(statement, arguments: [article]).compactMap(Slug.init)
  }
}
