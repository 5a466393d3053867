import Foundation
import Glibc

/// Dovecot with one user and a Maildir of its own.
///
/// It speaks IMAP on loopback, with STARTTLS and with TLS from the first byte. Its processes want the
/// right to change users, so only root can start it.
package final class DovecotServer {
  package static let user = "retour"
  package static let password = "un mot \"de passe\""

  package let plainPort: Int
  package let tlsPort: Int
  /// A PEM file to trust.
  package let certificate: String
  /// The user's Maildir.
  package let maildir: String
  private let folder: TemporaryFolder
  private let process: ServerProcess

  package static var isUsable: Bool {
    getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/dovecot")
  }

  package init() throws {
    folder = TemporaryFolder()
    certificate = try makeCertificate(in: folder)
    plainPort = try freePort()
    tlsPort = try freePort()
    maildir = folder.file("home/Maildir")
    for name in ["new", "cur", "tmp"] {
      try FileManager.default.createDirectory(
        atPath: "\(maildir)/\(name)",
        withIntermediateDirectories: true
      )
    }
    try runProgram("chown", ["-R", "nobody", folder.file("home")])
    try folder.write("\(Self.user):{PLAIN}\(Self.password)\n", to: "users")
    let settings = Self.configuration(folder, certificate, plain: plainPort, tls: tlsPort)
    try folder.write(settings, to: "dovecot.conf")
    process = try ServerProcess("/usr/sbin/dovecot", ["-F", "-c", folder.file("dovecot.conf")])
    try waitForListener(plainPort)
    try waitForListener(tlsPort)
  }

  deinit { process.stop() }

  /// Puts a message into the mailbox.
  package func deliver(_ message: [UInt8], as name: String) throws {
    let path = "\(maildir)/new/\(name)"
    try Data(message).write(to: URL(filePath: path))
    try runProgram("chown", ["nobody", path])
  }

  /// The names of the messages with the flag \Seen, without what stands behind the colon.
  package func seen() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(maildir)/cur")
      .filter { $0.split(separator: ",").last?.contains("S") ?? false }
      .compactMap { $0.split(separator: ":").first.map(String.init) }.sorted()
  }

  private static func configuration(
    _ folder: TemporaryFolder,
    _ certificate: String,
    plain: Int,
    tls: Int
  ) -> String {
    """
    base_dir = \(folder.file("run"))
    log_path = \(folder.file("log"))
    protocols = imap
    listen = 127.0.0.1
    ssl = yes
    ssl_cert = <\(certificate)
    ssl_key = <\(certificate)
    auth_mechanisms = plain login
    passdb {
      driver = passwd-file
      args = \(folder.file("users"))
    }
    userdb {
      driver = static
      args = uid=nobody gid=nogroup home=\(folder.file("home"))
    }
    mail_location = maildir:~/Maildir
    first_valid_uid = 1
    service imap-login {
      inet_listener imap {
        port = \(plain)
      }
      inet_listener imaps {
        port = \(tls)
      }
    }

    """
  }
}
