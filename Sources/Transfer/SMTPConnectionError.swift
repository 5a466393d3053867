/// Why a mail server could not be reached, or was lost.
package struct SMTPConnectionError: Error, Equatable, CustomStringConvertible {
  package enum Kind: Equatable, Sendable {
    /// Nobody answers, or not now.
    case unreachable
    /// It does not offer STARTTLS, which is required.
    case noSTARTTLS
    /// Its certificate is not to be trusted, or not its own.
    case certificate
    /// TLS failed otherwise.
    case tls
    /// It does not take the user and password, or no password at all.
    case authentication
    /// It does not speak SMTP as it should, or refuses to speak to us.
    case refused
    /// The connection is gone.
    case lost
  }

  package var kind: Kind
  /// `host:port`.
  package var server: String
  /// libcurl's words.
  package var detail: String
  /// The server's last line.
  package var reply: String?

  package init(kind: Kind, server: String, detail: String, reply: String? = nil) {
    self.kind = kind
    self.server = server
    self.detail = detail
    self.reply = reply
  }

  package var description: String {
    let said = reply.map { "; it said “\($0)”" } ?? ""
    return "\(server): \(failure) (\(detail)\(said)); \(advice)"
  }

  private var failure: String {
    switch kind {
    case .unreachable: "the mail server cannot be reached"
    case .noSTARTTLS: "the mail server does not offer STARTTLS"
    case .certificate: "the mail server’s certificate cannot be trusted"
    case .tls: "no TLS connection to the mail server"
    case .authentication: "the mail server does not take the user and password"
    case .refused: "the mail server refuses to talk"
    case .lost: "the connection to the mail server was lost"
    }
  }

  private var advice: String {
    switch kind {
    case .unreachable: "check host and port of mail.smtp, and that the server runs"
    case .noSTARTTLS: "use smtps:// if it has TLS on another port; nothing was sent in clear"
    case .certificate: "use the name that is in the certificate, or have it renewed"
    case .tls: "the server must speak TLS 1.2 or later"
    case .authentication: "check user and password of mail.smtp"
    case .refused: "ask the server’s operator whether this machine may send through it"
    case .lost: "what was not handed over is tried again in the next run"
    }
  }
}
