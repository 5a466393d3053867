import Model

/// Which of a site's topics the categories of a source are.
struct CategoryTopics {
  /// The topics that an entry gets, each once.
  private(set) var topics: [Slug] = []
  /// Categories that are no topic of the site's, nor part of one.
  private(set) var unknown: [String] = []

  init(_ categories: [SourceEntry.Category], _ names: TopicNames, _ settings: ReadingSettings) {
    for category in categories {
      let meaning = ([category.name] + category.ancestors).lazy.compactMap { name in
        settings.meaning(of: name) ?? names[name].map(ReadingSettings.CategoryMeaning.topic)
      }.first
      switch meaning {
      case .topic(let slug)?: if !topics.contains(slug) { topics.append(slug) }
      case .nothing?: continue
      case nil: unknown.append(category.name)
      }
    }
    if topics.isEmpty { topics = settings.defaultTopics }
  }
}
