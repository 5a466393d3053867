import Foundation

/// A mail server that records what it gets: `Tests/Servers/smtp_server.py`.
package final class MailServer {
  /// A message with its envelope.
  package struct Message: Equatable {
    package var sender: String
    package var recipients: [String]
    package var options: [String]
    package var content: [UInt8]
    package var usedTLS: Bool
    package var user: String?
  }

  package let port: Int
  private let process: ServerProcess

  package init(_ arguments: [String] = []) throws {
    let modules = try PythonModule.aiosmtpd.path()
    process = try ServerProcess(
      "python3",
      ["\(servers.path)/smtp_server.py"] + arguments,
      environment: ["PYTHONPATH=\(modules)"]
    )
    guard let line = try process.readLine(), let port = Int(line)
    else { throw ServerProcess.Failure(description: "the mail server does not start") }
    self.port = port
  }

  /// What the server has recorded since the last time, in order, until it has this many messages
  /// or, by default, has seen QUIT.
  package func facts(untilMessages count: Int? = nil) throws -> [[String: Any]] {
    var facts: [[String: Any]] = []
    while let line = try process.readLine() {
      let fact = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      facts.append(fact)
      let kind = fact["kind"] as? String
      if count == nil ? kind == "quit" : facts.messageCount == count { break }
    }
    return facts
  }

  /// Ends the server, and returns all that it has recorded and nobody has read.
  package func stop() throws -> [[String: Any]] {
    process.closeInput()
    return try process.readAll().split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
  }
}

extension [[String: Any]] {
  fileprivate var messageCount: Int { count { $0["kind"] as? String == "message" } }

  /// The kinds of what happened, in order.
  package var kinds: [String] { compactMap { $0["kind"] as? String } }

  package var messages: [MailServer.Message] {
    compactMap { fact in
      guard let sender = fact["sender"] as? String else { return nil }
      let text = (fact["content"] as? String).flatMap { Data(base64Encoded: $0) }
      let file = (fact["file"] as? String).flatMap { try? Data(contentsOf: URL(filePath: $0)) }
      let content = text ?? file ?? Data()
      return MailServer.Message(
        sender: sender,
        recipients: fact["recipients"] as? [String] ?? [],
        options: fact["options"] as? [String] ?? [],
        content: [UInt8](content),
        usedTLS: fact["tls"] as? Bool ?? false,
        user: fact["user"] as? String
      )
    }
  }
}

/// `Tests/Servers`.
private let servers = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Servers")

/// A certificate that nobody vouches for, made by openssl: one PEM file with its key.
///
/// Trusting the file makes it valid for the names.
package func makeCertificate(
  in folder: TemporaryFolder,
  for names: String = "DNS:localhost,IP:127.0.0.1"
) throws -> String {
  let path = "\(folder.path)/server.pem"
  let (status, _) = try runProgram(
    "openssl",
    [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-days", "2", "-subj", "/CN=test",
      "-addext", "subjectAltName=\(names)",
      "-keyout", path, "-out", "\(path).certificate",
    ]
  )
  guard status == 0 else { throw ServerProcess.Failure(description: "openssl ends with \(status)") }
  try runProgram("sh", ["-c", "cat \"$0.certificate\" >> \"$0\"", path])
  return path
}

/// Postfix's `smtp-sink`, which refuses and hangs up as it is told.
package func startSMTPSink(_ arguments: [String] = []) throws -> (process: ServerProcess, port: Int)
{
  let user = getuid() == 0 ? ["-u", "root"] : []
  let path = "PATH=/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"
  let process = try ServerProcess(
    "/usr/sbin/smtp-sink",
    user + arguments + ["127.0.0.1:0", "64"],
    environment: [path]
  )
  return (process, try process.listeningPort())
}
