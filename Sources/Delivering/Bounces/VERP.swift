package import Cryptography
package import Model
package import Store

/// Senders of envelopes that name their delivery: `retour+TOKEN@news.example.org`.
///
/// A report then tells by the address that it was sent to which delivery it is about, whatever else
/// it says. The token also covers the recipient's address: once a subscriber has moved, reports on
/// the old address are not theirs.
package struct VERP: Sendable {
  /// RFC 5321 §4.5.3.1.1.
  private static let longestLocalPart = 64
  /// The longest local part of an address that leaves room for `+TOKEN`.
  package static let longestBase = longestLocalPart - 1 - SignedNumbers.longestToken

  private let address: EmailAddress
  private let tokens: SignedNumbers

  /// Nil where the address leaves no room for a token.
  ///
  /// - Parameter address: the one that reports are sent to, which must also take in what is sent to
  ///   it with a `+` and more behind its local part.
  package init?(address: EmailAddress, keys: TokenKeys) {
    guard address.localPart.utf8.count <= Self.longestBase else { return nil }
    self.address = address
    tokens = SignedNumbers(for: "verp", keys: keys)
  }

  /// The sender for a delivery.
  package func sender(of delivery: Int64, to recipient: EmailAddress) -> EmailAddress {
    let token = tokens.token(for: delivery, context: recipient.identity)
    return EmailAddress(localPart: "\(address.localPart)+\(token)", domain: address.domain)
      ?? address
  }

  /// The sender for a claim; messages of no subscriber have the address itself.
  package func sender(of claim: Claim) -> EmailAddress {
    guard case .edition = claim.content else { return address }
    return sender(of: claim.delivery, to: claim.recipient.address)
  }

  /// The delivery that an address names, which has yet to be confirmed.
  package func claimedDelivery(of sender: EmailAddress) -> Int64? {
    token(in: sender).flatMap { tokens.claimedNumber($0) }
  }

  /// Whether an address was made for this delivery.
  package func isSender(_ sender: EmailAddress, of delivery: Int64, to recipient: EmailAddress)
    -> Bool
  {
    guard let token = token(in: sender) else { return false }
    return tokens.verify(token, context: recipient.identity) == delivery
  }

  private func token(in sender: EmailAddress) -> Substring? {
    guard let plus = sender.localPart.lastIndex(of: "+") else { return nil }
    return sender.localPart[plus...].dropFirst()
  }
}
