import Foundation
import Glibc
import TestSupport
import Testing

/// A real relay takes an issue, and delivers it into a mailbox.
@Suite(.enabled(if: PostfixServer.isUsable, "Postfix is not installed, or this is not root"))
struct PostfixDeliveryTests {
  private static let count = 200

  private let site: TestSite
  private let postfix: PostfixServer

  init() throws {
    site = try TestSite()
    try site.writeArticle("un", day: 18)
    let rows = (1...Self.count).map { "l\($0)@news.example.org,2026-10-01,essai\n" }
    try site.folder.write("email,consent_at,consent_source\n" + rows.joined(), to: "table.csv")
    try #require(try site.run(["subscribers", "import", "table.csv"]).status == 0)
    postfix = try PostfixServer()
  }

  @Test func `everybody’s message lies in the mailbox once`() throws {
    let result = try site.publish(23, relay)
    #expect(result.status == 0, "\(result.errors)")
    try postfix.waitForReports(Self.count, seconds: 120)
    let messages = try delivered()
    #expect(messages.count == Self.count)
    #expect(Set(messages.map(\.recipient)).count == Self.count)
    #expect(Set(messages.map(\.identifier)).count == Self.count)
  }

  /// What a dead run has hidden, the relay's log knows: nothing goes out twice.
  @Test func `after a kill, the relay's log leaves nothing uncertain`() throws {
    let run = try ServerProcess(
      site.program.path,
      ["publish", "--site", site.folder.path, "--as-of", "2026-11-23T08:05:00", "--quiet"] + relay
    )
    try postfix.waitForReports(Self.count / 4, seconds: 120)
    kill(run.identifier, SIGKILL)
    #expect(run.wait() == -SIGKILL)
    // The next run finds what the dead one left; it has nothing new to say while mail is held.
    try site.folder.write("", to: "digests/HOLD")
    _ = try site.publish(23, relay)
    print("uncertain after the kill: \(try states())")
    let reconciled = try site.run(["reconcile", postfix.logPath])
    #expect([0, 75].contains(reconciled.status), "\(reconciled.errors)")
    try FileManager.default.removeItem(atPath: site.folder.file("digests/HOLD"))
    let rest = try site.publish(23, relay)
    #expect(rest.status == 0, "\(rest.errors)")
    try postfix.waitForReports(Self.count, seconds: 120)
    usleep(500_000)
    let messages = try delivered()
    #expect(Set(messages.map(\.recipient)).count == Self.count, "nobody is skipped")
    #expect(messages.count == Self.count, "nobody gets it twice")
    #expect(try states() == "accepted|\(Self.count)\n", "nothing is left open")
  }

  private var relay: [String] { ["--set", "mail.smtp=smtp://127.0.0.1:\(postfix.port)"] }

  private func states() throws -> String {
    let statement = "SELECT state, count(*) FROM delivery GROUP BY state"
    return try runProgram("sqlite3", [site.folder.file("feedgen.db"), statement]).output
  }

  private func delivered() throws -> [(recipient: String, identifier: String)] {
    let folder = "\(postfix.maildir)/new"
    return try FileManager.default.contentsOfDirectory(atPath: folder).map { name in
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      return (field("Delivered-To", in: text), field("Message-ID", in: text))
    }
  }

  private func field(_ name: String, in text: String) -> String {
    let line = text.split(separator: "\n").first { $0.hasPrefix("\(name): ") }
    return String(line?.dropFirst(name.count + 2) ?? "")
  }
}
