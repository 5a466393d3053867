import Foundation
import Glibc
import Model
import Publishing

/// A folder of backups, of which the newest are kept.
struct BackupShelf {
  static let defaultName = "backups"
  private static let prefix = "feedgen-"

  let folder: String
  let siteID: String

  /// The site's backups, the oldest first; nothing else that lies there is touched.
  var backups: [(path: String, date: Instant)] {
    names(in: folder).filter { $0.hasPrefix(BackupShelf.prefix) }.compactMap { name in
      let path = "\(folder)/\(name)"
      guard let manifest = BackupManifest.read(in: path), manifest.site == siteID,
        let date = manifest.date
      else { return nil }
      return (path, date)
    }.sorted { ($0.date, $0.path.utf8.count, $0.path) < ($1.date, $1.path.utf8.count, $1.path) }
  }

  init(folder: String, siteID: String) {
    self.folder = folder
    self.siteID = siteID
  }

  /// The folder in which a site's backups are unless another is named.
  init(of site: Configuration) {
    self.init(folder: "\(site.folder)/\(BackupShelf.defaultName)", siteID: site.site.id)
  }

  /// Writes a backup, whole or not at all.
  ///
  /// - Returns: its path.
  func add(asOf now: Instant, _ fill: (_ draft: String) throws -> Void) throws -> String {
    try makePrivateFolders(folder)
    removeOldDrafts(asOf: now)
    let name = BackupShelf.prefix + now.rfc3339.filter { $0 != ":" }
    let draft = "\(folder)/.\(name).\(getpid())"
    guard unsafe mkdir(draft, 0o700) == 0 else { throw BackupFailure.last(draft) }
    do {
      try fill(draft)
      try sync(draft)
      return try publish(draft, as: name)
    } catch {
      try? removeAll(at: draft)
      throw error
    }
  }

  /// Removes the oldest of the site's backups, but for so many.
  ///
  /// - Returns: the paths of those that are gone.
  func keep(_ count: Int) throws -> [String] {
    let old = backups.dropLast(count).map(\.path)
    for path in old {
      // Under another name first, so that what is left after a crash is no backup.
      let draft = "\(folder)/.\(BackupShelf.prefix)removed.\(getpid())"
      try renameFile(path, to: draft)
      try removeAll(at: draft)
    }
    return old
  }

  /// Gives a draft a name that no other backup has.
  private func publish(_ draft: String, as name: String) throws -> String {
    var path = "\(folder)/\(name)"
    var number = 1
    while unsafe rename(draft, path) != 0 {
      // A folder that holds something is not replaced.
      guard [ENOTEMPTY, EEXIST, ENOTDIR].contains(errno) else { throw BackupFailure.last(path) }
      number += 1
      path = "\(folder)/\(name)-\(number)"
    }
    try sync(folder)
    return path
  }

  /// What runs have left that were killed over an hour ago.
  private func removeOldDrafts(asOf now: Instant) {
    for name in names(in: folder) where name.hasPrefix(".\(BackupShelf.prefix)") {
      let path = "\(folder)/\(name)"
      guard let status = FileStatus(at: path, followingLinks: false), status.kind == .folder,
        now.since(Instant(seconds: status.modified.seconds)) > .hours(1)
      else { continue }
      try? removeAll(at: path)
    }
  }
}
