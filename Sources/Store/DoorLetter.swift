package import Model

/// A message with a link for an address that is known, or that somebody says is theirs.
package struct DoorLetter: Equatable, Sendable {
  package var recipient: EmailAddress
  /// The hash of the token with which the recipient says never to be written to again, for an
  /// address that is not known to want mail.
  package var refusalHash: [UInt8]?
  /// When it is not worth sending any more, and forgotten.
  package var expires: Instant
  /// Complete (RFC 5322).
  package var message: [UInt8]

  package init(
    recipient: EmailAddress,
    refusalHash: [UInt8]? = nil,
    expires: Instant,
    message: [UInt8]
  ) {
    self.recipient = recipient
    self.refusalHash = refusalHash
    self.expires = expires
    self.message = message
  }

  /// Whether it asks an address that somebody has typed in.
  package var isAsking: Bool { refusalHash != nil }
}
