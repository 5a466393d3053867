package import Model

/// A subscriber with what is needed to decide what they are owed.
package struct SubscriberRecord: Equatable, Sendable {
  package var key: Int64
  package var subscriber: Subscriber
  /// All releases up to this one are settled.
  package var covered: Int64
  /// All releases up to this one have been written to the outbox.
  package var previewed: Int64
  /// Per topic, the release at which it was chosen; -1 where the digest has had no issue yet.
  package var since: [Slug: Int64]
  /// No issue of a slot before this goes to them.
  package var pausedUntil: Instant?
  package var suppression: SuppressionReason?
  /// The latest on record.
  package var consent: Consent?

  package init(
    key: Int64,
    subscriber: Subscriber,
    covered: Int64,
    previewed: Int64,
    since: [Slug: Int64],
    pausedUntil: Instant? = nil,
    suppression: SuppressionReason?,
    consent: Consent?
  ) {
    self.key = key
    self.subscriber = subscriber
    self.covered = covered
    self.previewed = previewed
    self.since = since
    self.pausedUntil = pausedUntil
    self.suppression = suppression
    self.consent = consent
  }
}

/// One row of what `subscribers add` and `import` bring.
package struct SubscriberChange: Sendable {
  package enum Standing: Sendable {
    case active(Consent)
    case suppressed(SuppressionReason)
  }

  package var subscriber: Subscriber
  package var standing: Standing

  package init(subscriber: Subscriber, standing: Standing) {
    self.subscriber = subscriber
    self.standing = standing
  }
}

/// What became of one row.
package enum SubscriberResult: String, Sendable {
  case added, changed, unchanged
  /// The address must not be written to, and so was left out.
  case suppressed
}

/// People and their choices.
package protocol SubscriberStore: AnyObject, Sendable {
  /// Adds subscribers, or changes those that are there; at most 500. A topic that is new to a
  /// subscriber counts from the digest's last issue on.
  func put(_ changes: [SubscriberChange], asOf: Instant) throws -> [SubscriberResult]

  func subscriber(_ address: EmailAddress) throws -> SubscriberRecord?

  /// Writes the name, language, cadence, topics and pause of a subscriber who is there; what they
  /// have got and are owed stays as it is. A topic that is new to them counts as with
  /// ``put(_:asOf:)``.
  func update(_ record: SubscriberRecord, asOf: Instant) throws

  /// Gives a subscriber another address, to which messages that wait go too; the former one counts
  /// as having left, so that no older copy brings it back.
  ///
  /// - Parameter letter: goes out with it.
  /// - Returns: false where the address is another subscriber's, or must not be written to, or they
  ///   have left.
  func move(
    _ subscriber: Int64,
    to address: EmailAddress,
    telling letter: DoorLetter?,
    asOf: Instant
  ) throws -> Bool

  /// The next subscribers behind a key, by key; none behind the last.
  func subscribers(after key: Int64, atMost limit: Int) throws -> [SubscriberRecord]

  /// Visits every subscriber, by key.
  func eachSubscriber(_ visit: (SubscriberRecord) throws -> Void) throws
}
