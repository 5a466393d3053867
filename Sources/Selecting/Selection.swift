package import Model

/// What an issue has to give, before it is known to whom.
package struct Selection: Sendable {
  /// Newest first, but the editor's lead before all.
  private let candidates: [Candidate]
  /// The latest first.
  let errata: [Erratum]
  let topics: [Slug]
  private let settings: DigestSettings
  private let lead: Int64?
  /// What the editor keeps for the next issue.
  private let excluded: [Candidate]

  /// - Parameters:
  ///   - topics: the site's topics, in order.
  package init(
    candidates: [Candidate],
    errata: [Erratum] = [],
    topics: [Slug],
    settings: DigestSettings,
    choice: EditorsChoice = EditorsChoice()
  ) {
    let listed = candidates.filter { !choice.excluded.contains($0.id) }
      .sorted(by: Candidate.isListedBefore)
    let lead = listed.filter { $0.id == choice.lead }
    self.candidates = lead + listed.filter { $0.id != choice.lead }
    self.lead = lead.first?.key
    self.errata = errata.sorted { $0.release > $1.release }
    self.topics = topics
    self.settings = settings
    excluded = candidates.filter { choice.excluded.contains($0.id) }
  }

  /// The edition for a subscriber, or nil where there is too little to say.
  ///
  /// Each article comes once, under the first of the subscriber's topics in the site's order,
  /// newest first. What is over the ceiling is left out of the topics that have most, and counted.
  package func edition(for reader: Owed) -> Edition? {
    let lists = articles(for: reader)
    let corrections = errata.filter(reader.isOwed)
    let count = lists.reduce(corrections.count) { $0 + $1.articles.count }
    guard count >= max(1, settings.minItems) else { return nil }
    return Edition(
      language: reader.language,
      sections: shortened(lists),
      errata: corrections.map { Edition.Erratum(article: $0.article, text: $0.text) },
      missed: reader.missed.map(\.name)
    )
  }

  /// Whether anything is owed, also where it is too little for a message.
  package func owesAnything(to reader: Owed) -> Bool {
    !reader.missed.isEmpty || errata.contains(where: reader.isOwed)
      || candidates.contains { reader.topic(of: $0) != nil }
  }

  /// The keys of the articles that the subscriber would get, had the editor not excluded them.
  package func postponed(for reader: Owed) -> [Int64] {
    excluded.filter { reader.topic(of: $0) != nil }.map(\.key)
  }

  /// All that is owed, by topic, in the order of the message.
  func articles(for reader: Owed) -> [Edition.Section] {
    var articles: [Slug: [Int64]] = [:]
    for candidate in candidates {
      guard let topic = reader.topic(of: candidate) else { continue }
      articles[topic, default: []].append(candidate.key)
    }
    let sections = topics.compactMap { topic in
      articles[topic].map { Edition.Section(topic: topic, articles: $0) }
    }
    let leading = sections.filter { $0.articles.first == lead }
    return leading + sections.filter { $0.articles.first != lead }
  }

  private func shortened(_ sections: [Edition.Section]) -> [Edition.Section] {
    let counts = sections.map(\.articles.count)
    guard counts.reduce(0, +) > settings.ceiling else { return sections }
    return zip(sections, shares(of: settings.ceiling, among: counts)).map { section, share in
      Edition.Section(
        topic: section.topic,
        articles: Array(section.articles.prefix(share)),
        left: section.articles.count - share
      )
    }
  }
}

/// Shares places out, one each in turn, to those that still need some.
///
/// Each gets one, also where there are not so many: a topic that has news never vanishes.
func shares(of places: Int, among needs: [Int]) -> [Int] {
  var shares = needs.map { min($0, 1) }
  var rest = places - shares.reduce(0, +)
  while rest > 0, shares != needs {
    for index in needs.indices where rest > 0 && shares[index] < needs[index] {
      shares[index] += 1
      rest -= 1
    }
  }
  return shares
}
