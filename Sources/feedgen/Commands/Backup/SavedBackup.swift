import Foundation
import Model
import SQLiteStore
import Store

/// A backup that was read and found to be what was written.
struct SavedBackup {
  let folder: String
  let manifest: BackupManifest
  let store: StoreCopy
  let keys: Keys

  /// Reads and checks a backup: every byte by its digest, the store by SQLite's own check, the keys
  /// by what the store knows of them.
  init(_ folder: String) throws {
    guard let manifest = BackupManifest.read(in: folder)
    else { throw BackupFailure.notABackup(path: folder) }
    for (name, written) in manifest.files.sorted(by: { $0.key < $1.key }) {
      guard !name.split(separator: "/").contains("..") else {
        throw BackupFailure.damaged(path: folder, detail: "a file of it would lie elsewhere")
      }
      try SavedBackup.check("\(folder)/\(name)", is: written)
    }
    let storePath = "\(folder)/\(BackupWriter.storeName)"
    store = try StoreCopy(verifying: storePath)
    keys = try Keys.load(folder: "\(folder)/\(BackupWriter.keysName)", create: false)
    self.folder = folder
    self.manifest = manifest
    guard store.siteID == manifest.site else {
      throw StoreError.otherSite(path: storePath, found: store.siteID, expected: manifest.site)
    }
    guard store.keyFingerprint == keyFingerprint(keys.suppressionHash)
    else { throw StoreError.otherKeys(path: storePath) }
  }

  var storePath: String { "\(folder)/\(BackupWriter.storeName)" }

  /// The names of its keys.
  var keyNames: [String] {
    let prefix = BackupWriter.keysName + "/"
    return manifest.files.keys.filter { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count)) }.sorted()
  }

  func departures() throws -> [Departure] {
    try DepartureLog(path: "\(folder)/\(DepartureLog.fileName)").departures()
  }

  private static func check(_ path: String, is written: FileProof) throws {
    guard isFile(path) else { throw BackupFailure.damaged(path: path, detail: "missing") }
    guard try proof(of: path) == written
    else { throw BackupFailure.damaged(path: path, detail: "not what was written") }
  }
}
