import Foundation
import Glibc
import Model
import SQLiteStore
import Store

/// Puts a backup in the place of what a site has.
struct SiteRestoration {
  let backup: SavedBackup
  let configuration: Configuration
  let now: Instant

  /// What a restoration has done.
  struct Outcome {
    /// How many had left since the backup.
    var left: Int
    /// What was set aside.
    var aside: [String]
  }

  /// Puts keys and store in place, the store last and at once; its mail is on hold.
  ///
  /// The caller holds the run lock.
  func run(replacing: Bool) throws -> Outcome {
    try checkPlace(replacing: replacing)
    let departures = try mergeDepartures()
    let draft = StoreDraft(folder: "\(storeFolder)/.feedgen-restore")
    // Nobody else restores, so that is what a run has left that was killed.
    draft.remove()
    defer { draft.remove() }
    let hold = MailHold(.restored, copied: backup.manifest.date, noticed: now)
    let (left, damage) = try draft.fill(from: backup, departures: departures, hold: hold)
    guard damage.isEmpty else {
      throw StoreError.damaged(path: backup.storePath, detail: damage.joined(separator: "; "))
    }
    try draft.finish()
    return Outcome(left: left, aside: try putInPlace(draft))
  }

  private func checkPlace(replacing: Bool) throws {
    guard configuration.site.id == backup.manifest.site else {
      throw BackupFailure.otherSite(
        path: backup.folder,
        found: backup.manifest.site,
        expected: configuration.site.id
      )
    }
    guard replacing || !configuration.hasStore
    else { throw BackupFailure.storeExists(path: configuration.storePath) }
  }

  private func putInPlace(_ draft: StoreDraft) throws -> [String] {
    let keys = KeysPlacement(
      backup: backup,
      folder: configuration.keysFolder,
      aside: aside(configuration.keysFolder)
    )
    var moved = try keys.put() ? [keys.aside] : []
    if configuration.hasStore { moved.append(aside(configuration.storePath)) }
    try StoreReplacement(
      at: configuration.storePath,
      settingAside: aside(configuration.storePath)
    ).put(draft.path)
    return moved
  }

  /// Who has left by the site's own list and the backup's, which become one.
  private func mergeDepartures() throws -> [Departure] {
    let log = DepartureLog(besideStore: configuration.storePath)
    let known = try log.departures()
    let seen = Set(known)
    let more = try backup.departures().filter { !seen.contains($0) }
    try log.append(more)
    return known + more
  }

  private var storeFolder: String { absolutePath("..", in: configuration.storePath) }

  private func aside(_ path: String) -> String {
    let stamp = now.rfc3339.filter { $0 != ":" }
    let name = "\(path).before-\(stamp)"
    return unsafe access(name, F_OK) == 0 ? "\(name)-\(getpid())" : name
  }
}
