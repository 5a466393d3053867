import Foundation

/// A mail server that never loses its record and fails as it is told: `Tests/Servers/mail_sink.c`.
package final class MailSink {
  /// A message that it took.
  package struct Message: Equatable {
    package var identifier: String
    package var recipient: String
    /// Of all of the content.
    package var hash: String
  }

  /// What it has seen.
  package struct Summary: Decodable {
    package var messages: Int
    package var connections: Int
    package var atOnce: Int
  }

  package let port: Int
  private let process: ServerProcess

  /// - Parameters:
  ///   - record: the file to which each message is added before it is answered.
  ///   - options: see the source.
  package init(record: String, _ options: [String] = []) throws {
    process = try ServerProcess(CompiledSource.mailSink(), ["--record", record] + options)
    guard let line = try process.readLine(), let port = Int(line)
    else { throw ServerProcess.Failure(description: "the mail sink does not start") }
    self.port = port
  }

  package func stop() throws -> Summary {
    process.closeInput()
    return try JSONDecoder().decode(Summary.self, from: Data(process.readAll().utf8))
  }

  /// The messages on record, in order.
  package static func messages(in record: String) throws -> [Message] {
    guard let data = FileManager.default.contents(atPath: record) else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
      let fields = line.split(separator: " ").map(String.init)
      return Message(identifier: fields[0], recipient: fields[1], hash: fields[2])
    }
  }
}
