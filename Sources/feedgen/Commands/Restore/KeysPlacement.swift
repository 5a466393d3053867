import Foundation
import Glibc

/// Puts the keys of a backup into a site.
struct KeysPlacement {
  let backup: SavedBackup
  /// The site's folder of keys.
  let folder: String
  /// What that is called afterwards where it holds other keys.
  let aside: String

  /// Puts the keys in place; keys that are there and the same, or not in the backup, stay.
  ///
  /// - Returns: whether other keys were set aside.
  func put() throws -> Bool {
    let isOther = try backup.keyNames.contains { try isReplaced($0) }
    if isOther { try renameFile(folder, to: aside) }
    try Keys.makeFolder(folder)
    for name in backup.keyNames {
      do throws(FileError) {
        try makePrivateFile(name, in: folder, bytes(source(name)))
      } catch {
        throw KeysError(error, path: path(name))
      }
    }
    return isOther
  }

  /// Whether the site has another key in the place of one that the store was made with.
  private func isReplaced(_ name: String) throws -> Bool {
    guard name == Keys.messageFile || name == Keys.tokenFile, isFile(path(name))
    else { return false }
    return try bytes(path(name)) != bytes(source(name))
  }

  private func path(_ name: String) -> String { "\(folder)/\(name)" }

  private func source(_ name: String) -> String {
    "\(backup.folder)/\(BackupWriter.keysName)/\(name)"
  }

  private func bytes(_ path: String) throws(FileError) -> [UInt8] {
    try wholeFile(at: path, atMost: 1 << 20)
  }
}
