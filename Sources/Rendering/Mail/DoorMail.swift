import Cryptography
package import Model

/// The messages of the reader's door: what asks an address whether it wants the letter, and links
/// that are good for an hour.
///
/// Nothing in them comes from whoever asked, since that may be a stranger: else they would carry
/// their words to anybody.
package struct DoorMail: Sendable {
  private let site: Site
  private let mail: MailSettings
  private let serverURL: String
  private let messageKey: [UInt8]
  private let catalogs: [Language: Catalog]

  package init(
    site: Site,
    mail: MailSettings,
    serverURL: String,
    messageKey: [UInt8],
    templates: Templates
  ) throws(Problem) {
    self.site = site
    self.mail = mail
    self.serverURL = serverURL
    self.messageKey = messageKey
    let catalogs = try templates.catalogs(first: site.language)
    self.catalogs = Dictionary(catalogs.map { ($0.language, $0) }) { first, _ in first }
  }

  /// What asks an address whether it wants the letter: a complete message (RFC 5322), with CRLF at
  /// the end of each line.
  ///
  /// - Parameter token: what the address confirms with.
  package func confirmation(
    to recipient: EmailAddress,
    token: String,
    in language: Language,
    date: Instant
  ) -> [UInt8] {
    let refuse = serverURL + DoorPlace.refuse + token
    let words = Words(
      subject: .confirmationSubject,
      paragraphs: [
        .phrase(.confirmationText), .address(serverURL + DoorPlace.confirm + token),
        .phrase(.confirmationIgnore), .phrase(.confirmationRefuse, followedBy: refuse),
      ]
    )
    return message(words, to: recipient, in: language, named: token, date: date, leaving: refuse)
  }

  /// A link that was asked for on the page with a reader's preferences, which anybody may open to
  /// whom a letter was forwarded: so it goes to the address.
  package func link(
    _ request: OwnDataRequest,
    to recipient: EmailAddress,
    token: String,
    in language: Language,
    date: Instant
  ) -> [UInt8] {
    let (subject, text, place) = request.letter
    let words = Words(
      subject: subject,
      paragraphs: [.phrase(text), .address(serverURL + place + token), .phrase(.linkIgnore)]
    )
    return message(words, to: recipient, in: language, named: token, date: date)
  }

  /// What asks a subscriber's new address whether it is theirs.
  ///
  /// - Parameter refusal: the token with which it says never to be written to again.
  package func arrival(
    to recipient: EmailAddress,
    token: String,
    refusal: String,
    in language: Language,
    date: Instant
  ) -> [UInt8] {
    let refuse = serverURL + DoorPlace.refuse + refusal
    let words = Words(
      subject: .arriveSubject,
      paragraphs: [
        .phrase(.arriveLink), .address(serverURL + DoorPlace.arrive + token), .phrase(.linkIgnore),
        .phrase(.confirmationRefuse, followedBy: refuse),
      ]
    )
    return message(words, to: recipient, in: language, named: token, date: date, leaving: refuse)
  }

  /// Tells the former address of a subscriber that it is the former one.
  package func departure(
    to recipient: EmailAddress,
    in language: Language,
    date: Instant
  ) -> [UInt8] {
    let words = Words(subject: .movedSubject, paragraphs: [.phrase(.movedText)])
    let name = "moved\0\(recipient.identity)\0\(date.seconds)"
    return message(words, to: recipient, in: language, named: name, date: date)
  }
}

extension DoorMail {
  private struct Words {
    enum Paragraph {
      case phrase(PhraseKey, followedBy: String? = nil)
      case address(String)
    }

    var subject: PhraseKey
    var paragraphs: [Paragraph]
  }

  /// - Parameters:
  ///   - name: what no other message has, for the Message-ID.
  ///   - leaving: the page where the recipient says never to be written to again.
  private func message(
    _ words: Words,
    to recipient: EmailAddress,
    in language: Language,
    named name: String,
    date: Instant,
    leaving: String? = nil
  ) -> [UInt8] {
    let related = catalogs.first { $0.key.primary == language.primary }?.value
    guard let catalog = catalogs[language] ?? related ?? catalogs[site.language] else { return [] }
    let subject = catalog.text(words.subject, publication)
    let fields =
      [
        HeaderField("Date", words: [date.rfc5322(in: site.zone)]),
        HeaderField("From", mailbox: mail.from),
        HeaderField("To", mailbox: Mailbox(address: recipient)),
        HeaderField("Subject", text: subject),
        HeaderField("Message-ID", words: ["<\(identifier(name))@\(mail.from.address.domain)>"]),
      ] + (leaving.map(leaveFields) ?? []) + [
        HeaderField("Auto-Submitted", words: ["auto-generated"]),
        HeaderField("MIME-Version", words: ["1.0"]),
        HeaderField("Content-Type", words: ["text/plain;", "charset=utf-8"]),
        HeaderField("Content-Transfer-Encoding", words: ["quoted-printable"]),
      ]
    let text = text(of: words, catalog)
    return fields.flatMap(\.bytes) + Array("\r\n".utf8) + QuotedPrintable.encode(text.utf8)
  }

  private var publication: [String: String] { ["publication": site.title.cleaned] }

  private func leaveFields(_ url: String) -> [HeaderField] {
    let field = HeaderField("List-Unsubscribe", words: ["<\(url)>"])
    guard mail.signs else { return [field] }
    return [field, HeaderField("List-Unsubscribe-Post", words: ["List-Unsubscribe=One-Click"])]
  }

  private func text(of words: Words, _ catalog: Catalog) -> String {
    var paragraphs = words.paragraphs.map { paragraph in
      switch paragraph {
      case .address(let url): url
      case .phrase(let key, let url):
        Wrapping.lines(catalog.text(key, publication)) + (url.map { "\n\($0)" } ?? "")
      }
    }
    if let address = site.postalAddress {
      let values = ["publication": site.title, "address": Wrapping.singleLine(address)]
      paragraphs.append(Wrapping.lines(catalog.text(.postalAddress, values).cleaned))
    }
    return paragraphs.joined(separator: "\n\n") + "\n"
  }

  private func identifier(_ name: String) -> Substring {
    hmacSHA256(key: messageKey, Array("confirmation\0\(name)".utf8)).base32.prefix(26)
  }
}

extension OwnDataRequest {
  fileprivate var letter: (subject: PhraseKey, text: PhraseKey, place: String) {
    switch self {
    case .data: (.dataSubject, .dataLink, DoorPlace.data)
    case .move: (.moveSubject, .moveLink, DoorPlace.move)
    case .erase: (.eraseSubject, .eraseLink, DoorPlace.erase)
    }
  }
}
