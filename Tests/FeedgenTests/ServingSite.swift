import Foundation
import Glibc
import TestSupport
import Testing

/// A site whose reader's door is open, on loopback.
///
/// The door is never opened by root: where the tests run as root, the program runs as nobody.
final class ServingSite {
  struct Answer {
    var status: Int
    var head: String
    var body: String
  }

  let site: TestSite
  private let program: String
  private(set) var server: ServerProcess?
  private(set) var port = 0

  init(_ more: String = "") throws {
    let server = "server: {listen: \"127.0.0.1:0\", url: \"http://127.0.0.1/\"\(more)}\n"
    let text = TestSite.configuration.replacing(
      "  unsubscribe_mailto: quitter@news.example.org\n",
      with: ""
    )
    site = try TestSite(configuration: text + server)
    program = site.folder.file("feedgen")
    try FileManager.default.copyItem(atPath: Program.debug.path, toPath: program)
  }

  /// Opens the door.
  func open(_ more: [String] = []) throws {
    try giveAway()
    let command = command(["serve", "--quiet"] + more)
    let server = try ServerProcess(command[0], Array(command.dropFirst()))
    port = try server.listeningPort()
    self.server = server
  }

  /// Runs the program as who owns the site.
  @discardableResult
  func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    try giveAway()
    let command = command(arguments)
    return try runProgram(command[0], Array(command.dropFirst()))
  }

  func publish(_ day: Int, _ more: [String] = []) throws -> (status: Int32, output: String) {
    try run(["publish", "--as-of", "2026-11-\(day < 10 ? "0" : "")\(day)T08:05:00"] + more)
  }

  /// Asks as a browser would, or as whoever the options make it.
  func ask(_ path: String, _ options: [String] = []) throws -> Answer {
    let (_, output) = try runProgram(
      "curl",
      ["--silent", "--show-error", "--include", "--max-time", "30"] + options
        + ["http://127.0.0.1:\(port)\(path)"]
    )
    let text = output.replacing("\r\n", with: "\n")
    let end = text.firstRange(of: "\n\n")
    let head = String(text[..<(end?.lowerBound ?? text.endIndex)])
    return Answer(
      status: Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0,
      head: head,
      body: end.map { String(text[$0.upperBound...]) } ?? ""
    )
  }

  /// Does what a reader would do in a browser; paths are below the door.
  ///
  /// - Returns: the words of the page where that leads.
  func follow(_ steps: [[Any]]) throws -> String {
    let complete = steps.map { step in
      step.first as? String == "open" ? ["open", "http://127.0.0.1:\(port)\(step[1])"] : step
    }
    let json = try JSONSerialization.data(withJSONObject: complete)
    let (status, output) = try followInBrowser(String(decoding: json, as: UTF8.self))
    try #require(status == 0, "\(output)")
    return output
  }

  private func command(_ arguments: [String]) -> [String] {
    let own = [program] + arguments + ["--site", site.folder.path]
    let asNobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    return getuid() == 0 ? asNobody + own : own
  }

  /// Makes the site nobody's, where the tests run as root.
  private func giveAway() throws {
    guard getuid() == 0 else { return }
    try runProgram("chown", ["-R", "nobody:nogroup", site.folder.path])
  }
}
