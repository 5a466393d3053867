import ArgumentParser

/// Why mail that came back cannot be read.
enum MailFileError: Error, Equatable, CustomStringConvertible, ExitCoded {
  case missing(path: String)
  case notMaildir(path: String)
  case notMail(name: String)
  case unreadable(path: String, detail: String)
  case unmovable(path: String, detail: String)

  var description: String {
    switch self {
    case .missing(let path):
      "\(path): there is no such file; name a Maildir, an mbox, “-” or imaps://user@host/INBOX"
    case .notMaildir(let path):
      "\(path): is no Maildir, which has the folders “new” and “cur”; name the one above them"
    case .notMail(let name):
      "\(name): holds no message; a mailbox file, or a message with its header, is expected"
    case .unreadable(let path, let detail): "\(path): cannot be read (\(detail))"
    case .unmovable(let path, let detail):
      "\(path): was acted on, but cannot be marked as seen (\(detail)); "
        + "give the user who runs feedgen the right to write there"
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .missing: .missingInput
    case .notMaildir, .notMail: .badInput
    case .unreadable, .unmovable: .noPermission
    }
  }
}
