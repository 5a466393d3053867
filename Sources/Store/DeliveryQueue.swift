package import Model

/// A delivery that this run has taken.
package struct Claim: Equatable, Sendable {
  package var delivery: Int64
  package var issue: Int64
  package var name: IssueName
  package var group: Int
  package var subscriber: Int64
  package var recipient: Mailbox
  /// The Date header: the instant of the first claim, the same on every try.
  package var date: Instant
  /// From 1.
  package var attempt: Int

  package init(
    delivery: Int64,
    issue: Int64,
    name: IssueName,
    group: Int,
    subscriber: Int64,
    recipient: Mailbox,
    date: Instant,
    attempt: Int
  ) {
    self.delivery = delivery
    self.issue = issue
    self.name = name
    self.group = group
    self.subscriber = subscriber
    self.recipient = recipient
    self.date = date
    self.attempt = attempt
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

/// How many deliveries are in each state.
package typealias DeliveryCounts = [DeliveryState: Int]

/// The messages that are owed, one delivery each.
package protocol DeliveryQueue: AnyObject, Sendable {
  /// Settles what ended and claims what is next, in one transaction, durable when it returns.
  ///
  /// Suppressions are looked up again with each claim: a delivery to an address that must not be
  /// written to any more is cancelled, not claimed.
  ///
  /// What a settlement does to its delivery: `accepted`, `rejected` and `previewed` are its end (a
  /// rejection with an enhanced code 5.7.x is about the sender, and suppresses nobody). `deferred`
  /// is pending again, not before `notBefore`, and keeps the reply. `uncertain` waits for
  /// `notBefore` too and is then claimed once more, behind all that is certain; uncertain for the
  /// second time it is `unknown`, for good. `untouched` is pending as it was before the claim, and
  /// its try does not count: the next claim has the same `attempt`. Where it is settled but not
  /// claimed by this run, nothing happens.
  ///
  /// - Parameters:
  ///   - settled: outcomes of deliveries that this run had claimed.
  ///   - wanting: the most deliveries to claim.
  ///   - run: which run claims.
  ///   - asOf: the instant that becomes the Date of a first claim.
  ///   - now: the real time, for what waits for its next try.
  func exchange(
    settled: [Settlement],
    wanting: Int,
    run: String,
    asOf: Instant,
    now: Instant
  ) throws -> [Claim]

  /// Puts back what a run that has died had claimed.
  ///
  /// - Returns: how many there were.
  func recoverClaims(except run: String) throws -> Int

  /// Whether any delivery could be claimed now.
  func hasPending(now: Instant) throws -> Bool

  func counts(of issue: Int64?) throws -> DeliveryCounts
}
