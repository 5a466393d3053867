import Foundation

/// A web server that writes down what it is asked: `Tests/Servers/http_server.py`.
package final class HTTPServer {
  package struct Request: Equatable {
    package var method: String
    package var path: String
    /// By name in lower case.
    package var headers: [String: String]
    /// The names and values of a form, as `name=value`.
    package var form: [String]
    /// The same number for requests over one connection.
    package var connection: Int
  }

  package let port: Int
  private let process: ServerProcess

  /// - Parameter port: 0 for one of the system's choice.
  package init(port: Int = 0, certificate: String? = nil) throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Servers/http_server.py").path
    process = try ServerProcess(
      "python3",
      [script, "--port", "\(port)"] + (certificate.map { ["--certificate", $0] } ?? [])
    )
    guard let line = try process.readLine(), let port = Int(line)
    else { throw ServerProcess.Failure(description: "the web server does not start") }
    self.port = port
  }

  /// The server's address, with a path behind it.
  package func url(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

  /// Ends the server, and returns what it was asked, in order.
  @discardableResult
  package func stop() throws -> [Request] {
    process.closeInput()
    return try process.readAll().split(separator: "\n").map { line in
      let fact = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      return Request(
        method: fact["method"] as? String ?? "",
        path: fact["path"] as? String ?? "",
        headers: fact["headers"] as? [String: String] ?? [:],
        form: (fact["form"] as? [[String]] ?? []).map { $0.joined(separator: "=") },
        connection: fact["connection"] as? Int ?? 0
      )
    }
  }
}
