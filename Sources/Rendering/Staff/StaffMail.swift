import Cryptography
package import Model

/// Plain letters to those who make the publication.
package struct StaffMail: Sendable {
  private let zone: Zone
  private let from: Mailbox
  private let messageKey: [UInt8]

  package init(site: Site, mail: MailSettings, messageKey: [UInt8]) {
    zone = site.zone
    from = mail.from
    self.messageKey = messageKey
  }

  /// A complete message (RFC 5322), with CRLF at the end of each line.
  ///
  /// - Parameter name: makes the Message-ID: another one for another letter to the same address.
  package func bytes(
    to recipient: EmailAddress,
    subject: String,
    text: String,
    name: String,
    date: Instant
  ) -> [UInt8] {
    let id = hmacSHA256(key: messageKey, Array("staff\0\(name)\0\(recipient)".utf8)).base32.prefix(26)
    let fields = [
      HeaderField("Date", words: [date.rfc5322(in: zone)]),
      HeaderField("From", mailbox: from),
      HeaderField("To", mailbox: Mailbox(address: recipient)),
      HeaderField("Subject", text: subject.cleaned),
      HeaderField("Message-ID", words: ["<\(id)@\(from.address.domain)>"]),
      HeaderField("Auto-Submitted", words: ["auto-generated"]),
      HeaderField("MIME-Version", words: ["1.0"]),
      HeaderField("Content-Type", words: ["text/plain;", "charset=utf-8"]),
      HeaderField("Content-Transfer-Encoding", words: ["quoted-printable"]),
    ]
    return fields.flatMap(\.bytes) + Array("\r\n".utf8) + QuotedPrintable.encode(text.utf8)
  }
}
