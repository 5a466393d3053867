import Model
import Transfer

/// What is done with mail of which it is not certain that somebody wants it sent.
enum Caution: String, CaseIterable {
  case hold, send
}

/// What is done with a message of which the relay's reply was lost.
enum UncertainFate: String, CaseIterable {
  /// It goes out once more.
  case retry
  /// It waits for a person.
  case hold
}

extension ConfigurationDecoder {
  struct Mail {
    var settings: MailSettings?
    var outbox: String?
    var relay: RelaySettings?
    var returnedMail: MailboxPlace?
  }

  private static let mailKeys = [
    "from", "reply_to", "smtp", "user", "password_file", "password_command", "outbox", "bounces",
    "unsubscribe_mailto", "feedback_id", "images", "first_send", "after_gap", "dkim", "signed_by",
    "connections", "messages_per_connection", "max_per_hour", "max_per_day", "max_age", "uncertain",
  ]

  func mail(_ root: Section) -> Mail? {
    guard let section = section("mail", of: root, known: Self.mailKeys) else { return nil }
    let from = mailbox(section)
    let replyTo = emailAddress(section, "reply_to", example: "redaction@example.org")
    let bounces = bounces(section)
    let leave = emailAddress(section, "unsubscribe_mailto", example: "quitter@news.example.org")
    let outbox = section.text("outbox", example: "outbox/")
    let relay = relay(section, from: from?.address)
    let dkim = dkim(section)
    let isSignedByRelay = section.parsed("signed_by", expected: "“relay”", example: "relay") {
      $0 == "relay" ? true : nil
    }
    let settings = from.map {
      MailSettings(
        from: $0,
        replyTo: replyTo,
        bounces: bounces?.address,
        usesVERP: bounces?.usesVERP ?? false,
        unsubscribeMailto: leave,
        feedbackID: feedbackID(section),
        showsImages: section.flag("images") ?? false,
        holdsFirstSend: section.word("first_send", example: Caution.hold) != .send,
        holdsAfterGap: section.word("after_gap", example: Caution.hold) != .send,
        repeatsUncertain: section.word("uncertain", example: UncertainFate.retry) != .hold,
        patience: section.interval("max_age", from: .hours(1), to: .days(7), example: "2d")
          ?? .days(2),
        dkim: dkim,
        isSignedByRelay: isSignedByRelay ?? false
      )
    }
    return Mail(
      settings: settings,
      outbox: outbox,
      relay: relay,
      returnedMail: bounces?.mailbox
    )
  }

  private func mailbox(_ section: Section) -> Mailbox? {
    let example = "Veille géopolitique <lettre@news.example.org>"
    guard section.requiredText("from", example: example) != nil else { return nil }
    return section.parsed(
      "from",
      expected: "a name and an address",
      example: example
    ) { Mailbox(written: $0) }
  }

  /// The last field of Feedback-ID, of which Gmail asks these lengths.
  private func feedbackID(_ section: Section) -> String? {
    section.parsed(
      "feedback_id",
      expected: "5 to 15 letters, digits or “-”, always the same",
      example: "veille"
    ) { text in
      let isName = text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (97...122).contains(byte | 0x20) || byte == 45
      }
      return isName && (5...15).contains(text.utf8.count) ? text : nil
    }
  }
}

extension Mailbox {
  /// Reads `Name <address>`, `"Name" <address>` or an address alone.
  init?(written text: String) {
    guard let open = text.lastIndex(of: "<") else {
      guard let address = EmailAddress(converting: text) else { return nil }
      self.init(address: address)
      return
    }
    guard text.hasSuffix(">"),
      let address = EmailAddress(converting: String(text[open...].dropFirst().dropLast()))
    else { return nil }
    var name = text[..<open].drop { $0 == " " }
    while name.last == " " { name.removeLast() }
    if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
      name = name.dropFirst().dropLast()
    }
    guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
      return nil
    }
    self.init(name: name.isEmpty ? nil : String(name), address: address)
  }
}
