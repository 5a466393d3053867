import Foundation

/// The mail server that takes everything: `Tests/Servers/mail_sink.c`.
final class Sink {
  let port: Int
  private let process = Process()
  private let input = Pipe()

  /// - Parameter delay: milliseconds before each reply.
  init(delay: Int = 0) throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: program("mail-sink"))
    process.arguments = ["--delay", "\(delay)"]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = Data()
    while line.last != 10 { line += output.fileHandleForReading.readData(ofLength: 1) }
    guard let port = Int(String(decoding: line.dropLast(), as: UTF8.self))
    else { throw Failure(description: "the mail sink does not start") }
    self.port = port
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
