import Model

/// A system whose exported tables `subscribers import --map` reads.
///
/// In all of them, who has not confirmed is left out, whoever must not be written to is suppressed,
/// and all others get what new subscribers get: all topics, in the site's language.
enum ForeignSystem: String, CaseIterable, Sendable {
  case mailchimp, mailpoet, listmonk, ghost

  /// Without these columns its tables do not say who is a subscriber.
  var neededColumns: [String] {
    switch self {
    case .mailchimp: ["Email Address", "CONFIRM_TIME"]
    case .mailpoet: ["Email", "Global status"]
    case .listmonk: ["email", "status", "created_at"]
    case .ghost: ["email", "subscribed_to_emails", "created_at"]
    }
  }

  /// Whether its tables do not tell who has confirmed.
  var needsConsent: Bool { self == .listmonk }

  /// Whether its tables have a person once for each of their lists.
  var repeatsPeople: Bool { self == .mailpoet }

  /// What a row says of somebody.
  ///
  /// - Parameter consent: how the rows asked to be written to, as the operator says.
  func subscriber(_ row: ForeignRow, consent: String?) -> ForeignSubscriber {
    switch self {
    case .mailchimp: ForeignSubscriber(mailchimp: row)
    case .mailpoet: ForeignSubscriber(mailpoet: row)
    case .listmonk: ForeignSubscriber(listmonk: row, consent: consent)
    case .ghost: ForeignSubscriber(ghost: row)
    }
  }
}
