import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func addWebEdition(_ edition: WebEdition, to issue: Int64) throws {
    try write { db in
      try db.run(
        """
        INSERT INTO webEdition (issue, subject, heading, introduction, updated)
        VALUES (?, ?, ?, ?, ?)
        """,
        [
          issue, edition.subject, edition.heading, edition.introduction, edition.updated.seconds,
        ]
      )
      for (ordinal, item) in StoredItem.all(of: edition).enumerated() {
        try db.insert(item, at: ordinal, of: issue)
      }
    }
  }

  package func eachWebEdition(
    _ scope: WebEditionScope,
    _ visit: (WebEdition) throws -> Void
  ) throws {
    try read { db in
      for (issue, head) in try db.webEditionHeads(scope) {
        try visit(head.listing(try db.items(of: issue)))
      }
    }
  }

  package func webEditionHeads() throws -> [WebEdition] {
    try read { db in try db.webEditionHeads(.all).map(\.head) }
  }

  package func goneWebEditions() throws -> [IssueName] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT DISTINCT digest, date FROM webEdition JOIN issue ON issue.key = webEdition.issue
          WHERE isStale AND NOT \(hasPage) AND NOT EXISTS (SELECT 1 FROM webEdition AS other
            JOIN issue AS later ON later.key = other.issue
            WHERE later.digest = issue.digest AND later.date = issue.date
              AND later.state = 'planned' AND later.deliveries > 0)
          ORDER BY digest, date
          """
      ).compactMap(issueName)
    }
  }

  package func hasStaleWebEditions() throws -> Bool {
    try read { try $0.exists("SELECT 1 FROM webEdition WHERE isStale") }
  }

  package func hasWebEditions() throws -> Bool {
    try read { db in
      try db.exists(
        "SELECT 1 FROM webEdition JOIN issue ON issue.key = webEdition.issue WHERE \(hasPage)"
      )
    }
  }

  package func recordWebEditions() throws {
    try write { try $0.run("UPDATE webEdition SET isStale = 0 WHERE isStale") }
  }

  /// Brings what the pages of issues show up to date with what has changed: articles that were
  /// withdrawn or are back, and corrections of what an issue had.
  func settleWebEditions(asOf: Instant) throws {
    guard try read({ try $0.exists("SELECT 1 FROM webItem WHERE \(isAboutChanged)") }) else {
      return
    }
    try write { db in
      let changed = try db.settleShown().union(db.settleNotes(asOf: asOf))
      for issue in changed {
        try db.run(
          "UPDATE webEdition SET updated = max(updated, ?) WHERE issue = ?",
          [asOf.seconds, issue]
        )
      }
      // An article may have moved, to which a page links.
      try db.run(
        """
        UPDATE webEdition SET isStale = 1
        WHERE issue IN (SELECT issue FROM webItem WHERE \(isAboutChanged))
        """
      )
    }
  }
}

private let hasPage = "(issue.state = 'planned' AND issue.deliveries > 0)"
private let isAboutChanged = "article IN (SELECT key FROM article WHERE \(hasChanged))"

/// An item as it is stored: with its heading, or with the correction that it is.
private struct StoredItem {
  var item: WebEdition.Item
  var topic: Slug?
  var topicTitle = ""
  var erratum: String?

  static func all(of edition: WebEdition) -> [StoredItem] {
    let articles = edition.sections.flatMap { section in
      section.items.map {
        StoredItem(item: $0, topic: section.topic, topicTitle: section.title)
      }
    }
    return articles + edition.errata.map { StoredItem(item: $0.item, erratum: $0.text) }
  }
}

extension WebEdition {
  /// The edition with what it lists: items of the same topic follow each other.
  fileprivate func listing(_ items: [StoredItem]) -> WebEdition {
    var edition = self
    for stored in items {
      guard let topic = stored.topic else {
        edition.errata.append(Erratum(item: stored.item, text: stored.erratum ?? ""))
        continue
      }
      if edition.sections.last?.topic != topic {
        edition.sections.append(Section(topic: topic, title: stored.topicTitle, items: []))
      }
      edition.sections[edition.sections.count - 1].items.append(stored.item)
    }
    return edition
  }
}

extension Database {
  fileprivate func exists(_ sql: String) throws -> Bool {
    try Bool.fetchOne(self, sql: "SELECT EXISTS (\(sql))") ?? false
  }

  fileprivate func insert(_ stored: StoredItem, at ordinal: Int, of issue: Int64) throws {
    let entry = stored.item.entry
    try run(
      """
      INSERT INTO webItem (issue, ordinal, article, topic, topicTitle, title, summary, authors,
        language, erratum)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        issue, ordinal, stored.item.article, stored.topic?.text, stored.topicTitle, entry.title,
        entry.summary,
        entry.authors.map { $0.name.replacing("\n", with: " ") }.joined(separator: "\n"),
        entry.language.tag, stored.erratum,
      ]
    )
  }

  fileprivate func webEditionHeads(
    _ scope: WebEditionScope
  ) throws -> [(issue: Int64, head: WebEdition)] {
    let (condition, limit) =
      switch scope {
      case .all: ("", -1)
      case .stale: ("isStale AND", -1)
      case .latest(let count): ("", count)
      }
    return try Row.fetchAll(
      self,
      sql: """
        SELECT digest, date, subject, heading, introduction, slot, updated, issue FROM webEdition
        JOIN issue ON issue.key = webEdition.issue
        WHERE \(condition) \(hasPage) ORDER BY slot DESC, issue DESC LIMIT ?
        """,
      arguments: [limit]
    ).compactMap { row in webEdition(row).map { (row[7], $0) } }
  }

  /// What an issue lists, without what was withdrawn.
  fileprivate func items(of issue: Int64) throws -> [StoredItem] {
    try Row.fetchAll(
      self,
      sql: """
        SELECT article, topic, topicTitle, webItem.title, webItem.summary, authors,
          webItem.language, webItem.erratum, note, noted, id, slug, url, published
        FROM webItem JOIN article ON article.key = webItem.article
        WHERE issue = ? AND isShown ORDER BY ordinal
        """,
      arguments: [issue]
    ).compactMap(storedItem)
  }

  /// - Returns: the issues that show more or less than before.
  fileprivate func settleShown() throws -> Set<Int64> {
    try Set(
      Int64.fetchAll(
        self,
        sql: """
          UPDATE webItem SET isShown = 1 - isShown
          WHERE \(isAboutChanged)
            AND isShown <> (SELECT isVisible FROM article WHERE key = webItem.article)
          RETURNING issue
          """
      )
    )
  }

  /// - Returns: the issues of which other corrections are known than before.
  fileprivate func settleNotes(asOf: Instant) throws -> Set<Int64> {
    let correction = """
      (SELECT iif(erratumRelease > through, erratum, NULL) FROM article, issue
        WHERE article.key = webItem.article AND issue.key = webItem.issue)
      """
    return try Set(
      Int64.fetchAll(
        self,
        sql: """
          UPDATE webItem SET note = \(correction), noted = iif(note IS NULL, ?, noted)
          WHERE \(isAboutChanged) AND topic IS NOT NULL AND note IS NOT \(correction)
          RETURNING issue
          """,
        arguments: [asOf.seconds]
      )
    )
  }
}

