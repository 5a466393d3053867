import Cryptography
import Model

extension EmailAddress {
  /// The address as a mailto URL (RFC 6068) that asks to be taken off the list.
  var unsubscribeURL: String {
    let local = localPart.utf8.reduce(into: "") { url, byte in
      let raw = isLetterOrDigit(byte) || Array("!$'*+-._~".utf8).contains(byte)
      url += raw ? String(Unicode.Scalar(byte)) : "%" + [byte].hexadecimal.uppercased()
    }
    return "mailto:\(local)@\(domain)?subject=unsubscribe"
  }
}

extension MailSettings {
  /// Where a reader asks to be taken off the list: the address for that, or the one for replies.
  var unsubscribeURL: String? {
    (unsubscribeMailto ?? replyTo)?.unsubscribeURL
  }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  (48...57).contains(byte) || (97...122).contains(byte | 0x20)
}
