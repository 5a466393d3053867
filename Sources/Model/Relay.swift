/// A mail server that takes our messages on.
package struct Relay: Sendable {
  package enum Security: Sendable {
    /// No encryption; only for a relay on this machine, and never with a password.
    case none
    /// STARTTLS, which must be offered.
    case startTLS
    /// TLS from the first byte (port 465).
    case implicitTLS
  }

  package var host: String
  package var port: Int
  package var security: Security
  package var credentials: Credentials?
  /// The name given in EHLO (RFC 5321 §4.1.1.1).
  package var ehloName: String

  package init(
    host: String,
    port: Int,
    security: Security,
    credentials: Credentials?,
    ehloName: String
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.credentials = credentials
    self.ehloName = ehloName
  }

  package struct Credentials: Sendable {
    package var user: String
    package var password: Secret

    package init(user: String, password: Secret) {
      self.user = user
      self.password = password
    }
  }
}

/// A text that is never printed.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { "***" }
  package var debugDescription: String { "***" }
}
