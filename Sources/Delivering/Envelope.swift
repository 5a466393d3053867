package import Model

/// Who hands a message over, and whom to (RFC 5321 §2.3.1): not the message's own From and To.
package struct Envelope: Equatable, Sendable {
  package var sender: EmailAddress
  package var recipient: EmailAddress
  /// The same for every try of one delivery, and no other's (RFC 3461 §5.4's envelope id).
  package var identifier: String

  package init(sender: EmailAddress, recipient: EmailAddress, identifier: String) {
    self.sender = sender
    self.recipient = recipient
    self.identifier = identifier
  }
}
