/// An article as a feed or a digest shows it, without its content.
package struct Entry: Equatable, Sendable {
  package var id: String
  package var slug: Slug
  package var title: String
  /// Plain text; empty where there is none.
  package var summary: String
  /// Where the publication shows it; nil for an article that only feedgen shows.
  package var url: String?
  package var image: String?
  package var enclosures: [Enclosure]
  /// The feed that it was first published in, where that is another's.
  package var attribution: Attribution?
  package var language: Language
  package var authors: [Person]
  /// In the site's order.
  package var topics: [Slug]
  package var published: Instant
  package var updated: Instant

  package init(
    id: String,
    slug: Slug,
    title: String,
    summary: String,
    url: String?,
    image: String? = nil,
    enclosures: [Enclosure] = [],
    attribution: Attribution? = nil,
    language: Language,
    authors: [Person],
    topics: [Slug],
    published: Instant,
    updated: Instant
  ) {
    self.id = id
    self.slug = slug
    self.title = title
    self.summary = summary
    self.url = url
    self.image = image
    self.enclosures = enclosures
    self.attribution = attribution
    self.language = language
    self.authors = authors
    self.topics = topics
    self.published = published
    self.updated = updated
  }
}

extension Site {
  /// Where people read an article: at the publication, or on the page that feedgen makes for it.
  package func address(of entry: Entry) -> String {
    entry.url ?? feedsURL + pagePath(of: entry.slug)
  }
}

/// The page of an article that has no other, below the output folder.
package func pagePath(of article: Slug) -> String {
  "articles/\(article).html"
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
