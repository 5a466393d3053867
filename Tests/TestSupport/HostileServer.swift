import Foundation

/// A web server that answers as no server should: `Tests/Servers/hostile_server.py`.
package final class HostileServer {
  package struct Request: Decodable {
    package var method: String
    package var path: String
    /// By name in lower case.
    package var fields: [String: String]
    /// The same number for requests over one connection.
    package var connection: Int
  }

  /// What it has seen.
  package struct Account: Decodable {
    package var requests: [Request]
    package var connections: Int
    /// How often someone connected to where nobody must.
    package var canaries: Int
    /// The most requests that were open at a time.
    package var most: Int
    /// The same, to one address.
    package var mostOfHost: Int
  }

  private struct Ports: Decodable {
    var port: Int
    var canary: Int
  }

  package let port: Int
  /// The port, of 127.0.0.1 and of ::1, of the server that must not be reached.
  package let canary: Int
  private let process: ServerProcess

  /// - Parameter hosts: at how many addresses it listens, from 127.0.0.1 on.
  package init(hosts: Int = 1) throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Servers/hostile_server.py").path
    process = try ServerProcess("python3", [script, "--hosts", "\(hosts)"])
    guard let line = try process.readLine()
    else { throw ServerProcess.Failure(description: "the hostile server does not start") }
    let ports = try JSONDecoder().decode(Ports.self, from: Data(line.utf8))
    (port, canary) = (ports.port, ports.canary)
  }

  /// Its address, with a path behind it.
  package func url(_ path: String, host: Int = 1) -> String {
    "http://127.0.0.\(host):\(port)/\(path)"
  }

  /// The address of an answer with these header fields.
  package func answer(
    _ status: Int,
    _ fields: [String: String] = [:],
    body: String = "",
    host: Int = 1
  ) -> String {
    let query = ["status": "\(status)", "body": body].merging(fields) { $1 }
    let pairs = query.sorted { $0.key < $1.key }.map { "\($0.key)=\(encoded($0.value))" }
    return url("answer?" + pairs.joined(separator: "&"), host: host)
  }

  /// The address of a document that is known by an ETag.
  package func versioned(_ body: String) -> String { url("versioned?body=\(encoded(body))") }

  /// Ends the server, and returns what it has seen.
  package func stop() throws -> Account {
    process.closeInput()
    return try JSONDecoder().decode(Account.self, from: Data(try process.readAll().utf8))
  }

  private func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}
