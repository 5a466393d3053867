internal import Markup
import Model

extension PageValues {
  /// A feed in a list of feeds: its name and page, and a badge for each format.
  ///
  /// - Parameter isLinked: whether its page is another than the one that lists it.
  func feed(_ name: FeedName, isLinked: Bool = true) -> [String: Any] {
    var values: [String: Any] = [
      "name": escaped(title(of: name)),
      "allArticles": escaped(allArticles(of: name)),
      "badges": formats.map { badge($0, of: name) },
    ]
    if isLinked { values["path"] = home + name.folder }
    let description = singleLine(topic(of: name)?.description ?? "")
    if !description.isEmpty { values["description"] = escaped(description) }
    return values
  }

  /// The links by which programs find a feed: absolute, since some keep them without the page.
  func alternates(of name: FeedName) -> [[String: Any]] {
    formats.map { format in
      [
        "type": format.mediaType,
        "title": escaped(discoveryTitle(of: name, as: format)),
        "href": escaped(site.feedsURL + name.path(of: .subscription, as: format)),
      ]
    }
  }

  /// The feeds of topics, and the site's own.
  var allFeeds: [FeedName] { [.site] + site.topics.map { .topic($0.slug) } }

  func title(of name: FeedName) -> String {
    guard let slug = name.topic else { return catalog.text(.everyArticle) }
    return titleText(topic(of: name)?.title ?? "", else: slug.text)
  }

  /// In the order in which readers should prefer them, whatever the configuration's.
  private var formats: [FeedFormat] {
    FeedFormat.allCases.filter(site.feeds.formats.contains)
  }

  private func topic(of name: FeedName) -> Topic? { name.topic.flatMap(site.topic) }

  private func badge(_ format: FeedFormat, of name: FeedName) -> [String: Any] {
    let topic = ["topic": title(of: name)]
    let feedNamed = catalog.text(name == .site ? .feedOfSite : .feedOfTopic, topic)
    return [
      "format": format.displayName,
      "type": format.mediaType,
      "href": home + name.path(of: .subscription, as: format),
      "feedNamed": escaped(feedNamed),
    ]
  }

  private func allArticles(of name: FeedName) -> String {
    name == .site ? title(of: name) : catalog.text(.allArticles, ["topic": title(of: name)])
  }

  private func discoveryTitle(of name: FeedName, as format: FeedFormat) -> String {
    catalog.text(
      name == .site ? .feedTitle : .topicFeedTitle,
      ["topic": title(of: name), "publication": publication, "format": format.displayName]
    )
  }
}

extension FeedFormat {
  fileprivate var displayName: String {
    switch self {
    case .atom: "Atom"
    case .rss: "RSS"
    case .json: "JSON"
    }
  }
}
