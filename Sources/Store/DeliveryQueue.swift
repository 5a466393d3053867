package import Model

/// A delivery that this run has taken.
package struct Claim: Equatable, Sendable {
  package enum Content: Equatable, Sendable {
    /// A subscriber's message of an issue, which is put together of what the plan froze.
    case edition(ClaimedEdition)
    /// A message that is complete, but for its signatures.
    case message([UInt8])
  }

  package var delivery: Int64
  package var content: Content
  package var recipient: Mailbox
  /// The Date header: the instant of the first claim, the same on every try.
  package var date: Instant
  /// From 1.
  package var attempt: Int

  package init(
    delivery: Int64,
    content: Content,
    recipient: Mailbox,
    date: Instant,
    attempt: Int
  ) {
    self.delivery = delivery
    self.content = content
    self.recipient = recipient
    self.date = date
    self.attempt = attempt
  }
}

extension Claim {
  package var key: ClaimKey { ClaimKey(delivery: delivery, attempt: attempt) }
}

/// Which message of an issue a delivery is.
package struct ClaimedEdition: Equatable, Sendable {
  package var issue: Int64
  package var name: IssueName
  package var group: Int
  package var subscriber: Int64

  package init(issue: Int64, name: IssueName, group: Int, subscriber: Int64) {
    self.issue = issue
    self.name = name
    self.group = group
    self.subscriber = subscriber
  }
}

/// A message to somebody who makes the publication: a review copy, a report.
package struct StaffMessage: Equatable, Sendable {
  package var recipient: EmailAddress
  /// Complete (RFC 5322).
  package var bytes: [UInt8]

  package init(recipient: EmailAddress, bytes: [UInt8]) {
    self.recipient = recipient
    self.bytes = bytes
  }
}

/// How a claimed delivery ended.
package struct Settlement: Equatable, Sendable {
  package var delivery: Int64
  package var outcome: DeliveryOutcome
  /// When to try again, for one that is to be.
  package var notBefore: Instant?

  package init(delivery: Int64, outcome: DeliveryOutcome, notBefore: Instant? = nil) {
    self.delivery = delivery
    self.outcome = outcome
    self.notBefore = notBefore
  }
}

/// Which try of which delivery.
package struct ClaimKey: Hashable, Sendable {
  package var delivery: Int64
  /// From 1.
  package var attempt: Int

  package init(delivery: Int64, attempt: Int) {
    self.delivery = delivery
    self.attempt = attempt
  }
}

/// A run that claims deliveries.
package struct Claimant: Equatable, Sendable {
  /// Its name.
  package var run: String
  /// Whom it sends through; nil for the outbox.
  package var relay: String?
  /// Becomes the Date of a first claim.
  package var asOf: Instant
  /// The real time, for what waits for its next try.
  package var now: Instant
  /// Whether it takes messages that ask for a confirmation, and no others.
  package var takesConfirmationsOnly: Bool

  package init(
    run: String,
    relay: String? = nil,
    asOf: Instant,
    now: Instant,
    takesConfirmationsOnly: Bool = false
  ) {
    self.run = run
    self.relay = relay
    self.asOf = asOf
    self.now = now
    self.takesConfirmationsOnly = takesConfirmationsOnly
  }
}

/// How many deliveries are in each state.
package typealias DeliveryCounts = [DeliveryState: Int]

/// The messages that are owed, one delivery each.
package protocol DeliveryQueue: RelayLedger {
  /// Settles what ended and claims what is next, in one transaction, durable when it returns.
  ///
  /// Suppressions are looked up again with each claim: a delivery to an address that must not be
  /// written to any more is cancelled, not claimed.
  ///
  /// What a settlement does to its delivery: `accepted`, `rejected` and `previewed` are its end (a
  /// rejection with an enhanced code 5.7.x is about the sender, and suppresses nobody). `deferred`
  /// is pending again (uncertain, where an earlier try was), not before `notBefore`, and keeps the
  /// reply. `uncertain` waits for
  /// `notBefore` too and is then claimed once more, behind all that is certain; uncertain for the
  /// second time it is `unknown`, for good. `untouched` is pending as it was before the claim, and
  /// its try does not count: the next claim has the same `attempt`. Where it is settled but not
  /// claimed by this run, nothing happens.
  ///
  /// - Parameters:
  ///   - settled: outcomes of deliveries that this run had claimed.
  ///   - wanting: the most deliveries to claim.
  ///   - claimant: who claims, and had claimed what is settled.
  func exchange(
    settled: [Settlement],
    wanting: Int,
    by claimant: Claimant
  ) throws -> [Claim]

  /// The runs that have deliveries claimed: those at work, and those that have died.
  func claimingRuns() throws -> [String]

  /// Deliveries that a run has claimed, at most so many.
  func claims(of run: String, atMost limit: Int) throws -> [ClaimKey]

  /// Gives up what was first tried before an instant: what waits has expired, and of what may have
  /// arrived it stays unknown, as it does where its issue was cancelled.
  func expireDeliveries(triedBefore instant: Instant) throws

  /// Adds messages that are complete; no suppression keeps them from going out.
  func add(_ messages: [StaffMessage]) throws

  /// Whether any delivery could be claimed now.
  func hasPending(now: Instant) throws -> Bool

  func counts(of issue: Int64?) throws -> DeliveryCounts

  /// The deliveries that wait for another try, whose fate is open, or that were refused; of each
  /// state the latest, at most so many. Refusals of issues before the latest ten are left out.
  func troubledDeliveries(atMost limit: Int) throws -> [TroubledDelivery]
}
