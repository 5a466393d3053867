package import Model

/// Puts the messages of an issue together: fragments, and the few places where readers differ.
///
/// A message is a function of its fragments, the site's addresses, the subscriber and the date: it
/// comes out the same on every try, with one Message-ID.
package struct DigestMessage: Sendable {
  private let zone: Zone
  private let domain: String
  private let names: MessageNames
  private let leaveTokens: LeaveTokens
  private let mail: MailSettings
  private let leaveByMail: LeaveByMail?
  /// The fields that all messages share: before and behind those that differ.
  private let from: [UInt8]
  private let replyTo: [UInt8]
  private let list: ListFields
  private let links: ReaderLinks?

  /// - Parameters:
  ///   - archiveURL: where earlier issues can be read; else the site's feeds.
  ///   - links: the readers' own pages; nil where no server answers.
  package init(
    site: Site,
    mail: MailSettings,
    messageKey: [UInt8],
    leaveTokens: LeaveTokens,
    archiveURL: String? = nil,
    links: ReaderLinks? = nil
  ) {
    names = MessageNames(key: messageKey)
    self.leaveTokens = leaveTokens
    self.links = links
    self.mail = mail
    leaveByMail = mail.leaveAddress.map(LeaveByMail.init)
    zone = site.zone
    domain = mail.from.address.domain
    from = HeaderField("From", mailbox: mail.from.shortened).bytes
    replyTo = mail.replyTo.map { HeaderField("Reply-To", words: ["\($0)"]).bytes } ?? []
    list = ListFields(site, mail, archiveURL: archiveURL ?? site.feedsURL)
  }

  /// The address that messages come from.
  package var sender: EmailAddress { mail.from.address }

  /// A complete message (RFC 5322) for one subscriber, with CRLF at the end of each line.
  ///
  /// A fragment that is not given is left out: so an article that was withdrawn goes unsent.
  ///
  /// - Parameter leaving: the page where this subscriber leaves, where it is another than that of
  ///   the readers' links.
  package func bytes(
    issue: IssueName,
    group: EditionGroup,
    fragments: IssueFragments,
    recipient: Mailbox,
    subscriber: Int64,
    date: Instant,
    leaving: LeavePage? = nil
  ) -> [UInt8] {
    let leaving = leaving ?? pages(of: subscriber)
    let boundary = names.boundary(of: issue, for: subscriber)
    // Nobody leaves by a message that is no subscriber's.
    let token = subscriber > 0 ? leaveTokens.token(for: subscriber) : nil
    let mailURL = leaveByMail?.url(token: token)
    var message: [UInt8] = []
    message.reserveCapacity(4096 + fragments.size(of: group.text) + fragments.size(of: group.html))
    message += HeaderField("Date", words: [date.rfc5322(in: zone)]).bytes
    message += from
    message += HeaderField("To", mailbox: recipient.shortened).bytes
    message += replyTo
    message += HeaderField("Subject", text: group.subject).bytes
    let id = names.messageID(of: issue, for: subscriber)
    message += HeaderField("Message-ID", words: ["<\(id)@\(domain)>"]).bytes
    list.append(to: &message, issue: issue, leaving: leaving, mailURL: mailURL)
    let contentType = ["multipart/alternative;", "boundary=\"\(boundary)\""]
    message += HeaderField("Content-Type", words: contentType).bytes
    for (part, numbers) in [(MessagePart.text, group.text), (.html, group.html)] {
      message += partHeader(part, boundary)
      let slots = filling(part, recipient, leaving, mailURL)
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

  /// The page where editors decide about an issue; nil where no server answers.
  package func issueURL(_ issue: IssueName, due: Instant) -> String? {
    links?.issueURL(issue, due: due)
  }

  /// The pages of a subscriber; nil where no server answers.
  func pages(of subscriber: Int64) -> LeavePage? { links?.pages(of: subscriber) }

  /// What a reader's slots say in a part whose message is no subscriber's.
  func filling(_ part: MessagePart, _ recipient: Mailbox, _ leaving: LeavePage?) -> SlotFilling {
    filling(part, recipient, leaving, leaveByMail?.url(token: nil))
  }

  private func filling(
    _ part: MessagePart,
    _ recipient: Mailbox,
    _ leaving: LeavePage?,
    _ mailURL: String?
  ) -> SlotFilling {
    let url = leaving?.url ?? mailURL ?? ""
    return SlotFilling(
      part: part,
      address: recipient.address.description,
      unsubscribeURL: url,
      preferencesURL: leaving?.preferencesURL ?? url,
      leaveURL: { leaving?.topicURL?($0) ?? url }
    )
  }
}

extension Mailbox {
  /// The mailbox with a display name of a length that mail programs can show.
  fileprivate var shortened: Mailbox {
    Mailbox(name: name.map { $0.shortened(to: Detail.name) }, address: address)
  }
}
