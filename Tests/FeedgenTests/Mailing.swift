import Foundation
import TestSupport
import Testing

/// An issue that is due to many subscribers, the mail servers that get it, and what must be true
/// of it whatever happens.
final class Mailing {
  /// Long tests have many recipients, so they use the program as it is installed.
  static let program = isSoaking ? Program.release : .debug

  let site: TestSite
  let count: Int
  private let start = TemporaryFolder()
  private let records = TemporaryFolder()

  init(to count: Int) throws {
    self.count = count
    site = try TestSite(Mailing.program)
    try site.writeArticle("un", day: 18)
    let rows = (1...count).map { "\(Mailing.address($0)),2026-10-01,essai\n" }
    try site.folder.write("email,consent_at,consent_source\n" + rows.joined(), to: "table.csv")
    try #require(try site.run(["subscribers", "import", "table.csv"]).status == 0)
    try #require(try site.publish(20, ["--feeds-only"]).status == 0)
    try copy(site.folder.path, to: start.path)
  }

  static func address(_ number: Int) -> String { "l\(number)@courrier.example" }

  /// Makes everything as it was before the first run.
  func restart() throws {
    try copy(start.path, to: site.folder.path)
    try? FileManager.default.removeItem(atPath: record)
  }

  var record: String { records.file("record") }

  func sink(_ options: [String] = []) throws -> MailSink {
    try MailSink(record: record, options)
  }

  func arguments(_ sink: MailSink) -> [String] {
    [
      "publish", "--site", site.folder.path, "--as-of", "2026-11-23T08:05:00",
      "--set", "mail.smtp=smtp://127.0.0.1:\(sink.port)",
    ]
  }

  @discardableResult
  func publish(
    to sink: MailSink,
    environment: [String: String] = [:]
  ) throws -> Program.Result {
    try site.program.run(arguments(sink), environment: environment)
  }

  /// A run at work that can be sent signals.
  ///
  /// Not as a child of Foundation's: those begin with this thread's blocked signals.
  func start(to sink: MailSink) throws -> ServerProcess {
    try ServerProcess(site.program.path, arguments(sink) + ["--quiet"])
  }

  // MARK: What was taken, and what the store says

  func received() throws -> [MailSink.Message] { try MailSink.messages(in: record) }

  func repeated() throws -> Set<String> {
    Set(Dictionary(grouping: try received(), by: \.recipient).filter { $1.count > 1 }.keys)
  }

  /// The deliveries by state.
  func states() throws -> [String: Int] {
    let rows = try ask("SELECT state, count(*) FROM delivery GROUP BY state")
    return Dictionary(
      uniqueKeysWithValues: rows.map { row in
        let fields = row.split(separator: "|")
        return (String(fields[0]), Int(fields[1]) ?? 0)
      }
    )
  }

  /// The addresses of deliveries of a kind.
  func addresses(where condition: String) throws -> Set<String> {
    Set(
      try ask(
        """
        SELECT address FROM delivery JOIN subscriber ON subscriber.key = delivery.subscriber
        WHERE \(condition)
        """
      )
    )
  }

  @discardableResult
  func ask(_ statement: String) throws -> [String] {
    let path = site.folder.file("feedgen.db")
    let (status, output) = try runProgram("sqlite3", [path, ".timeout 5000", statement])
    try #require(status == 0, "\(statement)")
    return output.split(separator: "\n").map(String.init)
  }

  /// Lets the time pass after which things are tried again, and runs until nothing is left.
  func finish() throws {
    let sink = try sink()
    for _ in 0..<5 {
      try ask("UPDATE delivery SET notBefore = 0; UPDATE relay SET openUntil = NULL")
      let result = try publish(to: sink)
      #expect([0, 75].contains(result.status), "\(result.errors)")
      let states = try states()
      let isOver = ["pending", "claimed", "uncertain"].allSatisfy { states[$0] == nil }
      if isOver, states.values.reduce(0, +) == count { return }
    }
    Issue.record("deliveries are left: \(try states())")
  }

  /// What must be true once all is done.
  ///
  /// - Parameter mostUncertain: of so many messages the fate may have been hidden.
  func judge(mostUncertain: Int, _ place: Comment = "", refused: Int = 0) throws {
    let copies = Dictionary(grouping: try received(), by: \.recipient)
    let uncertain = try addresses(where: "uncertainTries > 0")
    let repeated = try repeated()
    #expect(copies.count == count - refused, "nobody is skipped, \(place)")
    #expect(copies.values.allSatisfy { $0.count <= 2 }, place)
    #expect(repeated.isSubset(of: uncertain), "\(place)")
    #expect(uncertain.count <= mostUncertain, "\(uncertain.count) uncertain, \(place)")
    for (recipient, copies) in copies {
      #expect(Set(copies.map(\.identifier)).count == 1, "\(recipient): one Message-ID, \(place)")
      #expect(Set(copies.map(\.hash)).count == 1, "\(recipient): the same bytes, \(place)")
    }
    #expect(Set(copies.values.flatMap { $0.map(\.identifier) }).count == copies.count, place)
    #expect(try states() == ["accepted": count - refused, "rejected": refused].filter { $1 > 0 })
    #expect(try ask("PRAGMA integrity_check") == ["ok"], place)
    #expect(try journals() == [], place)
  }

  /// Every message that the store calls accepted was taken.
  func expectHonesty(_ place: Comment = "") throws {
    let recipients = Set(try received().map(\.recipient))
    #expect(try addresses(where: "delivery.state = 'accepted'").isSubset(of: recipients), place)
  }

  func journals() throws -> [String] {
    try site.folder.names().filter { $0.contains(".journal.") }
  }
}

/// Whether time does not matter: `make soak`.
let isSoaking = ProcessInfo.processInfo.environment["FEEDGEN_SOAK"] != nil

/// Makes a folder the copy of another, times and all.
func copy(_ source: String, to target: String) throws {
  let line = "rm -rf \"$2\" && cp -a \"$1\" \"$2\""
  let result = try Program(path: "/usr/bin/env").run(["sh", "-c", line, "sh", source, target])
  try #require(result.status == 0, "\(result.errors)")
}
