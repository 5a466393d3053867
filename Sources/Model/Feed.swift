/// Which feed: the site's, or a topic's.
package enum FeedName: Hashable, Sendable {
  case site
  case topic(Slug)

  package var topic: Slug? {
    switch self {
    case .site: nil
    case .topic(let slug): slug
    }
  }

  /// The folder of its documents, below the output folder: empty, or `amerique-latine/`.
  package var folder: String {
    topic.map { "\($0)/" } ?? ""
  }
}

/// The languages that feeds are written in.
package enum FeedFormat: String, CaseIterable, Sendable {
  case atom, rss, json

  package var fileName: String {
    switch self {
    case .atom: "atom.xml"
    case .rss: "rss.xml"
    case .json: "feed.json"
    }
  }
}

/// What a feed document says of the feed itself.
package struct FeedHead: Equatable, Sendable {
  package var name: FeedName
  package var id: String
  package var title: String
  package var subtitle: String
  /// The newest change of an entry, a deletion or the head itself; never the clock.
  package var updated: Instant

  package init(name: FeedName, id: String, title: String, subtitle: String, updated: Instant) {
    self.name = name
    self.id = id
    self.title = title
    self.subtitle = subtitle
    self.updated = updated
  }
}
