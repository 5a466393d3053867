package import Model

/// Renders the public pages: the home page, a page for each topic, and one for each article that
/// has no other.
///
/// They need one stylesheet beside them and nothing else: no script, no inline style. Links between
/// them are relative, so the folder can be served anywhere.
package struct PageRenderer {
  /// Raised whenever the same values are written as other bytes.
  package static let version = "1"

  /// The most articles that a page lists.
  package static let entriesShown = 30

  let templates: PageTemplates
  private let home: PageValues
  /// For pages in a folder of the output folder.
  let inner: PageValues
  /// For pages in a folder of such a folder.
  let deep: PageValues

  /// - Parameters:
  ///   - linksIssues: whether there are issues of the digest to link to.
  package init(site: Site, templates: Templates, linksIssues: Bool = false) throws(Problem) {
    self.templates = try PageTemplates(templates)
    let catalog = try templates.catalog(for: [site.language])
    home = PageValues(site, catalog, home: "", linksIssues: linksIssues)
    inner = PageValues(site, catalog, home: "../", linksIssues: linksIssues)
    deep = PageValues(site, catalog, home: "../../", linksIssues: linksIssues)
  }

  /// The page that stands beside a feed's documents.
  ///
  /// - Parameters:
  ///   - feed: the site's feed, for the home page, or a topic's.
  ///   - entries: its newest articles, newest first; at most `entriesShown`.
  package func index(of feed: FeedHead, entries: [Entry]) -> [UInt8] {
    feed.name == .site ? homePage(feed, entries) : topicPage(feed, entries)
  }

  /// The page of an article that has no other.
  ///
  /// - Parameter content: sanitised HTML with absolute addresses.
  package func article(_ entry: Entry, content: Span<UInt8>) -> [UInt8] {
    let topics = inner.topics(of: entry)
    let head = inner.head(
      title: inner.title(inner.headline(of: entry)),
      description: inner.summary(of: entry),
      canonical: inner.site.address(of: entry),
      feeds: topics + [.site]
    )
    let tableLabel = inner.escaped(inner.catalog.text(.table))
    let values: [String: Any] = [
      "content": PageBody(content, tableLabel: tableLabel).html,
      "feeds": (topics.isEmpty ? [.site] : topics).map { inner.feed($0) },
    ]
    return templates.render(
      .article,
      inner.common.adding(head).adding(inner.article(entry)).adding(values)
    )
  }

  /// The stylesheet that all pages share.
  package func stylesheet() -> [UInt8] {
    let accent = home.site.accent
    return templates.render(
      .stylesheet,
      ["accent": home.escaped(accent.light), "accentDark": home.escaped(accent.dark)]
    )
  }

  private func homePage(_ feed: FeedHead, _ entries: [Entry]) -> [UInt8] {
    let head = home.head(
      title: home.publication,
      description: feed.subtitle,
      canonical: home.site.feedsURL,
      feeds: home.allFeeds
    )
    let values: [String: Any] = [
      "articles": items(entries, of: home, withLabels: true),
      "feeds": home.allFeeds.map { home.feed($0, isLinked: $0 != .site) },
    ]
    return templates.render(
      .index,
      home.common.adding(head).adding(home.intro(feed.subtitle)).adding(values)
    )
  }

  private func topicPage(_ feed: FeedHead, _ entries: [Entry]) -> [UInt8] {
    let topic = inner.title(of: feed.name)
    let head = inner.head(
      title: inner.title(topic),
      description: feed.subtitle,
      canonical: inner.site.feedsURL + feed.name.folder,
      feeds: [feed.name, .site]
    )
    var values: [String: Any] = [
      "isTopic": true,
      "heading": inner.escaped(topic),
      "thisFeed": inner.feed(feed.name),
      "articles": items(entries, of: inner, withLabels: false),
      "feeds": inner.allFeeds.filter { $0 != feed.name }.map { inner.feed($0) },
    ]
    if let url = inner.subscribeURL(for: feed.name.topic) { values["subscribeURL"] = url }
    return templates.render(
      .topic,
      inner.common.adding(head).adding(inner.intro(feed.subtitle)).adding(values)
    )
  }

  private func items(
    _ entries: [Entry],
    of values: PageValues,
    withLabels: Bool
  ) -> [[String: Any]] {
    entries.enumerated().map { place, entry in
      values.item(entry, isLead: place == 0, withLabels: withLabels)
    }
  }
}

extension PageRenderer {
  /// Changes whenever pages rendered from the same articles would.
  package static func fingerprint(
    of site: Site,
    templates: Templates,
    linksIssues: Bool
  ) -> String {
    let topics = site.topics.map { "\($0.slug)\u{1}\($0.title)\u{1}\($0.description)" }
    let parts: [String] =
      [
        version, templates.checksum, site.title, site.url, site.feedsURL, site.language.tag,
        site.zone.identifier, site.accent.light, site.accent.dark, site.postalAddress ?? "",
        site.privacyURL ?? "", site.legalURL ?? "", "\(linksIssues)", site.serverURL ?? "",
      ] + site.feeds.formats.map(\.rawValue) + topics
    return parts.joined(separator: "\u{2}")
  }
}
