import ArgumentParser
import Foundation
import Model
import Transfer

/// The address of a mailbox: `imaps://user@host[:port]/INBOX`, or `imap://…`.
///
/// Without TLS from the first byte there must be STARTTLS, but for a server on this machine.
struct IMAPAddress: Hashable, Sendable {
  enum Fault: Error, Equatable, CustomStringConvertible {
    case scheme(String)
    case malformed
    case holdsPassword

    var description: String {
      switch self {
      case .scheme(let scheme):
        "“\(scheme)://” is not known here; use imaps://, a folder, a file or “-”"
      case .malformed:
        "imaps://user@host[:port]/MAILBOX is expected, in ASCII, for instance "
          + "imaps://veille@imap.example.org/INBOX"
      case .holdsPassword:
        "holds a password, which backups and logs would see; take it out, and set "
          + "\(IMAPAddress.passwordVariable), or name “password_file” under “mail.bounces”"
      }
    }
  }

  static let passwordVariable = "FEEDGEN_IMAP_PASSWORD"

  /// As it stands in a URL: an IPv6 address keeps its brackets.
  var host: String
  var port: Int
  var security: Relay.Security
  var user: String
  var mailbox: String
  /// Absolute; nil where the password is in the environment.
  var passwordFile: String?

  init(_ text: String, passwordFile: String?) throws(Fault) {
    guard let colon = text.firstRange(of: "://") else { throw .malformed }
    let scheme = text[..<colon.lowerBound].lowercased()
    guard ["imap", "imaps"].contains(scheme) else { throw .scheme(scheme) }
    let rest = text[colon.upperBound...]
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let authority = rest[..<slash]
    guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      let at = authority.lastIndex(of: "@"),
      let (host, port) = splitPort(authority[at...].dropFirst().lowercased()),
      (1...65_535).contains(port ?? 1)
    else { throw .malformed }
    guard !authority[..<at].contains(":") else { throw .holdsPassword }
    guard let user = authority[..<at].removingPercentEncoding, !user.isEmpty,
      let mailbox = rest[slash...].dropFirst().removingPercentEncoding,
      (user + mailbox).utf8.allSatisfy({ (0x20...0x7e).contains($0) })
    else { throw .malformed }
    self.host = host
    self.port = port ?? (scheme == "imaps" ? 993 : 143)
    self.user = user
    self.mailbox = mailbox.isEmpty ? "INBOX" : mailbox
    self.passwordFile = passwordFile
    security = scheme == "imaps" ? .implicitTLS : isLoopback(host) ? .none : .startTLS
  }

  /// The server with the password, read now.
  func server(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> IMAPServer {
    IMAPServer(
      host: host,
      port: port,
      security: security,
      credentials: Relay.Credentials(user: user, password: Secret(try password(environment))),
      mailbox: mailbox
    )
  }

  private func password(_ environment: [String: String]) throws -> String {
    let text: String
    if let passwordFile {
      do throws(FileError) {
        text = String(decoding: try privateFile(at: passwordFile, atMost: 4096), as: UTF8.self)
      } catch {
        throw IMAPPasswordError.unreadable(path: passwordFile, error)
      }
    } else {
      text = environment[Self.passwordVariable] ?? ""
    }
    // The first line: an editor ends a file with a line break, which is no part of a password.
    let line = text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
    guard !line.isEmpty else { throw IMAPPasswordError.missing(user: user, file: passwordFile) }
    return String(line)
  }
}

/// Why the password of a mailbox could not be had.
enum IMAPPasswordError: Error, Equatable, CustomStringConvertible, ExitCoded {
  case missing(user: String, file: String?)
  case unreadable(path: String, FileError)

  var description: String {
    switch self {
    case .missing(_, let file?): "\(file): holds no password; put it there, in one line"
    case .missing(let user, nil):
      "the mailbox of “\(user)” needs a password; set \(IMAPAddress.passwordVariable), or name "
        + "“password_file” under “mail.bounces”"
    case .unreadable(let path, .readableByOthers):
      "\(path): others can read this password; run “chmod 600 \(path)”"
    case .unreadable(let path, .system(let detail)):
      "\(path): the password cannot be read (\(detail)); mend “mail.bounces.password_file”"
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .missing: .configuration
    case .unreadable: .noPermission
    }
  }
}

extension IMAPError: ExitCoded {
  var exitCode: ExitCode {
    switch kind {
    case .unreachable, .tls, .lost: .unavailable
    case .login: .noPermission
    case .refused: .configuration
    }
  }
}
