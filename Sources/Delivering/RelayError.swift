package import Model
package import Transfer

/// Why no message can be handed over at all, whoever it is for: the run's deliveries end.
package enum RelayError: Error, Equatable, CustomStringConvertible {
  case connection(SMTPConnectionError)
  /// It failed message after message for its own reasons; the last one's reason.
  case unsteady(server: String, reason: String)
  /// It does not take our sender's address, which says nothing about recipients.
  case senderRefused(server: String, sender: EmailAddress, SMTPReply)
  /// It wants a password first, or another one.
  case authenticationRequired(server: String, SMTPReply)
  /// It refused so many messages for reasons of policy or content, which are about us.
  case policy(SMTPReply, count: Int)
  case outbox(OutboxError)

  /// Whether the relay may be well again without anybody mending anything.
  var isPassing: Bool {
    switch self {
    case .connection(let error): error.kind == .unreachable || error.kind == .lost
    case .unsteady: true
    case .senderRefused, .authenticationRequired, .policy, .outbox: false
    }
  }

  package var description: String {
    switch self {
    case .connection(let error): "\(error)"
    case .unsteady(let server, let reason):
      "\(server): the mail server takes nothing for now (\(reason)); what was not handed over is "
        + "tried again in the next run"
    case .senderRefused(let server, let sender, let reply):
      "\(server): the mail server refuses the sender \(sender) (\(reply)); "
        + "check mail.from and mail.bounces.address"
    case .authenticationRequired(let server, let reply):
      "\(server): the mail server wants a login (\(reply)); check user and password of mail.smtp"
    case .policy(let reply, let count):
      "\(count) messages were refused for what they are or who sends them (\(reply)); the rest "
        + "waits: check SPF, DKIM and DMARC of the sender’s domain, and block lists"
    case .outbox(let error): "\(error)"
    }
  }
}
