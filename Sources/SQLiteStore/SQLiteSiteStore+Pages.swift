import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func eachPage(
    changedAfter revision: Int64?,
    _ visit: (borrowing ArticleRow) throws -> Void
  ) throws {
    try read { db in
      let keys = try Int64.fetchCursor(
        db,
        sql: """
          SELECT key FROM article WHERE url IS NULL AND isVisible AND revision > ? ORDER BY key
          """,
        arguments: [revision ?? -1]
      )
      let entries = try EntryReader(db)
      while let key = try keys.next() { try entries.read(key, documents: [], visit) }
    }
  }

  package func gonePages() throws -> [Slug] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT page.slug FROM page JOIN article ON article.key = page.article
          WHERE article.revision > (SELECT publishedRevision FROM state)
            AND NOT (url IS NULL AND isVisible AND article.slug = page.slug)
            AND page.slug NOT IN (SELECT slug FROM article WHERE url IS NULL AND isVisible)
          ORDER BY page.slug
          """
      ).compactMap(Slug.init)
    }
  }
}

extension Database {
  /// Notes which pages there are, after a publication that showed the store up to a revision.
  func recordPages(through revision: Int64) throws {
    let changed = """
      revision > coalesce((SELECT publishedRevision FROM state), -1) AND revision <= \(revision)
      """
    try run("DELETE FROM page WHERE article IN (SELECT key FROM article WHERE \(changed))")
    try run(
      """
      INSERT INTO page (article, slug)
      SELECT key, slug FROM article WHERE url IS NULL AND isVisible AND \(changed)
      """
    )
  }
}
