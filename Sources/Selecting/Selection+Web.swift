package import Model

extension Selection {
  /// The edition for anybody: all topics, with all that has appeared after a release, and without
  /// a ceiling; nil where nothing has.
  package func publicEdition(in language: Language, after release: Int64) -> Edition? {
    let anybody = Owed(
      subscriber: 0,
      language: language,
      covered: release,
      since: Dictionary(topics.map { ($0, release) }, uniquingKeysWith: { since, _ in since })
    )
    let sections = articles(for: anybody)
    let corrections = errata.filter { $0.release > release }
      .map { Edition.Erratum(article: $0.article, text: $0.text) }
    guard !sections.isEmpty || !corrections.isEmpty else { return nil }
    return Edition(language: language, sections: sections, errata: corrections)
  }
}
