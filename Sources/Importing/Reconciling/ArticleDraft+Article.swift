package import Model

extension ArticleDraft {
  /// The article that the draft makes, in place of the version that the store has.
  ///
  /// - Parameters:
  ///   - id: its permanent identity.
  ///   - slug: its name in addresses.
  ///   - old: the version that the store has.
  ///   - derivation: what made the content from the source.
  ///   - asOf: the instant of the run: the date of what has none, and of a change.
  package func article(
    id: String,
    slug: Slug,
    replacing old: Article?,
    derivation: String,
    asOf: Instant
  ) -> Article {
    // An article without a date has that of its first sight, and keeps it.
    let published = published ?? old?.published ?? asOf
    let kept = isPartial ? old : nil
    return Article(
      id: id,
      slug: slug,
      origin: origin,
      standing: standing(after: old),
      title: title,
      summary: summary.nonEmpty ?? kept?.summary ?? "",
      content: content,
      language: language,
      authors: authors.isEmpty ? kept?.authors ?? [] : authors,
      topics: topics(after: kept),
      url: url ?? kept?.url,
      image: image ?? kept?.image,
      enclosures: enclosures.isEmpty ? kept?.enclosures ?? [] : enclosures,
      attribution: attribution,
      published: published,
      updated: max(published, updated(after: old, published: published, asOf: asOf)),
      inDigest: inDigest,
      erratum: erratum,
      source: source,
      sourceHash: sourceHash,
      wordsHash: wordsHash,
      derivation: derivation
    )
  }

  /// Whether the store has all that the draft says, derived by the same means.
  package func isSame(as old: Article, derivation: String) -> Bool {
    sourceHash == old.sourceHash && derivation == old.derivation
      && standing(after: old) == old.standing
      && topics(after: isPartial ? old : nil) == old.topics
  }

  /// A feed does not name all that an article is about, as the parents of a category: it moves an
  /// article to another topic, and never only takes one away.
  private func topics(after kept: Article?) -> [Slug] {
    guard let kept, topics.allSatisfy(kept.topics.contains) else { return topics }
    return kept.topics
  }

  /// `updated` is decided on what was read, never on what was derived from it: a better sanitiser
  /// must not mark a whole archive as new in every reader.
  private func updated(after old: Article?, published: Instant, asOf: Instant) -> Instant {
    guard let old else { return updated ?? published }
    if let updated { return max(updated, old.updated) }
    let isSignificant = !isMinor && wordsHash != old.wordsHash
    return isSignificant ? max(asOf, old.updated) : old.updated
  }

  /// What a person deleted stays deleted, although its file is there.
  private func standing(after old: Article?) -> Article.Standing {
    if old?.standing == .deleted { return .deleted }
    return isDraft ? .draft : .published
  }
}
