import GRDB
import GRDBSQLite

/// The rows of a prepared statement, read through SQLite's own pointers.
///
/// Publishing reads every article of a site; GRDB's rows would cost more than all the rest of it.
/// Texts are valid until the next step.
@safe
struct RawRows {
  private let owner: Statement
  private let statement: OpaquePointer

  init(_ statement: Statement) {
    owner = statement
    unsafe self.statement = statement.sqliteStatement
  }

  func reset() {
    unsafe sqlite3_reset(statement)
  }

  /// Begins anew, with a number in place of the first `?`.
  func begin(_ number: Int64) {
    reset()
    unsafe sqlite3_bind_int64(statement, 1, number)
  }

  /// Moves to the next row; false after the last.
  func step() throws -> Bool {
    let code = unsafe sqlite3_step(statement)
    guard code != SQLITE_ROW else { return true }
    guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    return false
  }

  func number(_ column: Int32) -> Int64 {
    unsafe sqlite3_column_int64(statement, column)
  }

  func text(_ column: Int32) -> String {
    unsafe String(decoding: bytes(column), as: UTF8.self)
  }

  func optionalText(_ column: Int32) -> String? {
    unsafe sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : text(column)
  }

  func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
    // In this order: the length is that of what the pointer was made for (sqlite3_column_blob(3)).
    let start = unsafe sqlite3_column_text(statement, column)
    return unsafe UnsafeBufferPointer(
      start: start,
      count: Int(sqlite3_column_bytes(statement, column))
    )
  }
}
