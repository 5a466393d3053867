import ArgumentParser
import Importing
import Model
import Pipeline
import Rendering

/// `feedgen redirects`: where the feeds of a WordPress site are now, for its web server.
struct Redirects: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "redirects",
    abstract: "Tells a web server where the feeds of a WordPress site are now.",
    discussion: """
      Prints rules for nginx or Caddy by which /feed/, /category/…/feed/ and the others lead to the \
      feeds of this site, so that nobody has to subscribe again. The export says which categories \
      there were.

      Example: feedgen redirects export.xml --server caddy
      """
  )

  @OptionGroup var options: SiteOptions
  @OptionGroup var export: ExportChoices

  @Argument(help: "The files of an export of WordPress.")
  var files: [String]

  @Option(help: "nginx or caddy.")
  var server = MovedFeeds.Server.nginx

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    var index = WordPressIndex()
    for file in files {
      try WordPressExport(path: file).addIndex(to: &index) { _ in }
    }
    let site = configuration.site
    let reader = ArticleReader(settings: try settings(site))
    let moved = MovedFeeds(
      site: site,
      from: index.site ?? site.url,
      categories: index.categoryPaths.map {
        MovedFeeds.Category(path: $0.path, topic: reader.topic(of: $0.category))
      }
    )
    report.print(moved.snippet(for: server))
  }

  private func settings(_ site: Site) throws -> ReadingSettings {
    var settings = ReadingSettings(
      zone: site.zone,
      language: site.language,
      topics: site.topics
    )
    for (category, meaning) in try export.categories(of: site) {
      settings.setMeaning(of: category, meaning)
    }
    return settings
  }
}

extension MovedFeeds.Server: ExpressibleByArgument {}
