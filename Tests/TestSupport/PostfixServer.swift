import Foundation
import Glibc

/// Postfix with a queue of its own.
///
/// It takes mail on loopback, hands that for `courrier.example` to another port or throws it away, and
/// puts mail for `news.example.org`, as its reports, into a Maildir. Only root can start it.
package final class PostfixServer {
  package let port: Int
  /// Where reports come to.
  package let maildir: String
  /// Where it writes about each message.
  package var logPath: String { folder.file("log") }
  private let folder: TemporaryFolder
  private let process: ServerProcess

  package static var isUsable: Bool {
    getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/postfix")
  }

  /// - Parameter next: the port of the server that says what becomes of messages; nil where nothing
  ///   does.
  package init(handingTo next: Int? = nil) throws {
    folder = TemporaryFolder()
    port = try freePort()
    maildir = folder.file("mail/in")
    try folder.write(Self.mainConfiguration(folder, handingTo: next), to: "conf/main.cf")
    try folder.write(Self.masterConfiguration(port), to: "conf/master.cf")
    for name in ["queue", "data", "mail"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name),
        withIntermediateDirectories: true
      )
    }
    try runProgram("chown", ["postfix", folder.file("data")])
    try runProgram("chown", ["nobody", folder.file("mail")])
    // Makes the folders of the queue; what else it finds, it only warns of.
    try runProgram("/usr/sbin/postfix", ["-c", folder.file("conf"), "check"])
    // In a session of its own, whose processes it ends with itself; after ten minutes by itself.
    process = try ServerProcess(
      "setsid",
      ["/usr/lib/postfix/sbin/master", "-c", folder.file("conf"), "-d", "-e", "600"]
    )
    try waitForListener(port)
  }

  deinit { process.stop() }

  /// Waits until so many reports have come.
  package func waitForReports(_ count: Int, seconds: Int = 30) throws {
    for _ in 0..<(seconds * 10) {
      let names = try? FileManager.default.contentsOfDirectory(atPath: "\(maildir)/new")
      if names?.count ?? 0 >= count { return }
      usleep(100_000)
    }
    throw ServerProcess.Failure(description: "no \(count) reports come\n\(log)")
  }

  /// What it has written so far; nothing before the first line.
  package var log: String { (try? folder.read("log")) ?? "" }

  /// Waits until so many lines of the log have these words.
  package func waitForLines(_ count: Int, with words: String) throws {
    for _ in 0..<500 {
      if log.components(separatedBy: words).count > count { return }
      usleep(20_000)
    }
    throw ServerProcess.Failure(description: "no \(count) lines say “\(words)”\n\(log)")
  }

  private static func mainConfiguration(
    _ folder: TemporaryFolder,
    handingTo next: Int?
  ) -> String {
    let transport = next.map { "smtp:[127.0.0.1]:\($0)" } ?? "discard:"
    return """
      compatibility_level = 3.6
      queue_directory = \(folder.file("queue"))
      data_directory = \(folder.file("data"))
      command_directory = /usr/sbin
      daemon_directory = /usr/lib/postfix/sbin
      mail_owner = postfix
      setgid_group = postdrop
      maillog_file = \(folder.file("log"))
      maillog_file_prefixes = \(folder.path)
      myhostname = mx.relay.example
      mydestination =
      inet_interfaces = loopback-only
      inet_protocols = ipv4
      mynetworks = 127.0.0.0/8
      alias_maps =
      smtp_dns_support_level = disabled
      smtp_tls_security_level = none
      recipient_delimiter = +
      smtpd_recipient_restrictions = permit_mynetworks, reject
      virtual_mailbox_domains = news.example.org
      virtual_mailbox_base = \(folder.file("mail"))
      virtual_mailbox_maps = static:in/
      virtual_uid_maps = static:65534
      virtual_gid_maps = static:65534
      virtual_minimum_uid = 1
      transport_maps = inline:{ {courrier.example=\(transport)} }

      """
  }

  private static func masterConfiguration(_ port: Int) -> String {
    """
    127.0.0.1:\(port) inet n - n - - smtpd
    cleanup unix n - n - 0 cleanup
    qmgr unix n - n 300 1 qmgr
    rewrite unix - - n - - trivial-rewrite
    bounce unix - - n - 0 bounce
    defer unix - - n - 0 bounce
    trace unix - - n - 0 bounce
    smtp unix - - n - - smtp
    discard unix - - n - - discard
    error unix - - n - - error
    retry unix - - n - - error
    virtual unix - n n - - virtual
    proxymap unix - - n - - proxymap
    anvil unix - - n - 1 anvil
    postlog unix-dgram n - n - 1 postlogd

    """
  }
}
