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
      says so. What is wrong with one article never costs another.

      An export of WordPress (Tools → Export) need not be in the configuration: its files are named \
      here, all parts together.

      Example: feedgen import export.xml --map-category "Chroniques=amerique-latine" --dry-run
      """
  )

  @OptionGroup var options: SiteOptions
  @OptionGroup var choices: ImportChoices
  @OptionGroup var export: ExportChoices

  @Argument(help: "Sources as the configuration names them, or files of an export of WordPress.")
  var sources: [String] = []

  @Option(help: "A topic for articles that name none; may be repeated.")
  var topic: [String] = []

  @Option(help: "A date for articles that state none: 2026-11-20, or with a time.")
  var published: String?

  @Flag(help: "Show what would come in, and change nothing.")
  var dryRun = false

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    let asOf = Instant.now
    let lock = try RunLock(beside: configuration.storePath, asOf: asOf)
    defer { withExtendedLifetime(lock) {} }
    let sources = try chosen(from: configuration)
    if choices.strict {
      try StrictImport(configuration: configuration, asOf: asOf, report: report).check { copy in
        try importRun(copy, asOf: asOf, report).run(sources)
      }
    }
    let result = try result(configuration, asOf: asOf, report) {
      try importRun($0, asOf: asOf, report).run(sources)
    }
    try ImportSummary(result, isRehearsal: dryRun).tell(report)
    if let code = result.exitCode { throw code }
    if !result.troubles.isEmpty { throw ExitCode.unavailable }
  }

  /// Imports, or tries to on a copy of the store.
  private func result(
    _ configuration: Configuration,
    asOf: Instant,
    _ report: Report,
    _ body: (OpenSite) throws -> ImportReport
  ) throws -> ImportReport {
    dryRun
      ? try OpenSite.rehearse(configuration, asOf: asOf, body)
      : try body(OpenSite(configuration, asOf: asOf))
  }

  private func importRun(_ open: OpenSite, asOf: Instant, _ report: Report) throws -> ImportRun {
    var settings = ImportRun.Settings(
      site: open.site,
      sources: open.configuration.sources,
      asOf: asOf,
      now: asOf,
      remote: open.configuration.remoteSources,
      progress: { report.progress($0) },
      shouldStop: { StopSignal.isReceived }
    )
    settings.options = choices.importOptions
    settings.options.readsAll = true
    settings.defaults = try readingDefaults(open.site)
    return ImportRun(store: open.store, settings: settings)
  }

  private func chosen(from site: Configuration) throws -> [ArticleSource] {
    guard !sources.isEmpty else { return site.sources }
    let files = sources.filter { known($0, in: site) == nil && isExport($0) }
    let named = try sources.filter { !files.contains($0) }.map { name in
      guard let source = known(name, in: site) else { throw unknown(name, site) }
      return source
    }
    return named + (files.isEmpty ? [] : [.export(try export.source(files))])
  }

  private func known(_ name: String, in site: Configuration) -> ArticleSource? {
    site.sources.first { $0.name == name || $0.name == name + "/" }
  }

  private func isExport(_ path: String) -> Bool {
    path.lowercased().hasSuffix(".xml") && FileManager.default.fileExists(atPath: path)
  }

  private func unknown(_ name: String, _ site: Configuration) -> any Error {
    let advice =
      name.contains("://")
      ? "add {feed: \(name)} or {url: \(name)} to “sources”"
      : "add it to “sources”, name the .xml file of an export, or one of: "
        + site.sources.map(\.name).joined(separator: ", ")
    return ValidationError("“\(name)” is no source of this site; \(advice)")
  }

  private func readingDefaults(_ site: Site) throws -> ReadingDefaults {
    var defaults = ReadingDefaults()
    for name in topic {
      defaults.topics.append(try site.slug(of: name))
    }
    defaults.categories = try export.categories(of: site)
    if let published {
      guard let instant = Instant(published, in: site.zone) else {
        throw ValidationError("--published: “\(published)” is no date; write 2026-11-20.")
      }
      defaults.published = instant
    }
    return defaults
  }
}
