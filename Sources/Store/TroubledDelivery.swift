package import Model

/// A delivery that was tried and has not arrived, as far as anybody knows.
package struct TroubledDelivery: Equatable, Sendable {
  /// Nil for a message without an issue.
  package var issue: IssueName?
  package var recipient: EmailAddress
  package var state: DeliveryState
  package var attempts: Int
  /// When it is tried again.
  package var notBefore: Instant?
  /// What the relay said last, or why nobody knows.
  package var reply: String?

  package init(
    issue: IssueName?,
    recipient: EmailAddress,
    state: DeliveryState,
    attempts: Int,
    notBefore: Instant?,
    reply: String?
  ) {
    self.issue = issue
    self.recipient = recipient
    self.state = state
    self.attempts = attempts
    self.notBefore = notBefore
    self.reply = reply
  }
}
