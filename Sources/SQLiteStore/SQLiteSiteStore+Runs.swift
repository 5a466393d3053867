import GRDB
import Model
package import Store

extension SQLiteSiteStore {
  package func lastRun() throws -> RunRecord? {
    try read { db in
      let row = try Row.fetchOne(db, sql: "SELECT lastRunAsOf, lastRunIsComplete FROM state")
      guard let row, let asOf: Int64 = row[0] else { return nil }
      return RunRecord(asOf: Instant(seconds: asOf), isComplete: row[1] ?? false)
    }
  }

  package func recordRun(_ run: RunRecord) throws {
    try write { db in
      try db.run(
        "UPDATE state SET lastRunAsOf = ?, lastRunIsComplete = ?",
        [run.asOf.seconds, run.isComplete]
      )
    }
  }

  package func damage() throws -> [String] {
    try read { try $0.damage() }
  }
}
