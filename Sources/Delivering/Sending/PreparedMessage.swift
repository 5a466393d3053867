import Model
package import Store

/// A claimed message in the form that a server takes it in.
package struct PreparedMessage: Sendable {
  package let claim: Claim
  package let envelope: Envelope
  package internal(set) var data: MessageData

  package init(claim: Claim, envelope: Envelope, data: MessageData) {
    self.claim = claim
    self.envelope = envelope
    self.data = data
  }

  package var delivery: Int64 { claim.delivery }

  /// Whether anything but ASCII is in its header or envelope (RFC 6531 §3).
  var needsUTF8: Bool {
    data.hasUTF8Header || envelope.recipient.needsSMTPUTF8 || envelope.sender.needsSMTPUTF8
  }
}
