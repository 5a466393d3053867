import GRDB
package import Model
import Store

/// A copy of a store that was checked, and what it says of itself.
package struct StoreCopy: Equatable, Sendable {
  package let siteID: String
  package let keyFingerprint: String?
  package let articles: Int
  package let subscribers: Int
  package let suppressed: Int
  /// The messages that wait, or whose fate is open.
  package let waiting: Int
  package let lastRun: Instant?
  package let lastIssue: IssueName?

  /// Reads and checks a store that nobody writes to.
  ///
  /// - Throws: a `StoreError` where it is damaged, another program's, or a newer feedgen's.
  package init(verifying path: String) throws {
    self = try translatingErrors(path) {
      var configuration = Configuration()
      configuration.readonly = true
      let copy = try DatabaseQueue(path: path, configuration: configuration)
      defer { try? copy.close() }
      return try copy.read { db in
        try db.checkFormat(path)
        try db.checkSoundness(path)
        return try StoreCopy(db)
      }
    }
  }

  private init(_ db: Database) throws {
    let count = { (sql: String) in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(sql)") ?? 0 }
    let state = try Row.fetchOne(db, sql: "SELECT siteID, keyFingerprint, lastRunAsOf FROM state")
    siteID = state?[0] ?? ""
    keyFingerprint = state?[1]
    lastRun = (state?[2] as Int64?).map(Instant.init(seconds:))
    articles = try count("article WHERE isVisible")
    subscribers = try count("subscriber")
    suppressed = try count("suppression")
    waiting = try count("delivery WHERE state IN ('pending', 'claimed', 'uncertain')")
    lastIssue = try Row.fetchOne(
      db,
      sql: "SELECT digest, date FROM issue WHERE state <> 'planning' ORDER BY slot DESC LIMIT 1"
    ).flatMap { row in
      CivilDate(row[1] as String).map { IssueName(digest: row[0], date: $0) }
    }
  }
}

extension Database {
  fileprivate func checkFormat(_ path: String) throws {
    let application = try Int32.fetchOne(self, sql: "PRAGMA application_id") ?? 0
    let version = try Int32.fetchOne(self, sql: "PRAGMA user_version") ?? 0
    guard application == Schema.applicationID else {
      throw StoreError.damaged(path: path, detail: "another program's database")
    }
    guard version <= Schema.version else {
      throw StoreError.newer(path: path, found: Int(version), known: Int(Schema.version))
    }
  }

  fileprivate func checkSoundness(_ path: String) throws {
    let damage = try damage()
    guard damage.isEmpty else {
      throw StoreError.damaged(path: path, detail: damage.joined(separator: "; "))
    }
  }

  /// What is wrong in the database; empty where nothing is.
  func damage() throws -> [String] {
    let rows = try String.fetchAll(self, sql: "PRAGMA integrity_check(20)")
    let orphans = try Row.fetchAll(self, sql: "PRAGMA foreign_key_check").count
    return rows.filter { $0 != "ok" } + (orphans > 0 ? ["\(orphans) rows point nowhere"] : [])
  }
}
