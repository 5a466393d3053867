internal import Cryptography
package import Model
internal import Transfer

/// A message from the mailbox that reports, complaints and requests to leave are sent to.
///
/// Anybody can write such a message: what it says counts only once it is shown to be about a
/// delivery of ours.
package struct ReturnedMail: Sendable {
  package enum Kind: Equatable, Sendable {
    /// What became of a message, for each of its recipients.
    case report([RecipientReport])
    /// A reader told their provider that the message is unwanted (RFC 5965).
    case complaint
    /// A report about something else than that a message failed or is unwanted.
    case otherFeedback
    case leaveRequest(LeaveRequest)
    /// Nobody is at their desk, and the like (RFC 3834).
    case automaticReply
    /// A person's mail, or a report in a form that is not known.
    case other
  }

  /// More of a message is not read.
  package static let mostBytes = 1 << 20

  package var kind: Kind
  /// The same for the same message, however it is stored, and for no other.
  package var identity: [UInt8]
  /// The addresses that it was sent to, of which one may name the delivery (VERP).
  package var senders: [EmailAddress]
  /// What is known of the message that came back.
  package var original: OriginalMessage

  /// Reads a message; whatever it is, it is something.
  package init(_ bytes: [UInt8]) {
    let message = MIMEPart(bytes.prefix(Self.mostBytes))
    var reader = ReturnedMailReader(message)
    kind = reader.kind()
    original = reader.original
    senders = reader.senders
    identity = message.identity
  }
}

/// What came back with a report of the message that it is about.
package struct OriginalMessage: Equatable, Sendable {
  /// `abc@news.example.org`, without the angle brackets.
  package var messageID: String?
  /// Whom it was for, by its own header and the report.
  package var recipients: [EmailAddress] = []
  /// The tokens by which its reader could leave.
  package var leaveTokens: [String] = []

  package init() {}

  init(_ fields: MailFields) {
    messageID = fields["message-id"]?.split(separator: "<").last?.split(separator: ">").first
      .map { String($0).trimmed }
    recipients = addresses(in: fields["to"] ?? "")
    leaveTokens = fields.values("list-unsubscribe").flatMap(LeaveSubject.tokens)
  }
}

/// Somebody asks to be taken off the list.
package struct LeaveRequest: Equatable, Sendable {
  package var tokens: [String]
  /// Who wrote it, as far as one can believe that.
  package var from: EmailAddress?
}

extension MIMEPart {
  /// A hash over what no server on the way changes: not the trace fields, nor the ends of lines.
  fileprivate var identity: [UInt8] {
    var body = rawBody.filter { $0 != 13 }
    while body.last == 10 { body.removeLast() }
    let head = [fields["message-id"], fields["date"], fields["from"]].map { $0 ?? "" }
    return SHA256.hash(Array(head.joined(separator: "\0").utf8) + [0] + body)
  }
}

/// The addresses in a text, whatever else it holds; only the first few.
func addresses(in text: String) -> [EmailAddress] {
  let words = text.prefix(10_000).split { " \t,;:<>()\"[]".contains($0) }
  return Array(words.lazy.filter { $0.contains("@") }.prefix(20))
    .compactMap { EmailAddress(converting: String($0)) }
}
