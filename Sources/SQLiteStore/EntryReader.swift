import Foundation
import GRDB
import Model
import Store

/// Reads articles one by one as feeds and pages show them.
struct EntryReader {
  private let articles: RawRows
  private let topicKeys: RawRows
  private let authors: RawRows
  private let topics: [Int64: StoredTopic]

  init(_ db: Database) throws {
    articles = RawRows(
      try db.makeStatement(
        sql: """
          SELECT id, slug, title, summary, url, image, enclosures, language, published, updated,
            content, attribution
          FROM article JOIN articleText ON article = key WHERE key = ?
          """
      )
    )
    topicKeys = RawRows(
      try db.makeStatement(sql: "SELECT topic FROM articleTopic WHERE article = ?")
    )
    authors = RawRows(
      try db.makeStatement(
        sql: "SELECT name, email, uri FROM articleAuthor WHERE article = ? ORDER BY ordinal"
      )
    )
    topics = try StoredTopic.all(in: db)
  }

  /// Visits an article; one that is gone is passed over.
  func read(
    _ key: Int64,
    documents: [Int],
    _ visit: (borrowing ArticleRow) throws -> Void
  ) throws {
    articles.begin(key)
    // A statement that is not reset keeps its snapshot from ending.
    defer { articles.reset() }
    guard try articles.step(), let entry = try currentEntry(key) else { return }
    try unsafe visit(ArticleRow(entry: entry, documents: documents, content: articles.bytes(10)))
  }

  /// An article without its content; nil for one that is gone.
  func entry(_ key: Int64) throws -> Entry? {
    articles.begin(key)
    defer { articles.reset() }
    return try articles.step() ? currentEntry(key) : nil
  }

  private func currentEntry(_ key: Int64) throws -> Entry? {
    guard let slug = Slug(articles.text(1)), let language = Language(articles.text(7))
    else { return nil }
    return Entry(
      id: articles.text(0),
      slug: slug,
      title: articles.text(2),
      summary: articles.text(3),
      url: articles.optionalText(4),
      image: articles.optionalText(5),
      enclosures: try articles.optionalText(6).map { try decoded($0) } ?? [],
      attribution: try articles.optionalText(11).map { try decoded($0) },
      language: language,
      authors: try authors(of: key),
      topics: try topics(of: key),
      published: Instant(seconds: articles.number(8)),
      updated: Instant(seconds: articles.number(9))
    )
  }

  private func authors(of article: Int64) throws -> [Person] {
    authors.begin(article)
    var people: [Person] = []
    while try authors.step() {
      let email = authors.optionalText(1)
      people.append(Person(name: authors.text(0), email: email, uri: authors.optionalText(2)))
    }
    return people
  }

  /// The topics in the site's order.
  private func topics(of article: Int64) throws -> [Slug] {
    topicKeys.begin(article)
    var found: [StoredTopic] = []
    while try topicKeys.step() {
      if let topic = topics[topicKeys.number(0)] { found.append(topic) }
    }
    return found.sorted { $0.ordinal < $1.ordinal }.map(\.slug)
  }
}

private struct StoredTopic {
  var ordinal: Int
  var slug: Slug

  static func all(in db: Database) throws -> [Int64: StoredTopic] {
    var topics: [Int64: StoredTopic] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT key, ordinal, slug FROM topic") {
      topics[row[0]] = Slug(row[2]).map { StoredTopic(ordinal: row[1], slug: $0) }
    }
    return topics
  }
}

/// A value as it is stored: in JSON.
func decoded<Value: Decodable>(_ json: String) throws -> Value {
  try JSONDecoder().decode(Value.self, from: Data(json.utf8))
}

func encoded(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
