import Model

/// The header fields that say of a message that it is one of many, and what can be done about it
/// (RFC 2369, RFC 2919, RFC 3834, RFC 8058).
struct ListFields: Sendable {
  private static let longestName = 60
  private static let mimeVersion = HeaderField("MIME-Version", words: ["1.0"]).bytes

  private let listID: [UInt8]
  private let takesMail: Bool
  /// What is the same in every message.
  private let common: [UInt8]
  private let feedbackID: String?

  init(_ site: Site, _ mail: MailSettings, archiveURL: String) {
    let host = hostName(of: site.url) ?? mail.from.address.domain
    let name = site.title.shortened(to: Self.longestName)
    listID = HeaderField("List-Id", phrase: name, then: "<digests.\(host)>").bytes
    takesMail = mail.unsubscribeMailto != nil
    feedbackID = mail.feedbackID
    common = Self.common(site, mail, archiveURL)
  }

  /// - Parameter mailURL: where the reader asks by mail to be taken off the list.
  func append(to message: inout [UInt8], issue: IssueName, leaving: LeavePage?, mailURL: String?) {
    message += listID
    append(leaving, takesMail ? mailURL : nil, to: &message)
    if leaving?.takesOneClick == true {
      message += HeaderField("List-Unsubscribe-Post", words: ["List-Unsubscribe=One-Click"]).bytes
    }
    message += common
    if let feedbackID {
      // Campaign, list, kind of mail, sender; never the reader.
      let value = "\(issue.date):\(issue.digest):feedgen-digest:\(feedbackID)"
      message += HeaderField("Feedback-ID", words: [value]).bytes
    }
    message += Self.mimeVersion
  }

  /// The ways to leave; the one that is preferred comes first (RFC 2369 §2).
  private func append(_ leaving: LeavePage?, _ mailURL: String?, to message: inout [UInt8]) {
    guard let leaving else {
      // As below; each reader has their own, and nearly all messages this one only.
      guard let mailURL else { return }
      message += "List-Unsubscribe:\r\n <".utf8
      message += mailURL.utf8
      message += ">\r\n".utf8
      return
    }
    let words = mailURL.map { ["<\(leaving.url)>,", "<\($0)>"] } ?? ["<\(leaving.url)>"]
    message += HeaderField("List-Unsubscribe", words: words).bytes
  }

  private static func common(_ site: Site, _ mail: MailSettings, _ archiveURL: String) -> [UInt8] {
    var fields: [HeaderField] = []
    if let owner = mail.replyTo ?? site.author.email.flatMap({ EmailAddress($0) }) {
      let help = owner.mailtoURL(subject: "help")
      fields.append(HeaderField("List-Help", words: ["<\(help)>"]))
      fields.append(HeaderField("List-Owner", words: ["<\(owner.mailtoURL())>"]))
    }
    if let url = archiveURL.webAddress, url.utf8.allSatisfy({ $0 < 0x80 }) {
      fields.append(HeaderField("List-Archive", words: ["<\(url)>"]))
    }
    fields.append(HeaderField("List-Post", words: ["NO"]))
    fields.append(HeaderField("Auto-Submitted", words: ["auto-generated"]))
    fields.append(HeaderField("Precedence", words: ["bulk"]))
    fields.append(HeaderField("X-Auto-Response-Suppress", words: ["OOF,", "AutoReply"]))
    return fields.flatMap(\.bytes)
  }
}
