import Foundation
import GRDBSQLite
import Model
import SQLiteStore
import Store

/// What it costs to settle one delivery and claim the next, durably: beside the same statements
/// given to SQLite alone, and on the disk beside one `fdatasync`.
struct JournalComparison {
  let folder: String
  private static let deliveries = 400
  private static let rounds = 5

  func run() throws {
    print("Settling a delivery and claiming the next (medians of \(Self.rounds), in turn):")
    try compare(in: folder, CLOCK_THREAD_CPUTIME_ID, "in memory, processor time", [bare, queue])
    let disk = FileManager.default.currentDirectoryPath + "/.build/message-benchmark-\(getpid())"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: disk) }
    try compare(in: disk, CLOCK_MONOTONIC, "on the disk", [synced, bare, queue])
  }

  private typealias Way = (String) throws -> Void

  private func compare(
    in folder: String,
    _ clock: clockid_t,
    _ name: String,
    _ ways: [(String, Way)]
  ) throws {
    let path = "\(folder)/journal.db"
    let mailing = Mailing(path: path)
    try mailing.fill(readers: Self.deliveries * Self.rounds * ways.count, .different)
    _ = try mailing.cost(of: .plan)
    let costs = try medians(
      of: Self.rounds,
      ways.map { _, way in { try seconds(clock) { try way(path) } / Double(Self.deliveries) * 1e6 }
      }
    )
    for (way, cost) in zip(ways, costs) {
      let ratio = decimal(costs[costs.count - 1] / cost, places: 2)
      print("  \(name), \(way.0): \(decimal(cost)) µs; feedgen needs \(ratio) × that")
    }
  }

  private var queue: (String, Way) {
    (
      "feedgen",
      { path in
        let store = try Mailing(path: path).open()
        var settled: [Settlement] = []
        for _ in 0..<Self.deliveries {
          let claims = try store.exchange(
            settled: settled,
            wanting: 1,
            by: Claimant(run: "bench", asOf: Mailing.asOf, now: Mailing.asOf)
          )
          settled = claims.map { Settlement(delivery: $0.delivery, outcome: .accepted(taken)) }
        }
      }
    )
  }

  private var bare: (String, Way) {
    ("SQLite alone", { path in try BareJournal(path: path).run(deliveries: Self.deliveries) })
  }

  private var synced: (String, Way) {
    (
      "one fdatasync",
      { path in
        let file = open(path + ".synced", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard file >= 0 else { throw Failure(description: "\(path).synced: \(errno)") }
        defer { close(file) }
        let page = [UInt8](repeating: 1, count: 4096)
        for _ in 0..<Self.deliveries {
          _ = write(file, page, page.count)
          fdatasync(file)
        }
      }
    )
  }
}

private let taken = SMTPReply(code: 250, text: "2.0.0 Ok")

/// The statements of an exchange, prepared once and given to SQLite with nothing around them.
private final class BareJournal {
  private var database: OpaquePointer?
  private var statements: [OpaquePointer?] = []

  init(path: String) throws {
    guard sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
      throw Failure(description: "\(path) cannot be opened")
    }
    sqlite3_exec(database, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON", nil, nil, nil)
    for sql in Self.sql {
      var statement: OpaquePointer?
      guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK else {
        throw Failure(description: String(cString: sqlite3_errmsg(database)))
      }
      statements.append(statement)
    }
  }

  deinit {
    for statement in statements { sqlite3_finalize(statement) }
    sqlite3_close(database)
  }

  /// `?1` is the delivery.
  private static let sql = [
    "BEGIN IMMEDIATE",
    """
    UPDATE delivery SET state = 'accepted', reply = '250 2.0.0 Ok', notBefore = NULL, settled = 1
    WHERE key = ?1 AND state = 'claimed'
    """,
    """
    UPDATE subscriber SET covered = max(covered, coalesce(
      (SELECT through FROM delivery JOIN issue ON issue.key = delivery.issue
        WHERE delivery.key = ?1), 0))
    WHERE key = (SELECT subscriber FROM delivery WHERE key = ?1)
    """,
    """
    SELECT delivery.key FROM delivery LEFT JOIN issue ON issue.key = delivery.issue
    WHERE delivery.state = 'pending' AND (notBefore IS NULL OR notBefore <= 9e9)
      AND (issue.state = 'planned' OR delivery.issue IS NULL)
    ORDER BY notBefore, delivery.key LIMIT 1
    """,
    """
    SELECT delivery.key, delivery.issue, digest, issue.date, groupNumber, subscriber.key,
      delivery.date, attempts, coalesce(recipient, subscriber.address), subscriber.name,
      pausedUntil, slot, message
    FROM delivery LEFT JOIN issue ON issue.key = delivery.issue
    LEFT JOIN subscriber ON subscriber.key = delivery.subscriber WHERE delivery.key = ?1
    """,
    "SELECT reason FROM suppression WHERE addressHash = CAST(?1 AS BLOB)",
    """
    SELECT article, isVisible FROM groupArticle
    JOIN article ON article.key = groupArticle.article
    JOIN delivery ON delivery.issue = groupArticle.issue AND delivery.groupNumber = number
    WHERE delivery.key = ?1
    """,
    """
    UPDATE delivery SET state = 'claimed', attempts = attempts + 1, run = 'bench', date = 1
    WHERE key = ?1
    """,
    "COMMIT",
  ]

  func run(deliveries: Int) throws {
    var key: Int64 = 0
    for _ in 0..<deliveries {
      for statement in statements {
        if sqlite3_bind_parameter_count(statement) > 0 { sqlite3_bind_int64(statement, 1, key) }
        var code = sqlite3_step(statement)
        while code == SQLITE_ROW {
          if statement == statements[3] { key = sqlite3_column_int64(statement, 0) }
          code = sqlite3_step(statement)
        }
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else {
          throw Failure(description: String(cString: sqlite3_errmsg(database)))
        }
      }
    }
  }
}
