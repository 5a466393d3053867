/// A person with an address, who chose topics.
package struct Subscriber: Equatable, Sendable {
  package var address: EmailAddress
  package var name: String?
  package var language: Language
  package var cadence: Cadence
  package var topics: [Slug]

  package init(
    address: EmailAddress,
    name: String? = nil,
    language: Language,
    cadence: Cadence = .weekly,
    topics: [Slug]
  ) {
    self.address = address
    self.name = name
    self.language = language
    self.cadence = cadence
    self.topics = topics
  }
}

/// How an address came to be subscribed: what a publication must be able to show.
///
/// GDPR art. 7.1 asks for it.
package struct Consent: Equatable, Sendable {
  package var given: Instant
  package var source: String

  package init(given: Instant, source: String) {
    self.given = given
    self.source = source
  }
}

/// Why an address must not be written to.
package enum SuppressionReason: String, CaseIterable, Sendable {
  case left, erased, dead, complaint, never
  case byHand = "by-hand"
}
