package import Model

/// What an issue knows of an article when it decides who gets it.
package struct Candidate: Sendable {
  package var key: Int64
  /// It is owed to those who have not settled this release.
  package var release: Int64
  /// It is owed through topics that were chosen before this release: where it is offered again,
  /// the one at which it was new.
  package var firstRelease: Int64
  /// The subscribers who have had it, where it is offered again.
  package var readers: Set<Int64>
  package var published: Instant
  package var id: String
  /// In the site's order.
  package var topics: [Slug]

  package init(
    key: Int64,
    release: Int64,
    firstRelease: Int64? = nil,
    readers: Set<Int64> = [],
    published: Instant,
    id: String,
    topics: [Slug]
  ) {
    self.key = key
    self.release = release
    self.firstRelease = firstRelease ?? release
    self.readers = readers
    self.published = published
    self.id = id
    self.topics = topics
  }

  /// The order in which a digest lists articles: newest first, then by id.
  package static func isListedBefore(_ left: Candidate, _ right: Candidate) -> Bool {
    (left.published, left.id) > (right.published, right.id)
  }
}

/// A correction, and who had the article that it is about.
package struct Erratum: Sendable {
  /// The key of the article.
  package var article: Int64
  package var text: String
  package var release: Int64
  package var readers: Set<Int64>

  package init(article: Int64, text: String, release: Int64, readers: Set<Int64>) {
    self.article = article
    self.text = text
    self.release = release
    self.readers = readers
  }
}

/// What the editor has decided for one issue; articles are named by their ids.
package struct EditorsChoice: Equatable, Sendable {
  /// The article that comes first.
  package var lead: String?
  /// The articles that wait for the next issue.
  package var excluded: Set<String>

  package init(lead: String? = nil, excluded: Set<String> = []) {
    self.lead = lead
    self.excluded = excluded
  }
}
