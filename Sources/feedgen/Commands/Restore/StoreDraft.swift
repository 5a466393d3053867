import Foundation
import Glibc
import Model
import SQLiteStore
import Store

/// A store from a backup that is being made ready, in a folder of its own.
struct StoreDraft {
  let folder: String

  var path: String { "\(folder)/\(BackupWriter.storeName)" }

  /// Copies a backup's store into the folder, which is made, and suppresses there who has left
  /// since.
  ///
  /// - Returns: how many the copy did not know as left, and what is wrong with it.
  func fill(
    from backup: SavedBackup,
    departures: [Departure],
    hold: MailHold
  ) throws -> (left: Int, damage: [String]) {
    guard unsafe mkdir(folder, 0o700) == 0 else { throw BackupFailure.last(folder) }
    try copyDurably(backup.storePath, to: path)
    let store = try SQLiteSiteStore(
      path: path,
      siteID: backup.manifest.site,
      hashAddress: backup.keys.suppressionHash
    )
    try store.holdMail(hold)
    return (try store.replay(departures), try store.damage())
  }

  /// Waits until the disk has what the closed store has written.
  func finish() throws {
    guard try proof(of: path + "-wal").bytes == 0
    else { throw BackupFailure.damaged(path: path, detail: "its log is not empty") }
    try sync(path)
  }

  func remove() {
    try? removeAll(at: folder)
  }
}
