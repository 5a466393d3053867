import Model
import Store

extension FeedRecord {
  /// What the feed says of itself.
  ///
  /// Its id never changes, whatever its topic is called later.
  func head(of site: Site, updated: Instant) -> FeedHead {
    let topic = name.topic.flatMap(site.topic)
    return FeedHead(
      name: name,
      id: site.id + (permanentName.isEmpty ? "feeds" : "feeds/\(permanentName)"),
      title: topic.map { "\($0.title) – \(site.title)" } ?? site.title,
      subtitle: topic?.description ?? "",
      updated: updated
    )
  }

  /// The names under which the feed's subscription document lies: its own, and for 90 days those
  /// of topics that were renamed or merged, for readers who follow these.
  func publishedNames(asOf: Instant) -> [FeedName] {
    [name] + former.filter { asOf.since($0.since) < .days(90) }.map { .topic($0.slug) }
  }
}

extension DocumentRecord {
  /// What the document says of itself.
  func head(of site: Site, tombstones: [Tombstone]) -> DocumentHead {
    DocumentHead(
      feed: feed.head(of: site, updated: updated),
      part: part,
      previous: site.feeds.hasArchives ? feed.geometry.previous(of: part) : nil,
      next: feed.geometry.next(of: part),
      isComplete: part == .subscription && feed.geometry.previous(of: part) == nil,
      tombstones: tombstones
    )
  }

  /// Where it lies, in a format.
  func paths(as format: FeedFormat, asOf: Instant) -> [String] {
    let names = part == .subscription ? feed.publishedNames(asOf: asOf) : [feed.name]
    return names.map { $0.path(of: part, as: format) }
  }
}
