package import Model

/// What takes messages off our hands: a mail server or the outbox.
package protocol Transport {
  /// Hands one message over.
  ///
  /// - Returns: what became of it, also when it was refused.
  /// - Throws: where it was not handed over, and no other message would be.
  mutating func send(
    _ envelope: Envelope,
    message: OutgoingMessage
  ) throws(RelayError) -> DeliveryOutcome

  /// Ends in good order; nothing is sent afterwards.
  mutating func finish()
}
