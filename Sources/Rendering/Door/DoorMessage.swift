package import Model

/// What a page says that says one thing.
package enum DoorMessage: Equatable, Sendable {
  case checkMail(address: String)
  case confirm(EmailAddress, topics: [Slug], token: String)
  /// - Parameters:
  ///   - next: the day of the next letter, where it is known.
  ///   - latest: where the latest issue can be read, where there is one.
  ///   - preferences: the token of the page where they can be changed.
  case confirmed(topics: [Slug], next: CivilDate?, latest: String?, preferences: String)
  case leave(EmailAddress, topic: Slug?, token: String, preferences: String)
  case left(topic: Slug?)
  case refuse(EmailAddress, token: String)
  case refused
  /// - Parameter isOutdated: whether what was decided was about an earlier plan, and so not done.
  case issue(IssueReview, token: String, isOutdated: Bool)
  /// A message with a link is on its way to a subscriber.
  case linkSent(EmailAddress)
  case arrive(EmailAddress, token: String)
  case arrived
  /// An address that is another subscriber's, or must not be written to.
  case taken
  case data(EmailAddress, token: String)
  case erase(EmailAddress, token: String)
  case erased
  case failure(DoorFailure)
}

/// Why there is no page.
package enum DoorFailure: Int, CaseIterable, Sendable {
  case badLink = 400
  case notFound = 404
  case wrongMethod = 405
  case tooSlow = 408
  case expired = 410
  case tooLarge = 413
  case wrongType = 415
  case tooMany = 429
  case busy = 503

  var phrases: (title: PhraseKey, text: PhraseKey) {
    switch self {
    case .badLink: (.badLinkTitle, .badLinkText)
    case .notFound: (.notFoundTitle, .notFoundText)
    case .wrongMethod, .tooSlow, .tooLarge, .wrongType: (.badRequestTitle, .badRequestText)
    case .expired: (.expiredTitle, .expiredText)
    case .tooMany: (.tooManyTitle, .tooManyText)
    case .busy: (.busyTitle, .busyText)
    }
  }
}

/// What a form with nothing but a button sends.
package struct DoorField: Equatable, Sendable {
  package var name: String
  package var value: String

  /// RFC 8058 §3.1.
  package static let oneClick = DoorField(name: "List-Unsubscribe", value: "One-Click")
  package static let confirm = DoorField(name: "confirm", value: "yes")

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
