package import Model

/// All that a store keeps of one subscriber.
package struct PersonalData: Equatable, Sendable {
  /// Message-IDs and the links of messages are made from it.
  package var key: Int64
  package var subscriber: Subscriber
  package var created: Instant
  package var pausedUntil: Instant?
  /// In the site's order.
  package var topics: [ChosenTopic]
  package var suppression: Suppression?
  /// The oldest first.
  package var consents: [GivenConsent]
  /// What was asked for by the reader's door and has not been forgotten yet, the oldest first.
  package var requests: [Request]
  /// The oldest first.
  package var messages: [Message]
  /// The issues that went out during a pause, and that no message has told of yet.
  package var missed: [IssueName]

  package init(
    key: Int64,
    subscriber: Subscriber,
    created: Instant,
    pausedUntil: Instant?,
    topics: [ChosenTopic],
    suppression: Suppression?,
    consents: [GivenConsent],
    requests: [Request],
    messages: [Message],
    missed: [IssueName]
  ) {
    self.key = key
    self.subscriber = subscriber
    self.created = created
    self.pausedUntil = pausedUntil
    self.topics = topics
    self.suppression = suppression
    self.consents = consents
    self.requests = requests
    self.messages = messages
    self.missed = missed
  }
}

extension PersonalData {
  /// A topic, and when it was chosen.
  package struct ChosenTopic: Equatable, Sendable {
    package var slug: Slug
    package var chosen: Instant

    package init(slug: Slug, chosen: Instant) {
      self.slug = slug
      self.chosen = chosen
    }
  }
}
