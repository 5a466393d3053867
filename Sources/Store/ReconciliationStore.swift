package import Model

/// A delivery of which nobody knows whether the relay took it.
package struct OpenDelivery: Equatable, Sendable {
  package enum Content: Equatable, Sendable {
    case edition(IssueName, subscriber: Int64)
    case message([UInt8])
  }

  package var key: Int64
  package var content: Content
  /// `uncertain` or `unknown`.
  package var state: DeliveryState
  package var recipient: EmailAddress
  /// How often it was tried: tells whether it was tried again since.
  package var attempts: Int
  /// From its first claim to when the last try was given up; nil where a store of an older feedgen
  /// did not note it.
  package var tried: ClosedRange<Instant>?

  package init(
    key: Int64,
    content: Content,
    state: DeliveryState,
    recipient: EmailAddress,
    attempts: Int,
    tried: ClosedRange<Instant>?
  ) {
    self.key = key
    self.content = content
    self.state = state
    self.recipient = recipient
    self.attempts = attempts
    self.tried = tried
  }
}

/// What a relay's log has proven of a delivery.
package struct Reconciliation: Equatable, Sendable {
  package enum Finding: Equatable, Sendable {
    /// The relay took it, under this queue id.
    case accepted(queueID: String, at: Instant)
    /// The relay never had it.
    case notAccepted
  }

  package var delivery: Int64
  package var attempts: Int
  package var finding: Finding

  package init(_ delivery: OpenDelivery, _ finding: Finding) {
    self.delivery = delivery.key
    attempts = delivery.attempts
    self.finding = finding
  }
}

/// The deliveries whose fate the network hid.
package protocol ReconciliationStore: AnyObject, Sendable {
  /// Those that are uncertain or unknown.
  func openDeliveries() throws -> [OpenDelivery]

  /// Deliveries that the same relay took while an open one was tried: what a log of that time must
  /// show.
  func takenDeliveries(beside delivery: Int64, atMost limit: Int) throws
    -> [OpenDelivery.Content]

  /// Settles deliveries by what was found out; at most 500. One that was tried again since stays as
  /// it is.
  ///
  /// What was accepted is. What was not is pending as if it had never been tried: with the same
  /// bytes, and its articles are owed again.
  ///
  /// - Returns: how many were settled.
  func reconcile(_ found: [Reconciliation]) throws -> Int
}
