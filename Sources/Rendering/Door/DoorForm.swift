package import Model

/// What a form shows as chosen.
package struct DoorChoices: Equatable, Sendable {
  package var topics: Set<Slug>
  package var cadence: Cadence?
  package var language: Language?

  package init(topics: Set<Slug> = [], cadence: Cadence? = nil, language: Language? = nil) {
    self.topics = topics
    self.cadence = cadence
    self.language = language
  }
}

/// What is wrong with a form.
package enum DoorProblem: CaseIterable, Sendable {
  case address, topics

  /// The id of its field.
  var field: String {
    switch self {
    case .address: "email"
    case .topics: "topics"
    }
  }

  var phrase: PhraseKey {
    switch self {
    case .address: .addressError
    case .topics: .topicsError
    }
  }
}

/// The form to subscribe with, as it is shown.
package struct SubscribeForm: Sendable {
  package var email: String
  package var choices: DoorChoices
  /// When it was shown, signed.
  package var stamp: String
  package var problems: Set<DoorProblem>
  /// Whether the answers come from elsewhere, and are to be looked over.
  package var isForReview: Bool

  package init(
    email: String = "",
    choices: DoorChoices = DoorChoices(),
    stamp: String,
    problems: Set<DoorProblem> = [],
    isForReview: Bool = false
  ) {
    self.email = email
    self.choices = choices
    self.stamp = stamp
    self.problems = problems
    self.isForReview = isForReview
  }
}

/// The form with a subscriber's preferences, as it is shown.
package struct PreferencesForm: Sendable {
  package var address: EmailAddress
  package var choices: DoorChoices
  /// When a pause ends; nil without one.
  package var pausedUntil: Instant?
  package var token: String
  /// The token of the page to leave by.
  package var leaveToken: String
  package var problems: Set<DoorProblem>
  package var isSaved: Bool

  package init(
    address: EmailAddress,
    choices: DoorChoices,
    pausedUntil: Instant? = nil,
    token: String,
    leaveToken: String,
    problems: Set<DoorProblem> = [],
    isSaved: Bool = false
  ) {
    self.address = address
    self.choices = choices
    self.pausedUntil = pausedUntil
    self.token = token
    self.leaveToken = leaveToken
    self.problems = problems
    self.isSaved = isSaved
  }

  /// For how many weeks nothing comes; the form sends the number, 0 for none, or `keep`.
  package static let pauses = [2, 4, 8]
  package static let keepsPause = "keep"
}

/// The form for another address, as it is shown.
package struct MoveForm: Sendable {
  package var email: String
  package var token: String
  package var isWrong: Bool

  package init(email: String = "", token: String, isWrong: Bool = false) {
    self.email = email
    self.token = token
    self.isWrong = isWrong
  }
}

/// What a subscriber can ask for by a link that is mailed to them.
package enum OwnDataRequest: String, CaseIterable, Sendable {
  case data, move, erase

  /// The name of the field that asks.
  package static let field = "ask"
}
