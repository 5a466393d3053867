package import Model

/// What became of a run's deliveries.
package struct DeliveryReport: Equatable, Sendable {
  /// Why the run took no more.
  package enum End: Equatable, Sendable {
    /// Nothing more is due.
    case finished
    /// It was asked to.
    case stopped
    /// The editor has stopped all mail.
    case onHold
    /// The relay failed before, and is left alone until then.
    case resting(Instant)
    case failed(RelayError)
  }

  /// A delivery that was not taken.
  ///
  /// Its address is masked, also in what the server said.
  package struct Trouble: Equatable, Sendable {
    package var recipient: String
    package var reply: String
  }

  /// More are only counted, so that memory does not grow with the recipients.
  private static let mostTroubles = 100

  package internal(set) var accepted = 0
  package internal(set) var rejected = 0
  package internal(set) var deferred = 0
  package internal(set) var uncertain = 0
  package internal(set) var previewed = 0
  /// The first of those that were not taken.
  package internal(set) var troubles: [Trouble] = []
  package internal(set) var end = End.finished

  package init(end: End = .finished) {
    self.end = end
  }

  /// How many deliveries were tried.
  package var total: Int { accepted + rejected + deferred + uncertain + previewed }

  mutating func record(_ outcome: DeliveryOutcome, for recipient: EmailAddress) {
    switch outcome {
    case .accepted: accepted += 1
    case .previewed: previewed += 1
    case .untouched: break
    case .rejected(let reply):
      rejected += 1
      note("\(reply)", recipient)
    case .deferred(let reply):
      deferred += 1
      note("\(reply)", recipient)
    case .uncertain(let reason):
      uncertain += 1
      note(reason, recipient)
    }
  }

  private mutating func note(_ reply: String, _ recipient: EmailAddress) {
    guard troubles.count < Self.mostTroubles else { return }
    let masked = reply.replacing(recipient.description, with: recipient.masked)
    troubles.append(Trouble(recipient: recipient.masked, reply: masked))
  }
}
