import Foundation
import TestSupport
import Testing

/// A store that is lost and put back as it was, judged by what a mail server got.
@Suite struct RestoreTests {
  static let readers = (1...3).map { "l\($0)@courrier.example" }

  let site: TestSite
  let server: MailServer

  init() throws {
    site = try TestSite()
    server = try MailServer()
    try site.writeArticle("un", day: 18)
    for reader in RestoreTests.readers { try site.addSubscriber(reader) }
  }

  /// A run that could not even begin to send makes nothing suspect.
  @Test func `a first sending that cannot be noted is tried again, and held by nobody`() throws {
    let mark = site.folder.file("feedgen.db.sent")
    try FileManager.default.createDirectory(atPath: mark, withIntermediateDirectories: false)
    #expect(![0, 75].contains(try publish(23).status))
    try FileManager.default.removeItem(atPath: mark)
    let result = try publish(23)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try server.stop().messages.count == RestoreTests.readers.count)
  }

  /// How yesterday's store comes to be today's.
  enum Loss: CaseIterable {
    /// By `feedgen restore`, in the place of the store or where all is lost.
    case replaced, wiped
    /// By hand: the backup's file, or a copy that feedgen knows nothing of.
    case backupCopied, fileCopied
    /// By hand, and without what is noted beside the store.
    case movedWithoutMark
  }

  @Test(arguments: Loss.allCases)
  func `nobody is mailed twice, and nobody is forgotten`(loss: Loss) throws {
    try sendAnIssue(before: 20)
    let backup = try save()
    try publish(23)
    try lose(loss, backup)
    let held = try publish(24)
    #expect(held.status == 75)
    #expect(held.errors.contains("feedgen resume --already-sent"))
    #expect(held.errors.contains("feedgen resume --send"))
    #expect(try publish(24, ["--quiet"]).status == 75, "as long as nobody has said")
    try site.writeArticle("deux", day: 24)
    #expect(try publish(25).status == 75)
    #expect(try site.titles().first == "Article deux", "feeds do not wait")
    let resumed = try site.run(["resume", "--already-sent", "--set", relay])
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(resumed.output.contains("weekly/2026-11-23: counts as sent."))
    #expect(try publish(26).status == 0)
    #expect(try publish(30).status == 0)
    let messages = try server.stop().messages
    expectOnce(messages, issues: 3)
    #expect(messages.filter { $0.text.contains("Article deux") }.count == 3)
    #expect(messages.filter { $0.text.contains("Article un") }.count == 3)
  }

  @Test func `where nothing was sent since, what waits goes out`() throws {
    try publish(20)
    let backup = try save()
    try lose(.replaced, backup)
    #expect(try publish(23).status == 75)
    let resumed = try site.run(["resume", "--send"])
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try publish(23).status == 0)
    expectOnce(try server.stop().messages, issues: 1)
  }

  /// The backup was made while the relay was down, and the messages waited.
  @Test func `messages that waited in the backup and then went out are not sent again`() throws {
    try publish(20)
    let down = try site.publish(23, ["--set", "mail.smtp=smtp://127.0.0.1:9"])
    #expect(down.status == 69)
    let backup = try save()
    #expect(try publish(23).status == 0)
    try lose(.wiped, backup)
    #expect(try publish(24).status == 75)
    let resumed = try site.run(["resume", "--already-sent"])
    #expect(resumed.output.contains("3 messages that waited count as sent"), "\(resumed)")
    #expect(try publish(24).status == 0)
    expectOnce(try server.stop().messages, issues: 1)
  }

  @Test func `a store on another machine sends nothing until somebody says so`() throws {
    try publish(23)
    let move = "UPDATE state SET machine = 'another'"
    _ = try runProgram("sqlite3", [site.folder.file("feedgen.db"), move])
    try site.writeArticle("deux", day: 24)
    let held = try publish(30)
    #expect(held.status == 75)
    #expect(held.errors.contains("from another machine"))
    #expect(try site.run(["status"]).errors.contains("no mail goes out"))
    #expect(try site.run(["resume", "--send"]).status == 0)
    #expect(try publish(30).status == 0)
    expectOnce(try server.stop().messages, issues: 2)
  }

  @Test func `a site without mail has nothing to hold`() throws {
    let mail = try #require(TestSite.configuration.range(of: "digests:"))
    let configuration = String(TestSite.configuration[..<mail.lowerBound])
    try site.folder.write(configuration, to: "feedgen.yaml")
    try site.publish(20)
    let backup = try save()
    try lose(.replaced, backup)
    let result = try site.publish(23)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
  }

  @Test func `a store that goes on as it is is never held`() throws {
    for (number, day) in [23, 24, 30].enumerated() {
      try site.writeArticle("n\(number)", day: day - 1)
      let result = try publish(day)
      #expect(result.status == 0, "\(result.errors)")
    }
    let resumed = try site.run(["resume", "--send", "--set", relay])
    #expect(resumed.output == "Mail is not on hold; nothing to do.\n")
  }

  @Test(arguments: [[], ["--send", "--already-sent"]])
  func `what was sent has to be said`(words: [String]) throws {
    let result = try site.run(["resume"] + words)
    #expect(result.status == 64)
    #expect(result.errors.contains("--already-sent or --send"))
  }

  /// Who leaves after the backup is not in it.
  @Test(arguments: [Loss.replaced, .wiped, .fileCopied])
  func `who left since stays gone`(loss: Loss) throws {
    try sendAnIssue(before: 20)
    let backup = try save()
    try leave("l2@courrier.example")
    try publish(23)
    try lose(loss, backup)
    if loss == .fileCopied { #expect(try publish(24).status == 75) }
    #expect(try site.run(["resume", "--send", "--set", relay]).status == 0)
    try site.writeArticle("deux", day: 24)
    _ = try publish(30)
    let recipients = try server.stop().messages.flatMap(\.recipients)
    #expect(recipients.count { $0 == "l2@courrier.example" } == 1, "before leaving")
    let table = try site.run(["subscribers", "list"]).output
    #expect(table.contains("l2@courrier.example,,\"amerique-latine;bielorussie\",fr,weekly,left"))
    #expect(try !site.folder.read("left.log").contains("courrier"))
  }

  /// A backup that is verified tells how many left since.
  @Test func `what a restore would replay is told`() throws {
    let backup = try save()
    try leave("l2@courrier.example")
    let result = try site.run(["restore", "--verify", backup])
    #expect(result.output.contains("departures to replay: 1"), "\(result)")
    #expect(result.output.contains("subscribers: 3, 0 suppressed"))
  }

  /// A new store, and an old list of subscribers.
  @Test func `an import brings nobody back who left after the list was made`() throws {
    try leave("l1@courrier.example")
    try leave("l2@courrier.example")
    let log = try site.folder.read("left.log")
    let early = log.split(separator: "\n").map {
      $0.split(separator: " ").enumerated()
        .map { $0.offset == 1 ? "2026-10-15T08:00:00Z" : String($0.element) }
        .joined(separator: " ")
    }
    try site.folder.write(early.joined(separator: "\n") + "\n", to: "left.log", mode: 0o600)
    for name in try site.folder.names() where name.hasPrefix("feedgen.db") {
      try FileManager.default.removeItem(atPath: site.folder.file(name))
    }
    try site.folder.write(
      """
      email,consent_at,consent_source
      l1@courrier.example,2026-10-01,before leaving
      l2@courrier.example,2026-11-01,after leaving
      l3@courrier.example,2026-10-01,never left

      """,
      to: "list.csv"
    )
    let result = try site.run(["subscribers", "import", "list.csv"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("2 added"), "\(result.output)")
    #expect(result.output.contains("1 left out"))
    let table = try site.run(["subscribers", "list"]).output
    #expect(!table.contains("l1@") && table.contains("l2@") && table.contains("l3@"))
    try site.folder.write("email\nl1@courrier.example\n", to: "list.csv")
    let again = try site.run(["subscribers", "import", "list.csv", "--consent", "an old list"])
    #expect(again.output.contains("1 left out"), "a consent without a date is no return")
  }

  @Test func `backups while a run sends are whole, and the run sends all`() throws {
    let rows = (4...150).map { "l\($0)@courrier.example,2026-10-01,essai\n" }
    try site.folder.write("email,consent_at,consent_source\n" + rows.joined(), to: "more.csv")
    try #require(try site.run(["subscribers", "import", "more.csv"]).status == 0)
    let run = try site.program.start(
      ["publish", "--as-of", "2026-11-23T08:05:00", "--set", relay],
      in: site.folder.path
    )
    var backups = 0
    while run.process.isRunning {
      let result = try site.run(["backup", "--keep", "100"])
      #expect(result.status == 0, "\(result.errors)")
      backups += 1
    }
    #expect(run.finish().status == 0)
    #expect(backups > 1)
    for name in try site.folder.names(in: "backups") {
      let result = try site.run(["restore", "--verify", "backups/\(name)"])
      #expect(result.status == 0, "\(result.errors)")
    }
    #expect(Set(try server.stop().messages.flatMap(\.recipients)).count == 150)
  }

  @Test func `a restore waits for a run to end`() throws {
    let backup = try save()
    let lock = try RunningProgram(
      "/usr/bin/flock",
      [site.folder.file("feedgen.db.run"), "sleep", "5"],
      in: site.folder.path,
      environment: [:]
    )
    usleep(300_000)
    let results = try [["restore", "--replace", backup], ["resume", "--send"]].map(site.run)
    lock.process.terminate()
    #expect(results.map(\.status) == [75, 75], "\(results)")
    #expect(results.allSatisfy { $0.errors.contains("another run is at work") })
  }

  private var relay: String { "mail.smtp=smtp://127.0.0.1:\(server.port)" }

  @discardableResult
  private func publish(_ day: Int, _ more: [String] = []) throws -> Program.Result {
    try site.publish(day, ["--set", relay] + more)
  }

  /// An issue before the backup, so that the store knows that it has sent.
  private func sendAnIssue(before day: Int) throws {
    try site.writeArticle("zero", day: 12)
    #expect(try publish(16).status == 0)
    #expect(try publish(day).status == 0)
  }

  private func leave(_ address: String) throws {
    try site.folder.write("email,status\n\(address),left\n", to: "left.csv")
    try #require(try site.run(["subscribers", "import", "left.csv"]).status == 0)
  }

  /// A backup, and beside it a copy of the store as `cp` makes it.
  private func save() throws -> String {
    let result = try site.run(["backup", "--json"])
    try #require(result.status == 0, "\(result.errors)")
    struct Made: Decodable { var backup: String }
    let path = try JSONDecoder().decode(Made.self, from: Data(result.output.utf8)).backup
    try FileManager.default.copyItem(
      atPath: site.folder.file("feedgen.db"),
      toPath: site.folder.file("yesterday.db")
    )
    return path
  }

  private func lose(_ loss: Loss, _ backup: String) throws {
    switch loss {
    case .replaced:
      try #require(try site.run(["restore", "--replace", backup]).status == 0)
    case .wiped:
      try remove { ["feedgen.db", "feedgen.db-wal", "feedgen.db-shm", "keys"].contains($0) }
      try #require(try site.run(["restore", backup]).status == 0)
    case .backupCopied: try copy("\(backup)/feedgen.db")
    case .fileCopied: try copy(site.folder.file("yesterday.db"))
    case .movedWithoutMark:
      try copy(site.folder.file("yesterday.db"))
      try remove { $0 == "feedgen.db.sent" }
    }
  }

  private func copy(_ path: String) throws {
    try remove { $0 == "feedgen.db" }
    try FileManager.default.copyItem(atPath: path, toPath: site.folder.file("feedgen.db"))
  }

  private func remove(_ isGone: (String) -> Bool) throws {
    for name in try site.folder.names() where isGone(name) {
      try FileManager.default.removeItem(atPath: site.folder.file(name))
    }
  }

  /// Each reader has got each issue once, and no article is in two messages to one reader.
  private func expectOnce(_ messages: [MailServer.Message], issues: Int) {
    #expect(Set(messages.map(\.id)).count == messages.count, "one message, one Message-ID")
    for reader in RestoreTests.readers {
      let own = messages.filter { $0.recipients == [reader] }
      #expect(own.count == issues, "\(reader)")
      for title in ["Article zero", "Article un", "Article deux"] {
        #expect(own.count { $0.text.contains(title) } <= 1, "\(reader): \(title)")
      }
    }
  }
}

extension MailServer.Message {
  fileprivate var text: String { String(decoding: content, as: UTF8.self) }

  fileprivate var id: String {
    text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("Message-ID: ") }.map(String.init)
      ?? ""
  }
}
