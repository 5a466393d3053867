package import Model

/// Somebody's wish to be subscribed, which the address itself has to confirm.
package struct SubscriptionRequest: Equatable, Sendable {
  package var subscriber: Subscriber
  /// The hash of what the link in the message holds: the store cannot confirm by itself.
  package var tokenHash: [UInt8]
  /// What the person saw when they asked.
  package var shown: ShownText
  package var expires: Instant
  /// The message with the link; complete (RFC 5322).
  package var message: [UInt8]

  package init(
    subscriber: Subscriber,
    tokenHash: [UInt8],
    shown: ShownText,
    expires: Instant,
    message: [UInt8]
  ) {
    self.subscriber = subscriber
    self.tokenHash = tokenHash
    self.shown = shown
    self.expires = expires
    self.message = message
  }
}

/// A text that somebody agreed to: its version, and the SHA-256 of it.
package struct ShownText: Equatable, Sendable {
  package var version: String
  package var hash: [UInt8]

  package init(version: String, hash: [UInt8]) {
    self.version = version
    self.hash = hash
  }
}

/// A request that was found by its token.
package struct StoredRequest: Equatable, Sendable {
  package var subscriber: Subscriber
  package var isConfirmed: Bool

  package init(subscriber: Subscriber, isConfirmed: Bool) {
    self.subscriber = subscriber
    self.isConfirmed = isConfirmed
  }
}

/// What readers do for themselves.
package protocol ReaderStore: AnyObject, Sendable {
  func subscriber(_ key: Int64) throws -> SubscriberRecord?

  /// Takes subscribers off all digests, durably; who is not there, or has left, changes nothing.
  func leave(_ subscribers: [Int64], asOf: Instant) throws

  /// Takes one topic from a subscriber; with their last one they leave.
  func leave(_ topic: Slug, by subscriber: Int64, asOf: Instant) throws

  /// Keeps a request and its message, unless the address has asked too often or must not be
  /// written to; who left, was erased or whose address was dead may come back.
  ///
  /// Whatever the answer, the same is written, so that it takes the same time.
  ///
  /// - Returns: whether there is a message to send.
  func request(_ request: SubscriptionRequest, asOf: Instant) throws -> Bool

  /// The request of a token; nil where there is none, or it has expired.
  func request(of tokenHash: [UInt8], asOf: Instant) throws -> StoredRequest?

  /// Subscribes whoever asked, with what they chose, and notes their consent. Once more changes
  /// nothing, also where they have left since.
  ///
  /// - Returns: the key of the subscriber; nil where there is no such request, or the address must
  ///   not be written to any more.
  func confirm(_ tokenHash: [UInt8], asOf: Instant) throws -> Int64?

  /// Keeps a letter to be sent, unless the address has had too many or must not be written to.
  ///
  /// - Returns: whether there is a message to send.
  func send(_ letter: DoorLetter, asOf: Instant) throws -> Bool

  /// The address that was sent a link with a token; nil where there is none, or it has expired.
  func recipient(of tokenHash: [UInt8], asOf: Instant) throws -> EmailAddress?

  /// What a topic is called now, by a name that it has or had.
  func topic(_ slug: Slug) throws -> Slug?

  /// Never writes to the address again that was sent a token.
  func refuse(_ tokenHash: [UInt8], asOf: Instant) throws

  /// Whether any message that asks for a confirmation could be sent now.
  func hasConfirmations(now: Instant) throws -> Bool

  /// Erases what was not confirmed in time, and what is not needed any more to count requests.
  func forgetRequests(asOf: Instant) throws
}

/// How often an address may be asked to confirm.
package enum RequestLimits {
  /// In this time at most one message.
  package static let pause = Interval.hours(24)
  /// In this time at most so many.
  package static let period = Interval.days(30)
  package static let mostInPeriod = 3
  /// Letters with links in a day.
  package static let mostLetters = 5
}
