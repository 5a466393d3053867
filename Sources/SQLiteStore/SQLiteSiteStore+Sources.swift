import GRDB
import Model
package import Store

extension SQLiteSiteStore {
  package func remoteSources() throws -> [String: RemoteSourceState] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT source, etag, lastModified, reading, notBefore, failures, trouble, isPassing,
            earlier
          FROM remoteSource
          """
      )
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], RemoteSourceState($0)) })
    }
  }

  package func note(_ states: [(source: String, state: RemoteSourceState)]) throws {
    guard !states.isEmpty else { return }
    try write { db in
      for (source, state) in states {
        try db.run(
          """
          INSERT OR REPLACE INTO remoteSource
            (source, etag, lastModified, reading, notBefore, failures, trouble, isPassing, earlier)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          [
            source, state.etag, state.lastModified, state.reading, state.notBefore.seconds,
            state.failures, state.trouble, state.isPassing, state.earlier,
          ]
        )
      }
    }
  }

  package func renameSource(_ source: String, to name: String) throws {
    try write { db in
      try db.run("UPDATE OR IGNORE article SET source = ? WHERE source = ?", [name, source])
      try db.run("UPDATE OR IGNORE sourceFile SET source = ? WHERE source = ?", [name, source])
      try db.run("DELETE FROM sourceFile WHERE source = ?", [source])
      try db.run("DELETE FROM remoteSource WHERE source = ?", [source])
    }
  }
}

extension RemoteSourceState {
  fileprivate init(_ row: Row) {
    self.init(reading: row[3], notBefore: Instant(seconds: row[4]))
    etag = row[1]
    lastModified = row[2]
    failures = row[5]
    trouble = row[6]
    isPassing = row[7]
    earlier = row[8]
  }
}
