import Cryptography
package import Model

/// Puts the messages of an issue together: fragments, and the few places where readers differ.
///
/// A message is a function of its fragments, the site's addresses, the subscriber and the date: it
/// comes out the same on every try, with one Message-ID.
package struct DigestMessage: Sendable {
  private let zone: Zone
  private let domain: String
  private let messageKey: [UInt8]
  private let unsubscribeURL: String
  /// The fields that all messages share, before and behind those that differ.
  private let from: [UInt8]
  private let replyTo: [UInt8]
  private let listFields: [UInt8]

  package init(site: Site, mail: MailSettings, messageKey: [UInt8]) {
    self.messageKey = messageKey
    zone = site.zone
    domain = mail.from.address.domain
    unsubscribeURL = mail.unsubscribeURL ?? ""
    from = HeaderField("From", mailbox: mail.from).bytes
    replyTo = mail.replyTo.map { HeaderField("Reply-To", words: ["\($0)"]).bytes } ?? []
    listFields = Self.listFields(site, mail)
  }

  /// A complete message (RFC 5322) for one subscriber, with CRLF at the end of each line.
  ///
  /// A fragment that is not given is left out: so an article that was withdrawn goes unsent.
  package func bytes(
    issue: IssueName,
    group: EditionGroup,
    fragments: [Int: [UInt8]],
    recipient: Mailbox,
    subscriber: Int64,
    date: Instant
  ) -> [UInt8] {
    let boundary = "=_" + identifier("boundary\0\(issue)\0\(subscriber)")
    let size = (group.text + group.html).reduce(2048) { $0 + (fragments[$1]?.count ?? 0) }
    var message: [UInt8] = []
    message.reserveCapacity(size)
    message += HeaderField("Date", words: [date.rfc5322(in: zone)]).bytes
    message += from
    message += HeaderField("To", mailbox: recipient).bytes
    message += replyTo
    message += HeaderField("Subject", text: group.subject).bytes
    let id = identifier("\(issue)\0\(subscriber)")
    message += HeaderField("Message-ID", words: ["<\(id)@\(domain)>"]).bytes
    message += listFields
    let contentType = ["multipart/alternative;", "boundary=\"\(boundary)\""]
    message += HeaderField("Content-Type", words: contentType).bytes
    for (part, numbers) in [(MessagePart.text, group.text), (.html, group.html)] {
      message += partHeader(part, boundary)
      let slots = filling(part, recipient)
      for number in numbers {
        if let fragment = fragments[number] { slots.append(fragment, to: &message) }
      }
    }
    message += Array("\r\n--\(boundary)--\r\n".utf8)
    return message
  }

  private func partHeader(_ part: MessagePart, _ boundary: String) -> [UInt8] {
    Array(
      """
      \r
      --\(boundary)\r
      Content-Type: text/\(part == .text ? "plain" : "html"); charset=utf-8\r
      Content-Transfer-Encoding: quoted-printable\r
      \r

      """.utf8
    )
  }

  /// What this reader's slots say in a part.
  func filling(_ part: MessagePart, _ recipient: Mailbox) -> SlotFilling {
    SlotFilling(
      part: part,
      address: recipient.address.description,
      unsubscribeURL: unsubscribeURL
    )
  }

  /// 26 characters that only the holder of the key can make: 130 bits.
  private func identifier(_ text: String) -> String {
    String(hmacSHA256(key: messageKey, Array(text.utf8)).base32.prefix(26))
  }

  private static func listFields(_ site: Site, _ mail: MailSettings) -> [UInt8] {
    let host = host(of: site.url) ?? mail.from.address.domain
    var fields = [HeaderField("List-Id", phrase: site.title, then: "<digests.\(host)>")]
    if let address = mail.unsubscribeMailto {
      // RFC 2369 §3.2. One-click (RFC 8058) needs a URL of https, and so a server.
      fields.append(HeaderField("List-Unsubscribe", words: ["<\(address.unsubscribeURL)>"]))
    }
    fields.append(HeaderField("Auto-Submitted", words: ["auto-generated"]))
    fields.append(HeaderField("Precedence", words: ["bulk"]))
    fields.append(HeaderField("X-Auto-Response-Suppress", words: ["OOF, AutoReply"]))
    fields.append(HeaderField("MIME-Version", words: ["1.0"]))
    return fields.flatMap(\.bytes)
  }
}

/// The host of a URL, where it is ASCII: `veille.example.org`.
private func host(of url: String) -> String? {
  guard let scheme = url.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
  let authority = url[scheme...].dropFirst(3).utf8.prefix { !Array("/?#".utf8).contains($0) }
  let host = authority.split(separator: UInt8(ascii: "@")).last?.prefix { $0 != UInt8(ascii: ":") }
  guard let host, !host.isEmpty, let name = String(Substring(host).utf8) else { return nil }
  let isName = name.utf8.allSatisfy { byte in
    (48...57).contains(byte) || (97...122).contains(byte | 0x20) || byte == 45 || byte == 46
  }
  return isName ? name.lowercased() : nil
}
