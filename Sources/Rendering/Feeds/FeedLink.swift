internal import Model

/// A link from a feed document to another (RFC 4287 §4.2.7), which RSS has from Atom.
struct FeedLink {
  var rel: String
  var type: String?
  var href: String
}

extension Site {
  /// The page for people that a feed belongs to.
  func page(of feed: FeedName) -> String {
    feed == .site ? url : feedsURL + feed.folder
  }

  /// Where a part of a feed is served.
  func address(of part: FeedPart, of feed: FeedName, as format: FeedFormat) -> String {
    feedsURL + feed.path(of: part, as: format)
  }

  /// The links of a document: to itself, its twins, what may be done with it, and its neighbours.
  func links(of head: DocumentHead, as format: FeedFormat) -> [FeedLink] {
    let twins = feeds.formats.filter { $0 != format }
    return [link("self", to: head.part, of: head, as: format)]
      + twins.map { link("alternate", to: head.part, of: head, as: $0) }
      + (license.map { [FeedLink(rel: "license", href: $0)] } ?? [])
      + hubs(of: head).map { FeedLink(rel: "hub", href: $0) }
      + neighbours(of: head, as: format)
  }

  /// The hubs that tell of a document's changes; archive documents hardly have any.
  func hubs(of head: DocumentHead) -> [String] {
    head.part == .subscription ? feeds.hubs : []
  }

  /// The links of RFC 5005 §4.
  private func neighbours(of head: DocumentHead, as format: FeedFormat) -> [FeedLink] {
    let parts: [(rel: String, part: FeedPart?)] = [
      ("current", head.part == .subscription ? nil : .subscription),
      ("prev-archive", head.previous),
      ("next-archive", head.next),
    ]
    return parts.compactMap { rel, part in
      part.map { link(rel, to: $0, of: head, as: format) }
    }
  }

  private func link(
    _ rel: String,
    to part: FeedPart,
    of head: DocumentHead,
    as format: FeedFormat
  ) -> FeedLink {
    let address = address(of: part, of: head.feed.name, as: format)
    return FeedLink(rel: rel, type: format.mediaType, href: address)
  }
}
