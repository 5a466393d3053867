/// An article as a feed or a digest shows it, without its content.
package struct Entry: Equatable, Sendable {
  package var id: String
  package var title: String
  /// Plain text; empty where there is none.
  package var summary: String
  package var url: String?
  package var image: String?
  package var language: Language
  package var authors: [Person]
  /// In the site's order.
  package var topics: [Slug]
  package var published: Instant
  package var updated: Instant

  package init(
    id: String,
    title: String,
    summary: String,
    url: String?,
    image: String?,
    language: Language,
    authors: [Person],
    topics: [Slug],
    published: Instant,
    updated: Instant
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.url = url
    self.image = image
    self.language = language
    self.authors = authors
    self.topics = topics
    self.published = published
    self.updated = updated
  }
}

/// An entry that a feed no longer has (RFC 6721 deleted-entry).
package struct Tombstone: Equatable, Sendable {
  package var id: String
  package var left: Instant

  package init(id: String, left: Instant) {
    self.id = id
    self.left = left
  }
}
