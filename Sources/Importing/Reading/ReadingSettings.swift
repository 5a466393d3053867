package import Model

/// What a site lays down about reading articles.
package struct ReadingSettings: Sendable {
  /// Whose clocks a date without an offset means.
  package var zone: Zone
  /// Of articles that name none.
  package var language: Language
  package var topics: [Topic]
  /// Of articles that name none.
  package var defaultTopics: [Slug]
  /// Of articles that state no date.
  package var defaultPublished: Instant?
  /// What the categories of a source are here, by their names without case.
  private var categories: [String: CategoryMeaning] = [:]

  /// What an operator says of a category.
  package enum CategoryMeaning: Hashable, Sendable {
    case topic(Slug)
    /// It is known, and no topic.
    case nothing
  }

  package init(
    zone: Zone,
    language: Language,
    topics: [Topic],
    defaultTopics: [Slug] = [],
    defaultPublished: Instant? = nil
  ) {
    self.zone = zone
    self.language = language
    self.topics = topics
    self.defaultTopics = defaultTopics
    self.defaultPublished = defaultPublished
  }

  package mutating func setMeaning(of category: String, _ meaning: CategoryMeaning) {
    categories[foldedCase(category)] = meaning
  }

  func meaning(of category: String) -> CategoryMeaning? {
    categories.isEmpty ? nil : categories[foldedCase(category)]
  }
}
