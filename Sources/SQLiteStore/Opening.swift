import GRDB
import GRDBSQLite
import Store

/// Opens the file with the settings that durability rests on, and brings its tables up to date.
func openDatabase(_ path: String) throws -> DatabaseQueue {
  var configuration = Configuration()
  configuration.busyMode = .timeout(5)
  configuration.foreignKeysEnabled = true
  configuration.prepareDatabase { db in
    // GRDB's own WAL mode would lower `synchronous` to NORMAL, which a power cut can undo.
    try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0")
    // What is erased is overwritten.
    try db.execute(sql: "PRAGMA secure_delete = ON")
    // The log is emptied when it is closed: left over, it would spoil a database restored beside it.
    try db.execute(sql: "PRAGMA journal_size_limit = 0")
    keepLog(of: db)
  }
  let database = try DatabaseQueue(path: path, configuration: configuration)
  try checkFormat(database, path)
  try checkDurability(database, path)
  return database
}

/// Keeps the write-ahead log's files when the last connection closes: making and removing them
/// would cost every run with nothing to do more than all it reads.
private func keepLog(of db: Database) {
  var isKept: CInt = 1
  _ = unsafe sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_PERSIST_WAL, &isKept)
}

private func checkFormat(_ database: DatabaseQueue, _ path: String) throws {
  let (application, version) = try database.read { db in
    (
      try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
      try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    )
  }
  if application == Schema.applicationID && version == Schema.version { return }
  let isEmpty =
    try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") } == 0
  if isEmpty || (application == Schema.applicationID && version < Schema.version) {
    return try Schema.migrate(database)
  }
  guard application == Schema.applicationID else {
    throw StoreError.damaged(path: path, detail: "another program's database")
  }
  throw StoreError.newer(path: path, found: Int(version), known: Int(Schema.version))
}

private func checkDurability(_ database: DatabaseQueue, _ path: String) throws {
  let (journal, synchronous) = try database.writeWithoutTransaction { db in
    (
      try String.fetchOne(db, sql: "PRAGMA journal_mode"),
      try Int.fetchOne(db, sql: "PRAGMA synchronous")
    )
  }
  guard journal == "wal", synchronous == 2 else {
    throw StoreError.unavailable(
      path: path,
      detail: "no durable WAL on this file system: \(journal ?? "none")"
    )
  }
}

/// Runs a body and gives what SQLite throws the words of the store's own errors.
func translatingErrors<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as DatabaseError {
    throw storeError(error, path)
  }
}

private func storeError(_ error: DatabaseError, _ path: String) -> any Error {
  let detail = error.message ?? error.resultCode.description
  switch error.resultCode.primaryResultCode {
  case .SQLITE_CORRUPT, .SQLITE_NOTADB: return StoreError.damaged(path: path, detail: detail)
  case .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_IOERR:
    return StoreError.cannotWrite(path: path, detail: detail)
  case .SQLITE_CANTOPEN, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PERM, .SQLITE_AUTH:
    return StoreError.unavailable(path: path, detail: detail)
  default: return error
  }
}
