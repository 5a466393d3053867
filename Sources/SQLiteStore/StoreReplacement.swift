import GRDB
import Glibc
import Store

/// Puts a store in the place of another, which is set aside and never deleted.
package struct StoreReplacement {
  let path: String
  /// What the old store is called afterwards.
  let aside: String

  package init(at path: String, settingAside aside: String) {
    self.path = path
    self.aside = aside
  }

  /// Moves a store that nobody has open to its place; at no moment is there none.
  ///
  /// - Throws: `StoreError.unavailable` where another process has the old store open.
  package func put(_ draft: String) throws {
    try StoreLock(path: path + ".lock").hold {
      if isThere(path) {
        try foldLog()
        guard unsafe link(path, aside) == 0 else { throw refusal(aside) }
      }
      // The log of a store that could not be opened, or that lost its database: in the new store's
      // name it would be taken for that one's.
      if isThere(path + "-wal") { try move(path + "-wal", to: aside + "-wal") }
      _ = unsafe unlink(path + "-shm")
      try move(draft, to: path)
      try syncFolder()
    }
  }

  /// Brings the write-ahead log into the database, which only the last one who has it open can.
  private func foldLog() throws {
    do {
      let database = try DatabaseQueue(path: path)
      defer { try? database.close() }
      let mode = try database.writeWithoutTransaction { db in
        try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
      }
      guard mode == "delete" else { throw isInUse }
    } catch let error as DatabaseError {
      switch error.resultCode.primaryResultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw isInUse
      // Damaged: it is set aside as it is.
      default: return
      }
    }
  }

  private var isInUse: StoreError {
    .unavailable(path: path, detail: "another process has it open; stop that first")
  }

  private func isThere(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  private func move(_ source: String, to target: String) throws {
    guard unsafe rename(source, target) == 0 else { throw refusal(target) }
  }

  private func syncFolder() throws {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
    let folder = unsafe open(name, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { throw refusal(name) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw refusal(name) }
  }

  private func refusal(_ path: String) -> StoreError {
    .cannotWrite(path: path, detail: unsafe String(cString: strerror(errno)))
  }
}
