import GRDB
package import Store

extension SQLiteSiteStore {
  package func counters() throws -> Counters {
    try read { db in
      let row = try Row.fetchOne(db, sql: "SELECT revision, release FROM state")
      return Counters(revision: row?[0] ?? 0, release: row?[1] ?? 0)
    }
  }
}

extension Database {
  /// Raises the revision and gives the new one.
  func nextRevision() throws -> Int64 {
    try raise("revision")
  }

  /// Raises the release and gives the new one.
  func nextRelease() throws -> Int64 {
    try raise("release")
  }

  private func raise(_ counter: String) throws -> Int64 {
    let statement = try cachedStatement(
      sql: "UPDATE state SET \(counter) = \(counter) + 1 RETURNING \(counter)"
    )
    return try Int64.fetchOne(statement) ?? 0
  }

  /// Executes a statement that is used often.
  func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
