import GRDB
import Model
package import Store

extension SQLiteSiteStore {
  package func lastRun() throws -> RunRecord? {
    try read { db in
      let row = try Row.fetchOne(db, sql: "SELECT lastRunAsOf, lastPlanAsOf FROM state")
      guard let row, let asOf: Int64 = row[0] else { return nil }
      let planned = (row[1] as Int64?).map { Instant(seconds: $0) }
      return RunRecord(asOf: Instant(seconds: asOf), planned: planned)
    }
  }

  package func recordRun(_ run: RunRecord) throws {
    try write { db in
      try db.run(
        "UPDATE state SET lastRunAsOf = ?, lastPlanAsOf = ?",
        [run.asOf.seconds, run.planned?.seconds]
      )
    }
  }

  package func damage() throws -> [String] {
    try read { try $0.damage() }
  }
}
