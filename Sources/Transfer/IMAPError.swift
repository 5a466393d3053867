/// Why a mailbox on a server could not be read.
package struct IMAPError: Error, Equatable, CustomStringConvertible {
  package enum Kind: Equatable, Sendable {
    /// Nobody answers, or not now.
    case unreachable
    /// No TLS, or a certificate that is not to be trusted.
    case tls
    /// It does not take the user and password.
    case login
    /// It does not do what it is asked.
    case refused
    /// The connection is gone, or what came is not IMAP.
    case lost
  }

  package var kind: Kind
  /// `host:port`.
  package var server: String
  package var detail: String

  package init(kind: Kind, server: String, detail: String) {
    self.kind = kind
    self.server = server
    self.detail = detail
  }

  package var description: String { "\(server): \(failure) (\(detail)); \(advice)" }

  private var failure: String {
    switch kind {
    case .unreachable: "the mailbox’s server cannot be reached"
    case .tls: "no TLS connection to the mailbox’s server"
    case .login: "the mailbox’s server does not take the user and password"
    case .refused: "the mailbox’s server refuses"
    case .lost: "the connection to the mailbox’s server was lost"
    }
  }

  private var advice: String {
    switch kind {
    case .unreachable: "check host and port, and that the server runs"
    case .tls: "it must speak TLS 1.2 or later, under the name that is in its certificate"
    case .login: "check the user and the password"
    case .refused: "check the mailbox’s name and the user’s rights"
    case .lost: "what was not done is done by the next run"
    }
  }
}
