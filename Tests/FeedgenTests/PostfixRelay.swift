import Foundation
import Glibc
import TestSupport
import Testing

/// A Postfix with a configuration and a queue of its own, which takes every message and throws it
/// away, and writes its log.
///
/// It has to be started by root, as every Postfix.
final class PostfixRelay {
  let port: Int
  private let folder = TemporaryFolder()
  private let process: ServerProcess

  init() throws {
    port = try freePort()
    try folder.write(PostfixRelay.mainSettings(in: folder), to: "etc/main.cf")
    try folder.write(PostfixRelay.services(at: port), to: "etc/master.cf")
    for name in ["queue", "data", "log"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name),
        withIntermediateDirectories: true
      )
    }
    unsafe chmod(folder.path, 0o755)
    try runProgram("chown", ["postfix", folder.file("data")])
    process = try ServerProcess("/usr/sbin/postfix", ["-c", folder.file("etc"), "start-fg"])
    // Its sockets are there before it says so.
    try waitForLine(with: "daemon started")
  }

  deinit {
    _ = try? runProgram("/usr/sbin/postfix", ["-c", folder.file("etc"), "stop"])
    process.stop()
  }

  /// The log so far.
  func log() throws -> String { try folder.read("log/mail.log") }

  /// Waits until a line of the log has these words.
  func waitForLine(with words: String, count: Int = 1) throws {
    for _ in 0..<500 {
      let lines = (try? log()) ?? ""
      if lines.components(separatedBy: words).count > count { return }
      usleep(20_000)
    }
    throw MissingLine(words: words, log: (try? log()) ?? "")
  }

  private static func mainSettings(in folder: TemporaryFolder) -> String {
    """
    compatibility_level = 3.6
    queue_directory = \(folder.file("queue"))
    data_directory = \(folder.file("data"))
    command_directory = /usr/sbin
    daemon_directory = /usr/lib/postfix/sbin
    maillog_file_prefixes = \(folder.path)
    maillog_file = \(folder.file("log/mail.log"))
    myhostname = relay.example
    inet_interfaces = loopback-only
    inet_protocols = ipv4
    mynetworks = 127.0.0.0/8
    mydestination =
    alias_maps =
    default_transport = discard:
    smtpd_relay_restrictions = permit_mynetworks, reject

    """
  }

  private static func services(at port: Int) -> String {
    """
    127.0.0.1:\(port) inet n - n - - smtpd
    cleanup unix n - n - 0 cleanup
    qmgr unix n - n 300 1 qmgr
    tlsmgr unix - - n 1000? 1 tlsmgr
    rewrite unix - - n - - trivial-rewrite
    bounce unix - - n - 0 bounce
    defer unix - - n - 0 bounce
    trace unix - - n - 0 bounce
    proxymap unix - - n - - proxymap
    discard unix - - n - - discard
    error unix - - n - - error
    retry unix - - n - - error
    anvil unix - - n - 1 anvil
    postlog unix-dgram n - n - 1 postlogd

    """
  }
}

/// The log does not say what a test waits for.
private struct MissingLine: Error {
  var words: String
  var log: String
}

/// A port of 127.0.0.1 that was free a moment ago; Postfix takes no port 0.
private func freePort() throws -> Int {
  let script = "import socket; print(socket.create_server(('127.0.0.1', 0)).getsockname()[1])"
  let output = try runProgram("python3", ["-c", script]).output
  return try #require(Int(output.prefix { $0.isNumber }))
}
