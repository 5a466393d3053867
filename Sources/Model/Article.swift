/// What the editor writes, as the store keeps it.
package struct Article: Equatable, Sendable {
  /// Where the file or entry came from.
  package struct Origin: Hashable, Sendable {
    /// The source's name in the configuration: `articles/`.
    package var source: String
    /// The article's name within the source: a path, a guid.
    package var key: String

    package init(source: String, key: String) {
      self.source = source
      self.key = key
    }
  }

  /// Whether readers see it, and if not, why.
  package enum Standing: String, Sendable {
    /// Seen by readers from its date on.
    case published
    /// Kept back by the editor: `draft: true`, or a date moved ahead after publication.
    case draft
    /// Its file is gone.
    case vanished
    /// Deleted by `articles delete`, although the file may still be there.
    case deleted
  }

  /// The permanent identity: an absolute ASCII URI (RFC 4287 §4.2.6).
  package var id: String
  package var slug: Slug
  package var origin: Origin
  package var standing: Standing

  package var title: String
  /// Plain text; empty where the editor wrote none.
  package var summary: String
  /// Sanitised HTML with absolute URLs.
  package var content: String
  package var language: Language
  package var authors: [Person]
  /// In the order of the source; each is a topic of the site.
  package var topics: [Slug]
  /// Where it can be read on the web.
  package var url: String?
  package var image: String?
  package var enclosures: [Enclosure]
  /// The feed that it was first published in, where that is another's.
  package var attribution: Attribution?

  package var published: Instant
  package var updated: Instant
  /// False for an article that no digest lists.
  package var inDigest: Bool
  /// A correction that those who got the article by mail are told once.
  package var erratum: String?

  /// The text as read, so that a newer version can derive the content again.
  package var source: String
  /// SHA-256 of all that was read; decides whether anything changed.
  package var sourceHash: [UInt8]
  /// SHA-256 of the letters and digits of title, summary and text as read; decides `updated`.
  package var wordsHash: [UInt8]
  /// What made the content from the source: sanitiser, typography, base URL.
  package var derivation: String

  package init(
    id: String,
    slug: Slug,
    origin: Origin,
    standing: Standing,
    title: String,
    summary: String,
    content: String,
    language: Language,
    authors: [Person],
    topics: [Slug],
    url: String?,
    image: String?,
    enclosures: [Enclosure] = [],
    attribution: Attribution? = nil,
    published: Instant,
    updated: Instant,
    inDigest: Bool,
    erratum: String?,
    source: String,
    sourceHash: [UInt8],
    wordsHash: [UInt8],
    derivation: String
  ) {
    self.id = id
    self.slug = slug
    self.origin = origin
    self.standing = standing
    self.title = title
    self.summary = summary
    self.content = content
    self.language = language
    self.authors = authors
    self.topics = topics
    self.url = url
    self.image = image
    self.enclosures = enclosures
    self.attribution = attribution
    self.published = published
    self.updated = updated
    self.inDigest = inDigest
    self.erratum = erratum
    self.source = source
    self.sourceHash = sourceHash
    self.wordsHash = wordsHash
    self.derivation = derivation
  }
}
