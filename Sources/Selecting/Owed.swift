package import Model

/// What an issue knows of an article when it decides who gets it.
package struct Candidate: Sendable {
  package var key: Int64
  package var release: Int64
  package var published: Instant
  package var id: String
  /// In the site's order.
  package var topics: [Slug]

  package init(key: Int64, release: Int64, published: Instant, id: String, topics: [Slug]) {
    self.key = key
    self.release = release
    self.published = published
    self.id = id
    self.topics = topics
  }
}

/// What a subscriber is owed of an issue.
package struct Owed: Sendable {
  package var language: Language
  /// All releases up to this one are settled.
  package var covered: Int64
  /// Per topic, the release at which it was chosen.
  package var since: [Slug: Int64]

  package init(language: Language, covered: Int64, since: [Slug: Int64]) {
    self.language = language
    self.covered = covered
    self.since = since
  }

  /// The edition for this subscriber, or nil where there is too little to say.
  ///
  /// Each article comes once, under the first of the subscriber's topics in the site's order,
  /// newest first.
  ///
  /// - Parameters:
  ///   - candidates: the articles, newest first.
  ///   - topics: the site's topics, in order.
  package func edition(
    of candidates: [Candidate],
    topics: [Slug],
    settings: DigestSettings
  ) -> Edition? {
    var articles: [Slug: [Int64]] = [:]
    var count = 0
    for candidate in candidates where count < settings.ceiling {
      guard let topic = topic(of: candidate) else { continue }
      articles[topic, default: []].append(candidate.key)
      count += 1
    }
    guard count >= max(1, settings.minItems) else { return nil }
    return Edition(
      language: language,
      sections: topics.compactMap { topic in
        articles[topic].map { Edition.Section(topic: topic, articles: $0) }
      }
    )
  }

  /// Whether any of the articles is owed, also where it is too little for a message.
  package func isOwedAnything(of candidates: [Candidate]) -> Bool {
    candidates.contains { topic(of: $0) != nil }
  }

  /// The first of the subscriber's topics that the article has, where it is owed through any.
  private func topic(of candidate: Candidate) -> Slug? {
    guard candidate.release > covered else { return nil }
    let chosen = candidate.topics.filter { since[$0] != nil }
    let isOwed = chosen.contains { candidate.release > since[$0] ?? .max }
    return isOwed ? chosen.first : nil
  }
}

extension Candidate {
  /// The order in which a digest lists articles: newest first, then by id.
  package static func isListedBefore(_ left: Candidate, _ right: Candidate) -> Bool {
    (left.published, left.id) > (right.published, right.id)
  }
}
