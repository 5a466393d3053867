package import Model

/// What one file says of an article: complete, and nothing about it decided yet.
///
/// Whether it is a new article, which id it gets and when it was updated depends on what the store
/// knows.
package struct ArticleDraft: Equatable, Sendable {
  /// The id that the source states, an absolute ASCII URI.
  package var statedID: String?
  package var statedSlug: Slug?
  /// From the file's name.
  package var derivedSlug: Slug
  package var origin: Article.Origin

  package var title: String
  /// Plain text; empty where the source has none.
  package var summary: String
  /// Sanitised HTML.
  package var content: String
  package var language: Language
  package var authors: [Person]
  /// In the order of the source, each once.
  package var topics: [Slug]
  package var url: String?
  package var image: String?
  package var enclosures: [Enclosure]

  package var published: Instant?
  package var updated: Instant?
  package var isDraft: Bool
  /// Whether the editor says that this change is not worth a new `updated`.
  package var isMinor: Bool
  package var inDigest: Bool
  package var erratum: String?

  /// The file's whole text, repaired.
  package var source: String
  /// SHA-256 of all that was read; decides whether anything changed.
  package var sourceHash: [UInt8]
  /// SHA-256 of the letters and digits of title, summary and text as read; decides `updated`.
  package var wordsHash: [UInt8]
  /// What of the text had to be mended before it could be used.
  package var repairs: Repairs

  /// Whether the source says less than it knows, as feeds do: what it does not say stays.
  package var isPartial = false
  /// Whether there is the whole text, not a summary alone.
  package var isWhole = true
  package var attribution: Attribution?

  package init(
    statedID: String?,
    statedSlug: Slug?,
    derivedSlug: Slug,
    origin: Article.Origin,
    title: String,
    summary: String,
    content: String,
    language: Language,
    authors: [Person],
    topics: [Slug],
    url: String?,
    image: String?,
    enclosures: [Enclosure],
    published: Instant?,
    updated: Instant?,
    isDraft: Bool,
    isMinor: Bool,
    inDigest: Bool,
    erratum: String?,
    source: String,
    sourceHash: [UInt8],
    wordsHash: [UInt8],
    repairs: Repairs
  ) {
    self.statedID = statedID
    self.statedSlug = statedSlug
    self.derivedSlug = derivedSlug
    self.origin = origin
    self.title = title
    self.summary = summary
    self.content = content
    self.language = language
    self.authors = authors
    self.topics = topics
    self.url = url
    self.image = image
    self.enclosures = enclosures
    self.published = published
    self.updated = updated
    self.isDraft = isDraft
    self.isMinor = isMinor
    self.inDigest = inDigest
    self.erratum = erratum
    self.source = source
    self.sourceHash = sourceHash
    self.wordsHash = wordsHash
    self.repairs = repairs
  }
}
