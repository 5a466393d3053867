import ArgumentParser
import Foundation
import Model

/// `feedgen init`: a new site, ready to publish.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Makes a new site, ready to publish.",
    discussion: """
      Nothing that is there already is overwritten.

      Example: feedgen init veille --title "Ma revue" --language fr --timezone Europe/Paris
      """
  )

  @Argument(help: "The folder; made where it does not exist.", completion: .directory)
  var folder = "."

  @Option(help: "The publication's title.")
  var title = "My publication"

  @Option(help: "The publication's address.")
  var url = "https://example.org/"

  @Option(help: "The language most articles are written in: en, fr, …")
  var language = "en"

  @Option(help: "The time zone whose clocks decide when a digest goes out: Europe/Paris.")
  var timezone = "UTC"

  @Flag(help: "Say nothing but what is wrong.")
  var quiet = false

  func run() throws {
    let working = FileManager.default.currentDirectoryPath
    let site = NewSite(
      folder: absolutePath(folder, in: working),
      title: title,
      url: url,
      language: language,
      timezone: timezone
    )
    try site.make(asOf: .now)
    let report = Report.standard(quiet ? .quiet : .normal)
    for line in site.nextSteps(as: folder) { report.say(line) }
  }
}
