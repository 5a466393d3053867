import ArgumentParser
import Foundation
import Importing
import Model
import Pipeline

/// `feedgen import`: articles into the store.
struct Import: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Brings articles into the store.",
    discussion: """
      Without a source, all of the configuration's are read. Importing again changes nothing, and \
      says so. What is wrong with one file never costs another.

      Example: feedgen import articles/
      """
  )

  @OptionGroup var options: SiteOptions
  @OptionGroup var choices: ImportChoices

  @Argument(help: "Folders to read, as the configuration names them.")
  var sources: [String] = []

  @Option(help: "A topic for articles that name none; may be repeated.")
  var topic: [String] = []

  @Option(help: "A date for articles that state none: 2026-11-20, or with a time.")
  var published: String?

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    let asOf = Instant.now
    let lock = try RunLock(beside: configuration.storePath, asOf: asOf)
    defer { withExtendedLifetime(lock) {} }
    let sources = try chosen(from: configuration.folderSources)
    if choices.strict {
      try StrictImport(configuration: configuration, asOf: asOf, report: report).check { copy in
        try importRun(copy, asOf: asOf, report).run(sources)
      }
    }
    let open = try OpenSite(configuration, asOf: asOf)
    let result = try importRun(open, asOf: asOf, report).run(sources)
    try ImportSummary(result).tell(report)
    if let code = result.exitCode { throw code }
  }

  private func importRun(_ open: OpenSite, asOf: Instant, _ report: Report) throws -> ImportRun {
    ImportRun(
      store: open.store,
      site: open.site,
      options: choices.importOptions,
      defaults: try readingDefaults(open.site),
      asOf: asOf,
      now: asOf,
      progress: { report.progress("\($0): \($1) of \($2)") }
    )
  }

  private func chosen(from known: [Pipeline.FolderSource]) throws -> [Pipeline.FolderSource] {
    guard !sources.isEmpty else { return known }
    return try sources.map { name in
      let folder = name.hasSuffix("/") ? name : name + "/"
      guard let source = known.first(where: { $0.name == folder || $0.name == name }) else {
        throw ValidationError(
          "“\(name)” is no source of this site; add it to “sources”, or name one of: "
            + known.map(\.name).joined(separator: ", ")
        )
      }
      return source
    }
  }

  private func readingDefaults(_ site: Site) throws -> ReadingDefaults {
    var defaults = ReadingDefaults()
    for name in topic {
      defaults.topics.append(try site.slug(of: name))
    }
    if let published {
      guard let instant = Instant(published, in: site.zone) else {
        throw ValidationError("--published: “\(published)” is no date; write 2026-11-20.")
      }
      defaults.published = instant
    }
    return defaults
  }
}

/// What a person decides about an import.
struct ImportChoices: ParsableArguments {
  @Flag(help: "Delete the articles of all files that are gone, however many.")
  var acceptDeletions = false

  @Flag(help: "Let articles that are older than a digest looks back into the next digest.")
  var intoDigest = false

  @Flag(help: "Treat all new articles as archive material: in no digest.")
  var archive = false

  @Flag(help: "Import nothing where any file is wrong or needs a repair.")
  var strict = false

  func validate() throws {
    if intoDigest, archive {
      throw ValidationError("--into-digest and --archive exclude each other.")
    }
  }

  var importOptions: ImportOptions {
    var options = ImportOptions()
    options.acceptsDeletions = acceptDeletions
    options.isStrict = strict
    options.oldArticles = archive ? .archive : intoDigest ? .intoDigest : .automatic
    return options
  }
}
