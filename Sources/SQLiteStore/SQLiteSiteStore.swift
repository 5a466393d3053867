import GRDB
package import Model
import Store

/// The default store: one SQLite file in WAL mode, and a lock file beside it.
///
/// Every write is durable when it returns (`synchronous=FULL`), and no write transaction holds the
/// lock for more than about 50 ms, so a server can write while a run plans.
package final class SQLiteSiteStore: SiteStore {
  let path: String
  /// The keyed hash under which a suppressed address is kept.
  let hashAddress: @Sendable (EmailAddress) -> [UInt8]
  /// Who has left, beside the store: it outlives a store that is lost.
  let departures: DepartureLog
  private let lock: StoreLock
  private let database: DatabaseQueue

  /// Opens the store of a site, or makes it.
  ///
  /// - Parameters:
  ///   - path: the database file.
  ///   - siteID: the site's permanent id; a store belongs to one site.
  ///   - hashAddress: the keyed hash under which a suppressed address is kept.
  package init(
    path: String,
    siteID: String,
    hashAddress: @escaping @Sendable (EmailAddress) -> [UInt8]
  ) throws {
    let lock = try StoreLock(path: path + ".lock")
    self.path = path
    self.lock = lock
    self.hashAddress = hashAddress
    departures = DepartureLog(besideStore: path)
    database = try translatingErrors(path) {
      try lock.hold { try openDatabase(path) }
    }
    try checkOwner(siteID)
  }

  deinit {
    // Closing the last connection checkpoints.
    try? lock.hold { try database.close() }
  }

  /// Reads from one snapshot.
  ///
  /// GRDB's own `read` sets a pragma before and behind it, and SQLite then prepares every statement
  /// anew.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try translatingErrors(path) {
      try database.unsafeRead { db in
        try db.beginTransaction(.deferred)
        defer { try? db.commit() }
        return try body(db)
      }
    }
  }

  /// Reads with one statement, which sees one snapshot without a transaction around it.
  func readOnce<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try translatingErrors(path) { try database.unsafeRead(body) }
  }

  /// Writes in one transaction, alone among processes; durable on return.
  ///
  /// SQLite checkpoints a long WAL as part of a commit, so that too happens under the lock.
  func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try translatingErrors(path) {
      try lock.hold { try database.write(body) }
    }
  }

  /// Brings what the write-ahead log holds into the file and empties it, so that nothing that was
  /// erased is left there; where others are reading, the last to close does.
  func emptyLog() throws {
    try translatingErrors(path) {
      try lock.hold {
        try database.writeWithoutTransaction { db in
          try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
      }
    }
  }

  /// Copies all that is in the store at this moment, without what it has deleted.
  func copyAll(to path: String) throws {
    try database.writeWithoutTransaction { db in
      try db.execute(sql: "VACUUM INTO ?", arguments: [path])
    }
  }

  /// Writes a copy of all that is in the store now to a new file.
  package func copy(to path: String) throws {
    let copy = try DatabaseQueue(path: path)
    try translatingErrors(self.path) { try database.backup(to: copy) }
    try copy.close()
  }

  /// Refuses a store of another site, or one that was made with other keys.
  private func checkOwner(_ siteID: String) throws {
    let fingerprint = keyFingerprint(hashAddress)
    var owner = try read { try Owner.fetch($0) }
    if owner?.fingerprint == nil {
      // Another process may be making the store at this very moment: the first one names it.
      owner = try write { db in
        try db.execute(
          sql: """
            INSERT OR IGNORE INTO state (id, siteID) VALUES (1, ?);
            UPDATE state SET keyFingerprint = coalesce(keyFingerprint, ?);
            """,
          arguments: [siteID, fingerprint]
        )
        return try Owner.fetch(db)
      }
    }
    guard let owner, owner.siteID == siteID else {
      throw StoreError.otherSite(path: path, found: owner?.siteID ?? "", expected: siteID)
    }
    guard owner.fingerprint == fingerprint else { throw StoreError.otherKeys(path: path) }
  }
}

/// Whom a store belongs to.
private struct Owner {
  var siteID: String
  /// Nil in a store of a feedgen that did not note it.
  var fingerprint: String?

  static func fetch(_ db: Database) throws -> Owner? {
    try Row.fetchOne(db, sql: "SELECT siteID, keyFingerprint FROM state")
      .map { Owner(siteID: $0[0], fingerprint: $0[1]) }
  }
}

/// What tells keys apart: the hash of an address that nobody can have (RFC 2606).
package func keyFingerprint(_ hashAddress: (EmailAddress) -> [UInt8]) -> String {
  let address = EmailAddress(localPart: "keys", domain: "feedgen.invalid")
  return hexadecimal(address.map(hashAddress)?.prefix(16) ?? [])
}
