import ArgumentParser
import Foundation
import Glibc
import Model
import SQLiteStore
import Store

/// `feedgen restore`: a backup in the place of what a site has.
struct Restore: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Puts a backup in place, or checks that it could be.",
    discussion: """
      Whoever left since the backup stays gone, as far as left.log tells. What was sent since is not \
      known any more, so no mail goes out until “feedgen resume” says what has become of it; \
      “feedgen publish” brings the feeds up to date all the same. A store that is there is set \
      aside, never deleted.

      Example: feedgen restore --verify /tmp/backups/feedgen-2026-11-21T101500Z
      """
  )

  @OptionGroup var options: SiteOptions
  @Argument(help: "The backup's folder.", completion: .directory) var backup: String
  @Flag(help: "Only check that it can be restored, and show what is in it.") var verify = false
  @Flag(help: "Set the site's store aside and put the backup in its place.") var replace = false

  func validate() throws {
    if verify, replace { throw ValidationError("--verify and --replace exclude each other.") }
  }

  func run(_ report: Report) throws {
    report.progress("Reading the backup")
    let path = absolutePath(backup, in: FileManager.default.currentDirectoryPath)
    let saved = try SavedBackup(path)
    if verify { return try tell(saved, report) }
    try placeConfiguration(of: saved)
    let configuration = try options.configuration()
    let lock = try RunLock(beside: configuration.storePath, asOf: .now)
    defer { withExtendedLifetime(lock) {} }
    let outcome = try SiteRestoration(backup: saved, configuration: configuration, now: .now)
      .run(replacing: replace)
    try RestoreSummary(saved, outcome).tell(report)
  }

  /// A folder that is no site yet becomes one.
  private func placeConfiguration(of saved: SavedBackup) throws {
    guard let folder = options.siteFolder else { return }
    let path = absolutePath(
      "\(folder)/\(Configuration.fileName)",
      in: FileManager.default.currentDirectoryPath
    )
    let source = "\(saved.folder)/\(Configuration.fileName)"
    guard !isFile(path), isFile(source) else { return }
    try makePrivateFolders(absolutePath("..", in: path))
    try copyDurably(source, to: path, mode: 0o644)
  }

  /// Opens a copy as `publish` would, and shows what is in it.
  private func tell(_ saved: SavedBackup, _ report: Report) throws {
    let folder = try FileManager.default.url(
      for: .itemReplacementDirectory,
      in: .userDomainMask,
      appropriateFor: URL(fileURLWithPath: NSTemporaryDirectory()),
      create: true
    ).path
    defer { try? removeAll(at: folder) }
    let (left, damage) = try StoreDraft(folder: "\(folder)/store").fill(
      from: saved,
      departures: try saved.departures() + siteDepartures(),
      hold: MailHold(.restored)
    )
    guard damage.isEmpty else {
      throw StoreError.damaged(path: saved.storePath, detail: damage.joined(separator: "; "))
    }
    try BackupPage(saved, left: left).tell(report)
  }

  /// Who has left by the list of the site that the backup would go to, where there is one.
  private func siteDepartures() throws -> [Departure] {
    guard let site = try? options.configuration() else { return [] }
    return try DepartureLog(besideStore: site.storePath).departures()
  }
}

/// What is in a backup, as people and programs are told.
private struct BackupPage: Encodable {
  let backup: String
  let created: String
  let site: String
  let articles: Int
  let subscribers: Int
  let suppressed: Int
  let lastRun: String?
  let lastIssue: String?
  /// Messages that waited, or whose fate was open.
  let waiting: Int
  /// Who has left since.
  let left: Int

  init(_ saved: SavedBackup, left: Int) {
    backup = saved.folder
    created = saved.manifest.created
    site = saved.manifest.site
    articles = saved.store.articles
    subscribers = saved.store.subscribers
    suppressed = saved.store.suppressed
    lastRun = saved.store.lastRun?.rfc3339
    lastIssue = saved.store.lastIssue?.description
    waiting = saved.store.waiting
    self.left = left
  }

  func tell(_ report: Report) throws {
    if report.isJSON { return try report.document(self) }
    report.say("\(backup): sound, and can be restored.")
    report.say("made: \(created), of \(site)")
    report.say("articles: \(articles); subscribers: \(subscribers), \(suppressed) suppressed")
    report.say("last run: \(lastRun ?? "none"); last issue: \(lastIssue ?? "none")")
    report.say("messages that waited: \(waiting); departures to replay: \(left)")
  }
}

/// What was restored, as people and programs are told.
private struct RestoreSummary: Encodable {
  let restored: String
  let created: String
  let left: Int
  let setAside: [String]

  init(_ saved: SavedBackup, _ outcome: SiteRestoration.Outcome) {
    restored = saved.folder
    created = saved.manifest.created
    left = outcome.left
    setAside = outcome.aside
  }

  func tell(_ report: Report) throws {
    if report.isJSON { return try report.document(self) }
    report.say("Restored as of \(created); \(left) who left since stay gone.")
    for path in setAside { report.say("Set aside: \(path)") }
    report.say("No mail goes out until you say what was sent since \(created):")
    for line in MailHold.waysOut { report.say(line) }
  }
}
