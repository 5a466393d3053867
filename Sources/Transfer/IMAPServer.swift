package import Model

/// A mailbox on a server, and how to get at it (RFC 3501).
package struct IMAPServer: Sendable {
  package var host: String
  package var port: Int
  package var security: Relay.Security
  package var credentials: Relay.Credentials
  /// `INBOX`, or another mailbox; ASCII.
  package var mailbox: String

  package init(
    host: String,
    port: Int,
    security: Relay.Security,
    credentials: Relay.Credentials,
    mailbox: String
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.credentials = credentials
    self.mailbox = mailbox
  }

  /// The name of the server in messages: `host:port`.
  package var name: String { "\(host):\(port)" }

  var url: String { (security == .implicitTLS ? "imaps" : "imap") + "://\(host):\(port)/" }
}
