import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func write(_ changes: [ArticleChange], asOf: Instant) throws {
    guard !changes.isEmpty else { return }
    try write { db in
      for change in changes { try db.apply(change, asOf: asOf) }
    }
  }
}

extension SQLiteSiteStore {
  @discardableResult
  package func forgetStamps(
    of source: String,
    derivedOtherwiseThan derivation: String
  ) throws -> Int {
    let differs = "source = :source AND (derivation < :derivation OR derivation > :derivation)"
    let arguments: StatementArguments = ["source": source, "derivation": derivation]
    let isNeeded = try read { db in
      try Bool.fetchOne(
        db,
        sql: "SELECT 1 FROM article WHERE \(differs) LIMIT 1",
        arguments: arguments
      ) ?? false
    }
    guard isNeeded else { return 0 }
    return try write { db in
      try db.run(
        """
        UPDATE sourceFile SET size = NULL WHERE size IS NOT NULL AND (source, key) IN
          (SELECT source, sourceKey FROM article WHERE \(differs))
        """,
        arguments
      )
      return db.changesCount
    }
  }
}

extension Database {
  fileprivate func apply(_ change: ArticleChange, asOf: Instant) throws {
    switch change {
    case .put(let article, let stamp, let isArchive):
      try put(article, isArchive: isArchive, asOf: asOf)
      try recordFile(article.origin, stamp)
    case .touch(let origin, let stamp):
      try recordFile(origin, stamp)
    case .miss(let origin):
      try run(
        "UPDATE sourceFile SET missedRuns = missedRuns + 1 WHERE source = ? AND key = ?",
        [origin.source, origin.key]
      )
    case .setStanding(let id, let standing):
      try setStanding(id, standing, asOf: asOf)
    case .move(let id, let origin):
      try move(id, to: origin)
    }
  }

  private func put(_ article: Article, isArchive: Bool, asOf: Instant) throws {
    let statement = try cachedStatement(
      sql: """
        INSERT INTO article (id, slug, source, sourceKey, standing, isVisible, isArchive, revision,
          published, updated, inDigest, language, url, image, enclosures, attribution, title,
          summary, erratum, sourceHash, wordsHash, derivation)
        VALUES (:id, :slug, :source, :key, :standing, 0, :isArchive, :revision, :published,
          :updated, :inDigest, :language, :url, :image, :enclosures, :attribution, :title,
          :summary, :erratum, :sourceHash, :wordsHash, :derivation)
        ON CONFLICT (id) DO UPDATE SET
          slug = excluded.slug, source = excluded.source, sourceKey = excluded.sourceKey,
          standing = excluded.standing, revision = excluded.revision,
          isVisible = isVisible AND excluded.standing = 'published' AND excluded.published <= :asOf,
          published = excluded.published, updated = excluded.updated,
          inDigest = excluded.inDigest, language = excluded.language, url = excluded.url,
          image = excluded.image, enclosures = excluded.enclosures,
          attribution = excluded.attribution, title = excluded.title, summary = excluded.summary,
          erratum = excluded.erratum, sourceHash = excluded.sourceHash,
          wordsHash = excluded.wordsHash, derivation = excluded.derivation
        RETURNING key
        """
    )
    let key = try Int64.fetchOne(
      statement,
      arguments: try columns(of: article, isArchive: isArchive, asOf: asOf)
    )
    guard let key else { return }
    try putText(of: article, key)
    try putTopics(of: article, key)
    try putAuthors(of: article, key)
  }

  private func columns(
    of article: Article,
    isArchive: Bool,
    asOf: Instant
  ) throws -> StatementArguments {
    [
      "id": article.id, "slug": article.slug.text, "source": article.origin.source,
      "key": article.origin.key, "standing": article.standing.rawValue, "isArchive": isArchive,
      "revision": try nextRevision(), "published": article.published.seconds,
      "updated": article.updated.seconds, "inDigest": article.inDigest,
      "language": article.language.tag, "url": article.url, "image": article.image,
      "enclosures": article.enclosures.isEmpty ? nil : try encoded(article.enclosures),
      "attribution": try article.attribution.map { try encoded($0) },
      "title": article.title, "summary": article.summary, "erratum": article.erratum,
      "sourceHash": data(article.sourceHash), "wordsHash": data(article.wordsHash),
      "derivation": article.derivation, "asOf": asOf.seconds,
    ]
  }

  private func putText(of article: Article, _ key: Int64) throws {
    try run(
      "INSERT OR REPLACE INTO articleText (article, content, source) VALUES (?, ?, ?)",
      [key, article.content, article.source]
    )
  }

  private func putTopics(of article: Article, _ key: Int64) throws {
    try run("DELETE FROM articleTopic WHERE article = ?", [key])
    for (ordinal, slug) in article.topics.enumerated() {
      guard let topic = try topicKey(slug) else { continue }
      try run(
        "INSERT OR IGNORE INTO articleTopic (article, topic, ordinal) VALUES (?, ?, ?)",
        [key, topic, ordinal]
      )
    }
  }

  private func putAuthors(of article: Article, _ key: Int64) throws {
    try run("DELETE FROM articleAuthor WHERE article = ?", [key])
    for (ordinal, author) in article.authors.enumerated() {
      try run(
        "INSERT INTO articleAuthor (article, ordinal, name, email, uri) VALUES (?, ?, ?, ?, ?)",
        [key, ordinal, author.name, author.email, author.uri]
      )
    }
  }

  private func recordFile(_ origin: Article.Origin, _ stamp: FileStamp?) throws {
    try run(
      """
      INSERT OR REPLACE INTO sourceFile (source, key, size, modified, inode) VALUES (?, ?, ?, ?, ?)
      """,
      [
        origin.source, origin.key, stamp?.size, stamp?.modified,
        stamp.map { Int64(bitPattern: $0.inode) },
      ]
    )
  }

  private func setStanding(_ id: String, _ standing: Article.Standing, asOf: Instant) throws {
    try run(
      """
      UPDATE article SET revision = :revision,
        -- What a person deleted stays deleted when its file goes too.
        standing = iif(standing = 'deleted' AND :standing = 'vanished', standing, :standing),
        isVisible = isVisible AND :standing = 'published' AND published <= :asOf
      WHERE id = :id
      """,
      [
        "standing": standing.rawValue, "revision": try nextRevision(), "asOf": asOf.seconds,
        "id": id,
      ]
    )
    // The file, where there is one, decides what a restored article is.
    if standing != .deleted { try forgetFile(of: id) }
  }

  private func forgetFile(of id: String) throws {
    try run(
      """
      DELETE FROM sourceFile WHERE (source, key) IN
        (SELECT source, sourceKey FROM article WHERE id = ?)
      """,
      [id]
    )
  }

  private func move(_ id: String, to origin: Article.Origin) throws {
    try forgetFile(of: id)
    try run(
      "UPDATE article SET source = ?, sourceKey = ? WHERE id = ?",
      [origin.source, origin.key, id]
    )
  }
}
