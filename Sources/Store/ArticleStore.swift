package import Model

/// The two counters that decide order, store-wide.
package struct Counters: Equatable, Sendable {
  /// Raised by every change.
  package var revision: Int64
  /// Given once to each article, when it first becomes visible.
  package var release: Int64

  package init(revision: Int64, release: Int64) {
    self.revision = revision
    self.release = release
  }
}

/// What the store knows of one file of a source.
package struct SourceFile: Equatable, Sendable {
  /// The article's key in its source: the path below the source's folder.
  package var key: String
  /// Nil where it must be read again, whatever it looks like.
  package var stamp: FileStamp?
  /// How many runs in a row have not found it.
  package var missedRuns: Int

  package init(key: String, stamp: FileStamp?, missedRuns: Int) {
    self.key = key
    self.stamp = stamp
    self.missedRuns = missedRuns
  }
}

/// Which article something belongs to.
package struct ArticleIdentity: Equatable, Sendable {
  package var id: String
  package var origin: Article.Origin

  package init(id: String, origin: Article.Origin) {
    self.id = id
    self.origin = origin
  }
}

/// What an import tells the store, one file or article at a time.
package enum ArticleChange: Sendable {
  /// A new article, or a new version of the one with this id. `stamp` is its file's.
  case put(Article, stamp: FileStamp?, isArchive: Bool)
  /// The file looks different, but says the same.
  case touch(Article.Origin, stamp: FileStamp?)
  /// The file was not found in this run.
  case miss(Article.Origin)
  /// The article's standing changes, and nothing else.
  case setStanding(id: String, Article.Standing)
  /// The article's file has moved.
  case move(id: String, to: Article.Origin)
}

/// An article as lists show it.
package struct ArticleSummary: Equatable, Sendable {
  package var id: String
  package var slug: Slug
  package var origin: Article.Origin
  package var standing: Article.Standing
  package var title: String
  package var topics: [Slug]
  package var published: Instant
  package var updated: Instant
  /// Nil while readers have not seen it.
  package var release: Int64?
  package var isArchive: Bool

  package init(
    id: String,
    slug: Slug,
    origin: Article.Origin,
    standing: Article.Standing,
    title: String,
    topics: [Slug],
    published: Instant,
    updated: Instant,
    release: Int64?,
    isArchive: Bool
  ) {
    self.id = id
    self.slug = slug
    self.origin = origin
    self.standing = standing
    self.title = title
    self.topics = topics
    self.published = published
    self.updated = updated
    self.release = release
    self.isArchive = isArchive
  }
}

/// Articles, and where they came from.
///
/// Every method is one transaction, durable when it returns; none calls back while it holds the
/// right to write.
package protocol ArticleStore: AnyObject, Sendable {
  func counters() throws -> Counters

  /// Takes the site's topics over: new ones, new titles, renamed and merged ones (`was`), retired
  /// ones. Throws ``StoreError/topicInUse(slug:articles:subscribers:)`` for one that is gone.
  ///
  /// - Returns: whether anything changed.
  @discardableResult
  func setTopics(_ topics: [Topic], asOf: Instant) throws -> Bool

  /// Visits what is known of a source's files, by key in byte order.
  func eachFile(of source: String, _ visit: (SourceFile) throws -> Void) throws

  func article(id: String) throws -> Article?
  func article(slug: Slug) throws -> Article?
  func article(from origin: Article.Origin) throws -> Article?
  /// Which article has a slug, without reading it.
  func identity(ofSlug slug: Slug) throws -> ArticleIdentity?
  /// Which article has an id, without reading it.
  func identity(ofID id: String) throws -> ArticleIdentity?
  /// An article with the same words under another key of the source, whose file is missing.
  func missingArticle(of source: String, wordsHash: [UInt8]) throws -> Article?
  /// The same by title and date of publication.
  func missingArticle(of source: String, title: String, published: Instant) throws -> Article?

  /// Writes changes in their order, at most 500 of them.
  func write(_ changes: [ArticleChange], asOf: Instant) throws

  /// Makes a source's files be read again whose articles were derived by other means than these.
  ///
  /// - Returns: how many there are.
  @discardableResult
  func forgetStamps(of source: String, derivedOtherwiseThan derivation: String) throws -> Int

  /// Visits every article by release, those without one last, then by id.
  func eachSummary(_ visit: (ArticleSummary) throws -> Void) throws
}
