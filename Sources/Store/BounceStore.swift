package import Model

/// A message of an issue that was handed over, or may have been.
package struct SentEdition: Equatable, Sendable {
  package var delivery: Int64
  package var issue: IssueName
  package var subscriber: Int64
  /// As the subscriber has it now.
  package var recipient: EmailAddress

  package init(delivery: Int64, issue: IssueName, subscriber: Int64, recipient: EmailAddress) {
    self.delivery = delivery
    self.issue = issue
    self.subscriber = subscriber
    self.recipient = recipient
  }
}

/// What a message from the mailbox for returned mail was shown to say.
package enum ReturnFinding: Equatable, Sendable {
  /// A delivery was refused, after the relay had taken it.
  case refused(delivery: Int64, Refusal)
  /// A subscriber told their provider that a message is unwanted.
  case complaint(subscriber: Int64)
  /// A subscriber asked to be taken off the list.
  case left(subscriber: Int64)
}

/// What a finding changed.
package enum ReturnEffect: Equatable, Sendable {
  /// The address gets nothing any more.
  case suppressed(EmailAddress, SuppressionReason)
  /// It is on record, and nothing else.
  case noted
}

/// Why an address must not be written to, since when, and what shows it.
package struct Suppression: Equatable, Sendable {
  package var reason: SuppressionReason
  /// A server's words with the issue that they are about, or a person's.
  package var evidence: String?
  package var since: Instant

  package init(reason: SuppressionReason, evidence: String?, since: Instant) {
    self.reason = reason
    self.evidence = evidence
    self.since = since
  }
}

/// What comes back of the mail that was sent, and the addresses that must not be written to.
///
/// An address wears out, and is suppressed as dead, once its mailbox was full, or it refused
/// without saying why, for at least ``worn`` issues in a row over at least ``wornAfter``. An issue
/// that was refused for another reason does not count and does not end the row.
package protocol BounceStore: AnyObject, Sendable {
  /// The latest editions that a subscriber was sent, newest first; none for an address that is no
  /// subscriber's.
  func editionsSent(to address: EmailAddress, atMost limit: Int) throws -> [SentEdition]

  /// The edition that a delivery handed over; nil where it did not, or its subscriber is gone.
  func editionSent(by delivery: Int64) throws -> SentEdition?

  /// The address of a subscriber; nil where there is none with this key.
  func address(ofSubscriber key: Int64) throws -> EmailAddress?

  /// Acts on a message that came back, in one transaction.
  ///
  /// - Parameter identity: tells the message from all others.
  /// - Returns: what each finding changed; nil where the message was taken before, and nothing is
  ///   done.
  func take(
    _ findings: [ReturnFinding],
    from identity: [UInt8],
    at instant: Instant
  ) throws -> [ReturnEffect]?

  /// Acts on the refusal of a delivery by the relay itself, by the same rules.
  func noteRefusal(_ refusal: Refusal, of delivery: Int64, at instant: Instant) throws
    -> ReturnEffect

  /// How many messages of an issue were handed over, and how many of these were refused, by why.
  func refusals(of issue: IssueName) throws -> (sent: Int, refused: [RefusalClass: Int])

  /// Suppresses an address by hand.
  ///
  /// - Returns: what stands now: an earlier suppression that weighs as much or more stays.
  func suppress(_ address: EmailAddress, _ suppression: Suppression) throws -> Suppression

  func suppression(of address: EmailAddress) throws -> Suppression?

  /// Lets an address be written to again.
  ///
  /// - Returns: whether it was suppressed.
  func liftSuppression(of address: EmailAddress) throws -> Bool

  /// How many addresses are suppressed, known ones and those of which only a hash is left.
  func suppressionCounts() throws -> [SuppressionReason: Int]
}

extension BounceStore {
  package static var worn: Int { 3 }
  package static var wornAfter: Interval { .days(30) }
}

extension SuppressionReason {
  /// Which of two reasons stands: what a person wanted outweighs what a server said.
  package var weight: Int {
    switch self {
    case .dead: 0
    case .byHand: 1
    case .left: 2
    case .complaint: 3
    case .never: 4
    case .erased: 5
    }
  }

  /// Whether the person said so, and lifting it would be against their will.
  package var isFinal: Bool { weight >= Self.complaint.weight }
}
