import Foundation

/// A web server for a folder, on loopback, which answers If-Modified-Since.
package final class FileServer {
  package let port: Int
  private let process: ServerProcess

  package init(serving folder: String) throws {
    process = try ServerProcess(
      "python3",
      ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder]
    )
    // “Serving HTTP on 127.0.0.1 port 40123 (http://127.0.0.1:40123/) ...”
    let words = try process.readLine()?.split(separator: " ") ?? []
    guard let place = words.firstIndex(of: "port"), let port = Int(words[place + 1]) else {
      throw ServerProcess.Failure(description: "the file server does not start")
    }
    self.port = port
  }

  package func url(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }
}
