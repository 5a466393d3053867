import Cryptography
import Model

extension EmailAddress {
  /// The address as a mailto URL (RFC 6068); a subject is one word of ASCII.
  func mailtoURL(subject: String? = nil) -> String {
    let local = localPart.utf8.reduce(into: "") { url, byte in
      let raw = isLetterOrDigit(byte) || Array("!$'*+-._~".utf8).contains(byte)
      url += raw ? String(Unicode.Scalar(byte)) : "%" + [byte].hexadecimal.uppercased()
    }
    return "mailto:\(local)@\(domain)" + (subject.map { "?subject=\($0)" } ?? "")
  }
}

/// Where a reader asks by mail to be taken off the list.
struct LeaveByMail: Sendable {
  private let start: String

  init(_ address: EmailAddress) {
    start = address.mailtoURL() + "?subject="
  }

  /// The URL by which the reader leaves whose token it is; without one, whoever writes.
  func url(token: String?) -> String { start + LeaveSubject.text(token: token) }
}

extension MailSettings {
  /// Where a reader asks to be taken off the list: the address for that, or the one for replies.
  var leaveAddress: EmailAddress? { unsubscribeMailto ?? replyTo }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  (48...57).contains(byte) || (97...122).contains(byte | 0x20)
}
