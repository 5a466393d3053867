package import Model

/// What a subscriber is owed: what has appeared since, in their topics.
package struct Owed: Sendable {
  /// The store's key of the subscriber.
  package var subscriber: Int64
  package var language: Language
  /// All releases up to this one are settled.
  package var covered: Int64
  /// Per topic, the release at which it was chosen.
  package var since: [Slug: Int64]
  /// What went out during a pause and was not told yet, the oldest first.
  package var missed: [MissedIssue]

  package init(
    subscriber: Int64,
    language: Language,
    covered: Int64,
    since: [Slug: Int64],
    missed: [MissedIssue] = []
  ) {
    self.subscriber = subscriber
    self.language = language
    // After a pause only the current period is owed.
    self.covered = max(covered, missed.last?.through ?? 0)
    self.since = since
    self.missed = missed
  }

  /// The first of the subscriber's topics that the article has, where it is owed through any.
  func topic(of candidate: Candidate) -> Slug? {
    guard candidate.release > covered, !candidate.readers.contains(subscriber) else { return nil }
    var first: Slug?
    var isOwed = false
    for topic in candidate.topics {
      guard let chosen = since[topic] else { continue }
      first = first ?? topic
      isOwed = isOwed || candidate.firstRelease > chosen
    }
    return isOwed ? first : nil
  }

  func isOwed(_ erratum: Erratum) -> Bool {
    erratum.release > covered && erratum.readers.contains(subscriber)
  }
}
