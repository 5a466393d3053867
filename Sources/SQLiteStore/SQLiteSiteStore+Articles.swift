import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func eachFile(of source: String, _ visit: (SourceFile) throws -> Void) throws {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT key, size, modified, inode, missedRuns FROM sourceFile
          WHERE source = ? ORDER BY key
          """,
        arguments: [source]
      )
      while let row = try rows.next() {
        try visit(SourceFile(key: row[0], stamp: fileStamp(row, from: 1), missedRuns: row[4]))
      }
    }
  }

  package func article(id: String) throws -> Article? {
    try article(where: "id = ?", [id])
  }

  package func article(slug: Slug) throws -> Article? {
    try article(where: "slug = ?", [slug.text])
  }

  package func article(from origin: Article.Origin) throws -> Article? {
    try article(where: "article.source = ? AND sourceKey = ?", [origin.source, origin.key])
  }

  package func identity(ofSlug slug: Slug) throws -> ArticleIdentity? {
    try identity(where: "slug = ?", [slug.text])
  }

  package func identity(ofID id: String) throws -> ArticleIdentity? {
    try identity(where: "id = ?", [id])
  }

  /// Most articles that an import asks for are not there, which costs less to find out.
  private func article(where condition: String, _ arguments: StatementArguments) throws -> Article?
  {
    guard try identity(where: condition, arguments) != nil else { return nil }
    return try read { try $0.article(where: condition, arguments) }
  }

  private func identity(
    where condition: String,
    _ arguments: StatementArguments
  ) throws -> ArticleIdentity? {
    try readOnce { try $0.identity(where: condition, arguments) }
  }

  package func missingArticle(of source: String, wordsHash: [UInt8]) throws -> Article? {
    try read {
      try $0.article(
        where: "article.source = ? AND wordsHash = ? AND \(isMissing)",
        [source, data(wordsHash)]
      )
    }
  }

  package func missingArticle(
    of source: String,
    title: String,
    published: Instant
  ) throws -> Article? {
    try read {
      try $0.article(
        where: "article.source = ? AND published = ? AND title = ? AND \(isMissing)",
        [source, published.seconds, title]
      )
    }
  }

  package func eachSummary(_ visit: (ArticleSummary) throws -> Void) throws {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT key, id, slug, source, sourceKey, standing, title, published, updated, release,
            isArchive
          FROM article ORDER BY release IS NULL, release, id
          """
      )
      while let row = try rows.next() {
        guard let slug = Slug(row[2]) else { continue }
        try visit(
          ArticleSummary(
            id: row[1],
            slug: slug,
            origin: Article.Origin(source: row[3], key: row[4]),
            standing: Article.Standing(rawValue: row[5]) ?? .draft,
            title: row[6],
            topics: try db.topics(of: row[0]),
            published: Instant(seconds: row[7]),
            updated: Instant(seconds: row[8]),
            release: row[9],
            isArchive: row[10]
          )
        )
      }
    }
  }
}

/// The article's file was not found by the latest run.
private let isMissing = """
  EXISTS (SELECT 1 FROM sourceFile AS file
    WHERE file.source = article.source AND file.key = article.sourceKey AND file.missedRuns > 0)
  """

private func fileStamp(_ row: Row, from column: Int) -> FileStamp? {
  guard let size: Int64 = row[column], let modified: Int64 = row[column + 1],
    let inode: Int64 = row[column + 2]
  else { return nil }
  return FileStamp(size: size, modified: modified, inode: UInt64(bitPattern: inode))
}

extension Database {
  func article(where condition: String, _ arguments: StatementArguments) throws -> Article? {
    let statement = try cachedStatement(
      sql: """
        SELECT key, id, slug, article.source, sourceKey, standing, title, summary, content, language, url,
          image, published, updated, inDigest, erratum, text.source, sourceHash, wordsHash,
          derivation, enclosures, attribution
        FROM article JOIN articleText AS text ON text.article = article.key
        WHERE \(condition)
        """
    )
    guard let row = try Row.fetchOne(statement, arguments: arguments) else { return nil }
    return try article(from: row)
  }

  fileprivate func identity(
    where condition: String,
    _ arguments: StatementArguments
  ) throws -> ArticleIdentity? {
    let statement = try cachedStatement(
      sql: "SELECT id, source, sourceKey FROM article WHERE \(condition)"
    )
    return try Row.fetchOne(statement, arguments: arguments).map {
      ArticleIdentity(id: $0[0], origin: Article.Origin(source: $0[1], key: $0[2]))
    }
  }

  private func article(from row: Row) throws -> Article? {
    let key: Int64 = row[0]
    guard let slug = Slug(row[2]), let standing = Article.Standing(rawValue: row[5]),
      let language = Language(row[9])
    else { return nil }
    return Article(
      id: row[1],
      slug: slug,
      origin: Article.Origin(source: row[3], key: row[4]),
      standing: standing,
      title: row[6],
      summary: row[7],
      content: row[8],
      language: language,
      authors: try authors(of: key),
      topics: try topics(of: key),
      url: row[10],
      image: row[11],
      enclosures: try (row[20] as String?).map { try decoded($0) } ?? [],
      attribution: try (row[21] as String?).map { try decoded($0) },
      published: Instant(seconds: row[12]),
      updated: Instant(seconds: row[13]),
      inDigest: row[14],
      erratum: row[15],
      source: row[16],
      sourceHash: bytes(row[17]),
      wordsHash: bytes(row[18]),
      derivation: row[19]
    )
  }

  /// The topics in the order of the source.
  func topics(of article: Int64) throws -> [Slug] {
    let statement = try cachedStatement(
      sql: """
        SELECT slug FROM articleTopic JOIN topic ON topic.key = articleTopic.topic
        WHERE article = ? ORDER BY articleTopic.ordinal
        """
    )
    return try String.fetchAll(statement, arguments: [article]).compactMap(Slug.init)
  }

  func authors(of article: Int64) throws -> [Person] {
    let statement = try cachedStatement(
      sql: "SELECT name, email, uri FROM articleAuthor WHERE article = ? ORDER BY ordinal"
    )
    return try Row.fetchAll(statement, arguments: [article])
      .map { Person(name: $0[0], email: $0[1], uri: $0[2]) }
  }
}
