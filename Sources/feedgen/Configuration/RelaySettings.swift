import Delivering
import Foundation
import Model

/// Which mail server takes our messages, and where its password is.
///
/// The password is read when a connection is made, not with the configuration: most runs need none.
struct RelaySettings: Hashable, Sendable {
  enum PasswordSource: Hashable, Sendable {
    /// `FEEDGEN_SMTP_PASSWORD`.
    case environment
    /// An absolute path.
    case file(String)
    /// A command of the shell, which prints the password.
    case command(String)
  }

  /// As it stands in a URL: an IPv6 address keeps its brackets.
  var host: String
  var port: Int
  var security: Relay.Security
  var user: String?
  var passwordSource: PasswordSource
  /// The name given in EHLO where this machine has none with a domain.
  var domain: String
  var limits: Limits

  /// What the relay is given at most.
  struct Limits: Hashable, Sendable {
    /// At a time.
    var connections = 4
    var messagesPerConnection = 100
    /// Messages; 0 for no limit.
    var perHour = 0
    var perDay = 0
  }

  static let passwordVariable = "FEEDGEN_SMTP_PASSWORD"
}

/// A relay's address: `smtp://[user@]host[:port]` or `smtps://…`.
struct RelayAddress: Equatable {
  enum Fault: Error {
    case malformed
    /// A password in it would be seen in backups, in `ps` and in logs.
    case holdsPassword
  }

  var isEncryptedFromStart: Bool
  var user: String?
  var host: String
  var port: Int

  init(_ text: String) throws(Fault) {
    guard let scheme = ["smtp://", "smtps://"].first(where: text.lowercased().hasPrefix),
      text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { throw .malformed }
    let rest = text.dropFirst(scheme.count)
    let at = rest.lastIndex(of: "@")
    let login = at.map { rest[..<$0] }
    if let login, login.contains(":") { throw .holdsPassword }
    var authority = at.map { rest[$0...].dropFirst() } ?? rest
    if authority.hasSuffix("/") { authority.removeLast() }
    guard let (host, port) = splitPort(authority.lowercased()), (1...65_535).contains(port ?? 1)
    else { throw .malformed }
    isEncryptedFromStart = scheme == "smtps://"
    self.host = host
    self.port = port ?? (isEncryptedFromStart ? 465 : 587)
    user = login?.removingPercentEncoding
    guard (user == nil) == (login == nil), user != "" else { throw .malformed }
  }

  /// Whether the relay is on this machine, so that nobody can listen on the way.
  var isLoopback: Bool { feedgen.isLoopback(host) }
}

extension RelaySettings {
  /// How a relay is to be used.
  func profile(of relay: Relay) -> RelayProfile {
    RelayProfile(
      relay,
      connections: limits.connections,
      messagesPerConnection: limits.messagesPerConnection,
      perHour: limits.perHour,
      perDay: limits.perDay
    )
  }
}
