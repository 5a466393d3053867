/// Where mail that came back lies.
enum MailboxPlace: Hashable, Sendable {
  /// One message, from a mail server's pipe, or several (mbox).
  case standardInput
  /// A Maildir, an mbox or a file with one message; absolute.
  case path(String)
  case imap(IMAPAddress)

  /// - Parameters:
  ///   - folder: that paths begin at; absolute.
  init(_ text: String, passwordFile: String?, folder: String) throws(IMAPAddress.Fault) {
    if text == "-" {
      self = .standardInput
    } else if text.contains("://") {
      self = .imap(try IMAPAddress(text, passwordFile: passwordFile))
    } else {
      self = .path(absolutePath(text, in: folder))
    }
  }

  /// How it is named in messages.
  var name: String {
    switch self {
    case .standardInput: "standard input"
    case .path(let path): path
    case .imap(let address): "\(address.host):\(address.port)/\(address.mailbox)"
    }
  }
}
