import Foundation
import TestSupport
import Testing

/// Runs that are stopped and killed while they deliver, judged by what the server got.
@Suite(.enabled(if: isInstalled("smtp-sink"), "there is no smtp-sink; postfix has it"))
struct DeliveryFaultTests {
  let site: SampleSite
  let mails = TemporaryFolder()

  init() throws {
    site = try SampleSite()
  }

  @Test func `a run that is told to stop finishes its message, and the next sends the rest`() throws
  {
    let count = 20
    try site.addSubscribers(count)
    // Without -p it would answer out of turn.
    let (sink, port) = try startSMTPSink(["-D", mails.file("%M%S-"), "-p", "-W", ".:1"])
    // Not as a child of Foundation's: those begin with this thread's blocked signals.
    let run = try ServerProcess(
      site.program.path,
      publish(to: port) + ["--site", site.folder.path]
    )
    try waitForMessages(2)
    let asked = Date.now
    kill(run.identifier, SIGTERM)
    #expect(run.wait() == 75)
    #expect(Date.now.timeIntervalSince(asked) < 10)
    let before = try received().count
    #expect((1..<count).contains(before), "\(before)")
    let rest = try site.run(publish(to: port))
    #expect(rest.status == 0, "\(rest.errors)")
    sink.stop()
    let messages = try received()
    #expect(Set(messages.map(\.to)) == Set((1...count).map { "<l\($0)@courrier.example>" }))
    #expect(messages.count == count)
    #expect(Set(messages.map(\.id)).count == count)
  }

  /// Each time at another message, and once before the first.
  @Test func `runs that are killed again and again skip nobody`() throws {
    let count = 30
    let kills = ProcessInfo.processInfo.environment["FEEDGEN_SOAK"] == nil ? 3 : 10
    try site.addSubscribers(count)
    // What a kill in the middle of the first publication does is seen in FaultTests.
    try #require(site.run(["publish", "--as-of", SampleSite.instant, "--feeds-only"]).status == 0)
    let (sink, port) = try startSMTPSink(["-D", mails.file("%M%S-")])
    for number in 0..<kills {
      let run = try site.program.start(publish(to: port), in: site.folder.path)
      if number > 0 { try waitForMessages(try received().count + 1, while: run) }
      usleep(UInt32.random(in: 0..<(number == 0 ? 300_000 : 10_000)))
      kill(run.process.processIdentifier, SIGKILL)
      _ = run.finish()
    }
    let last = try site.run(publish(to: port))
    #expect(last.status == 0, "\(last.errors)")
    sink.stop()
    let messages = try received()
    let whole = messages.filter(\.isWhole)
    #expect(Set(whole.map(\.to)).count == count, "nobody is skipped")
    #expect(messages.count <= count + kills)
    for (recipient, copies) in Dictionary(grouping: messages, by: \.to) {
      #expect(Set(copies.map(\.id)).count == 1, "\(recipient): one Message-ID")
    }
    #expect(try site.integrity() == "ok\n")
    #expect(try site.run(["check"]).status == 0)
  }

  private func publish(to port: Int) -> [String] {
    [
      "publish", "--as-of", SampleSite.instant, "--set", "mail.smtp=smtp://127.0.0.1:\(port)",
      "--set", "mail.first_send=send",
    ]
  }

  /// Waits until so many messages have begun to arrive, or the run is over.
  private func waitForMessages(_ count: Int, while run: RunningProgram? = nil) throws {
    for _ in 0..<5000 {
      if try received().count >= count || run?.process.isRunning == false { return }
      usleep(2000)
    }
    Issue.record("no \(count) messages arrive")
  }

  /// What smtp-sink wrote down: one file a connection, and in it one message after the other.
  private func received() throws -> [Received] {
    try mails.names().flatMap { name in
      let content = FileManager.default.contents(atPath: mails.file(name)) ?? Data()
      return String(decoding: content, as: UTF8.self).components(separatedBy: "X-Client-Addr: ")
        .map(Received.init).filter { $0.id != "" }
    }
  }
}

/// A message, or as much of it as came before the run was killed.
private struct Received {
  var to = ""
  var id = ""
  var isWhole: Bool

  init(_ text: String) {
    let lines = text.split(whereSeparator: \.isNewline)
    isWhole = lines.last?.hasPrefix("--=") == true && lines.last?.hasSuffix("--") == true
    for line in lines.prefix(40) {
      if line.hasPrefix("To: ") { to = String(line.dropFirst(4)) }
      if line.hasPrefix("Message-ID: ") { id = String(line.dropFirst(12)) }
    }
  }
}
