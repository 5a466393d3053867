package import Model

/// Who hands a message over, and whom to (RFC 5321 §2.3.1): not the message's own From and To.
package struct Envelope: Equatable, Sendable {
  package var sender: EmailAddress
  package var recipient: EmailAddress

  package init(sender: EmailAddress, recipient: EmailAddress) {
    self.sender = sender
    self.recipient = recipient
  }
}
