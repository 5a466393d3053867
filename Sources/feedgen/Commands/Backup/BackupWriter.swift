import Foundation
import Glibc
import Model
import Publishing
import SQLiteStore
import Store

/// Writes what a site cannot be made again from: store, keys, configuration, departures.
struct BackupWriter {
  static let storeName = "feedgen.db"
  static let keysName = "keys"

  let site: OpenSite
  let asOf: Instant

  /// Fills an empty folder, and checks what is in it.
  ///
  /// - Returns: what the copied store says of itself.
  func write(to folder: String) throws -> StoreCopy {
    var files = [BackupWriter.storeName: try copyStore(to: "\(folder)/\(BackupWriter.storeName)")]
    files.merge(try copyKeys(to: "\(folder)/\(BackupWriter.keysName)")) { $1 }
    files.merge(try copyFiles(to: folder)) { $1 }
    let manifest = BackupManifest(site: site.site.id, created: asOf.rfc3339, files: files)
    try writeDurably(try manifest.bytes(), to: "\(folder)/\(BackupManifest.fileName)")
    return try SavedBackup(folder).store
  }

  private func copyStore(to path: String) throws -> FileProof {
    // SQLite fills an empty file, and keeps its mode.
    try writeDurably([], to: path)
    try site.store.backUp(to: path, asOf: asOf)
    try sync(path)
    return try proof(of: path)
  }

  private func copyKeys(to folder: String) throws -> [String: FileProof] {
    guard unsafe mkdir(folder, 0o700) == 0 else { throw BackupFailure.last(folder) }
    var proofs: [String: FileProof] = [:]
    let source = site.configuration.keysFolder
    for name in names(in: source) where !name.hasPrefix(".") && isFile("\(source)/\(name)") {
      proofs["\(BackupWriter.keysName)/\(name)"] =
        try copyDurably("\(source)/\(name)", to: "\(folder)/\(name)")
    }
    try sync(folder)
    return proofs
  }

  /// The configuration and the list of those who left, which may be ahead of the store, never
  /// behind.
  private func copyFiles(to folder: String) throws -> [String: FileProof] {
    let configuration = "\(site.configuration.folder)/\(Configuration.fileName)"
    let left = DepartureLog(besideStore: site.configuration.storePath).path
    var proofs: [String: FileProof] = [:]
    for (name, path) in [(Configuration.fileName, configuration), (DepartureLog.fileName, left)]
    where isFile(path) {
      proofs[name] = try copyDurably(path, to: "\(folder)/\(name)")
    }
    return proofs
  }
}

func isFile(_ path: String) -> Bool { FileStatus(at: path, followingLinks: true)?.kind == .file }