private func issueName(_ row: Row) -> IssueName? {
  CivilDate(row[1] as String).map { IssueName(digest: row[0], date: $0) }
}

private func webEdition(_ row: Row) -> WebEdition? {
  issueName(row).map { name in
    WebEdition(
      name: name,
      subject: row[2],
      heading: row[3],
      introduction: row[4],
      published: Instant(seconds: row[5]),
      updated: Instant(seconds: row[6])
    )
  }
}

private func storedItem(_ row: Row) -> StoredItem? {
  guard let slug = Slug(row[11]), let language = Language(row[6]) else { return nil }
  let topic = (row[1] as String?).flatMap(Slug.init)
  let published = Instant(seconds: row[13])
  let entry = Entry(
    id: row[10],
    slug: slug,
    title: row[3],
    summary: row[4],
    url: row[12],
    language: language,
    authors: (row[5] as String).split(separator: "\n").map { Person(name: String($0)) },
    topics: topic.map { [$0] } ?? [],
    published: published,
    updated: published
  )
  let note = (row[8] as String?).map {
    WebEdition.Note(text: $0, date: Instant(seconds: row[9] ?? 0))
  }
  return StoredItem(
    item: WebEdition.Item(article: row[0], entry: entry, note: note),
    topic: topic,
    topicTitle: row[2],
    erratum: row[7]
  )
}
