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

  package var mediaType: String {
    switch self {
    case .atom: "application/atom+xml"
    case .rss: "application/rss+xml"
    case .json: "application/feed+json"
    }
  }
}

/// A part of a feed that is a document of its own (RFC 5005 §4).
package enum FeedPart: Hashable, Sendable {
  /// The newest entries: what readers subscribe to.
  case subscription
  /// A block of older entries, by its number.
  ///
  /// Blocks are numbered from 0 upwards as they fill; archive material that came in later fills
  /// the blocks from -1 downwards.
  case archive(Int)
}

extension FeedName {
  /// Where a part of the feed lies, below the output folder: `bielorussie/archive/3.atom.xml`.
  package func path(of part: FeedPart, as format: FeedFormat) -> String {
    switch part {
    case .subscription: folder + format.fileName
    case .archive(let block) where block >= 0: "\(folder)archive/\(block + 1).\(format.fileName)"
    case .archive(let block): "\(folder)archive/before-\(-block).\(format.fileName)"
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

/// What one document of a feed says of itself, and of its neighbours (RFC 5005).
package struct DocumentHead: Equatable, Sendable {
  /// Its `updated` is the document's.
  package var feed: FeedHead
  package var part: FeedPart
  /// The next older part; nil for the oldest.
  package var previous: FeedPart?
  /// The next newer archive document; nil for the newest of them, and for a subscription document.
  package var next: FeedPart?
  /// Whether the document has all that there is (RFC 5005 §2).
  ///
  /// A document without neighbours need not be: older entries may be in none.
  package var isComplete: Bool
  /// What has left the part; comes before the entries.
  package var tombstones: [Tombstone]

  package init(
    feed: FeedHead,
    part: FeedPart = .subscription,
    previous: FeedPart? = nil,
    next: FeedPart? = nil,
    isComplete: Bool = false,
    tombstones: [Tombstone] = []
  ) {
    self.feed = feed
    self.part = part
    self.previous = previous
    self.next = next
    self.isComplete = isComplete
    self.tombstones = tombstones
  }
}
