import ArgumentParser
import Foundation
import Importing
import Model
import Store

/// `feedgen articles export`: articles as files that say who they are.
struct ExportArticles: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the articles as files, with id and dates in their front matter.",
    discussion: """
      Such files give the same articles in any store, whatever they are called there. Nothing that \
      is there already is overwritten.

      Example: feedgen articles export exported/
      """
  )

  @OptionGroup var options: SiteOptions
  @Argument(help: "The folder; made where it does not exist.") var folder: String

  func run(_ report: Report) throws {
    let open = try OpenSite(reading: try options.configuration())
    var ids: [String] = []
    try open.store.eachSummary { if $0.standing != .vanished { ids.append($0.id) } }
    for id in ids {
      guard let article = try open.store.article(id: id) else { continue }
      try write(article)
      report.progress("exported: \(article.slug)")
    }
    report.say("\(ids.count) articles written to \(folder).")
  }

  private func write(_ article: Article) throws {
    let file = article.exportedFile
    let url = URL(fileURLWithPath: folder).appendingPathComponent(file.path)
    guard !FileManager.default.fileExists(atPath: url.path) else {
      throw Problem(path: url.path, message: "is there already; export to an empty folder")
    }
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(file.text.utf8).write(to: url)
  }
}
