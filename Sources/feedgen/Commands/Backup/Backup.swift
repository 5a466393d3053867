import ArgumentParser
import Foundation
import Model
import SQLiteStore
import Store

/// `feedgen backup`: a verified copy of what a site cannot be made again from.
struct Backup: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies the store and the keys, and checks the copy.",
    discussion: """
      Makes a folder with a copy of the store as it is at this moment, the keys, feedgen.yaml and \
      left.log; other runs may go on meanwhile. Articles and templates are files of yours, and not \
      in it. Keep a copy on another machine.

      Example: feedgen backup --keep 14
      """
  )

  @OptionGroup var options: SiteOptions
  @Argument(help: "The folder that backups are put in; default: backups/ in the site.")
  var folder: String?
  @Option(help: "How many backups of this site to keep there.") var keep = 7

  func validate() throws {
    guard keep > 0 else { throw ValidationError("--keep: at least 1 is expected.") }
  }

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    let shelf = BackupShelf(folder: try path(configuration), siteID: configuration.site.id)
    let open = try OpenSite(reading: configuration)
    report.progress("Copying the store")
    let writer = BackupWriter(site: open, asOf: .now)
    var store: StoreCopy?
    let path = try shelf.add(asOf: writer.asOf) { store = try writer.write(to: $0) }
    let removed = try shelf.keep(keep)
    guard let store else { return }
    try BackupSummary(path: path, store: store, removed: removed).tell(report)
  }

  /// The folder, which must not be one that is served or imported.
  private func path(_ site: Configuration) throws -> String {
    let path =
      folder.map { absolutePath($0, in: FileManager.default.currentDirectoryPath) }
      ?? BackupShelf(of: site).folder
    let exposed = [site.outputPath, site.outboxPath] + site.sourcePaths
    for folder in exposed where isPath(path, inside: folder) {
      throw BackupFailure.exposed(path: path, folder: folder)
    }
    return path
  }
}

/// What was copied, as people and programs are told.
private struct BackupSummary: Encodable {
  let backup: String
  let articles: Int
  let subscribers: Int
  let removed: [String]

  init(path: String, store: StoreCopy, removed: [String]) {
    backup = path
    articles = store.articles
    subscribers = store.subscribers
    self.removed = removed
  }

  func tell(_ report: Report) throws {
    if report.isJSON { return try report.document(self) }
    report.say("\(backup): \(articles) articles, \(subscribers) subscribers, and the keys.")
    for path in removed { report.say("Removed: \(path)") }
  }
}
