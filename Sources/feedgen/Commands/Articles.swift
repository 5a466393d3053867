import ArgumentParser
import Foundation
import Model
import Store

/// `feedgen articles`: what is in the store.
struct Articles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "articles",
    abstract: "Lists, shows, deletes, restores and exports articles.",
    subcommands: [List.self, Show.self, Delete.self, Restore.self, ExportArticles.self]
  )

  struct List: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists the articles, in the order in which readers saw them.",
      discussion: "Example: feedgen articles list --topic bielorussie"
    )

    @OptionGroup var options: SiteOptions

    @Option(help: "Only those of this topic.")
    var topic: String?

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      let topic = try topic.map { try open.site.slug(of: $0) }
      var rows: [ArticleLine] = []
      try open.store.eachSummary { summary in
        guard topic.map(summary.topics.contains) ?? true else { return }
        let line = ArticleLine(summary)
        if report.isJSON { rows.append(line) } else { report.say(line.text) }
      }
      if report.isJSON { try report.document(rows) }
    }
  }

  struct Show: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows one article with its content as feeds have it.",
      discussion: "Example: feedgen articles show potasse-itineraires"
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The article's slug or id.") var name: String

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      let page = ArticlePage(try open.article(name))
      if report.isJSON { return try report.document(page) }
      for line in page.lines { report.say(line) }
    }
  }

  struct Delete: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete",
      abstract: "Takes an article back, although its file may still be there.",
      discussion: """
        Feeds say that it is gone, and no later issue lists it. It holds until “articles restore”.

        Example: feedgen articles delete potasse-itineraires
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The article's slug or id.") var name: String

    func run(_ report: Report) throws {
      try options.change(name, to: .deleted)
      report.say("Deleted; the feeds follow with the next “feedgen publish”.")
    }
  }

  struct Restore: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore",
      abstract: "Brings a deleted article back, with its id and its date of publication.",
      discussion: "Example: feedgen articles restore potasse-itineraires"
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The article's slug or id.") var name: String

    func run(_ report: Report) throws {
      try options.change(name, to: .published)
      report.say("Restored; the feeds follow with the next “feedgen publish”.")
    }
  }
}

extension SiteOptions {
  fileprivate func change(_ name: String, to standing: Article.Standing) throws {
    let configuration = try configuration()
    let lock = try RunLock(beside: configuration.storePath, asOf: .now)
    defer { withExtendedLifetime(lock) {} }
    let open = try OpenSite(configuration, asOf: .now)
    let article = try open.article(name)
    guard (article.standing == .deleted) != (standing == .deleted) else {
      throw ValidationError(
        "“\(name)” is \(article.standing.rawValue): "
          + (standing == .deleted ? "it is gone already." : "there is nothing to restore.")
      )
    }
    try open.store.write([.setStanding(id: article.id, standing)], asOf: .now)
  }
}

extension OpenSite {
  /// The article with a slug or an id.
  func article(_ name: String) throws -> Article {
    let bySlug = try Slug(name).flatMap { try store.article(slug: $0) }
    guard let article = try bySlug ?? store.article(id: name) else {
      throw UnknownArticle(name: name)
    }
    return article
  }
}

/// No article goes by a name.
struct UnknownArticle: ExitCoded, CustomStringConvertible {
  var name: String

  var exitCode: ExitCode { .badInput }
  var description: String {
    "no article has the slug or id “\(name)”; see “feedgen articles list”"
  }
}
