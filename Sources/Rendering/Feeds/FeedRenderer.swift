internal import Markup
package import Model

/// Writes feed documents in pieces, in every format: an opening, entries, a closing.
///
/// An entry's bytes are the same in every document that lists it, so that it is rendered once.
package struct FeedRenderer: ~Copyable {
  /// Raised whenever the same values are written as other bytes.
  package static let version = "2"

  private let site: Site
  private let categories: [Slug: FeedCategory]
  private var content = EntryContent()
  private var atom: AtomRenderer
  private var rss: RSSRenderer
  private var json: JSONFeedRenderer

  package init(site: Site) {
    self.site = site
    categories = Dictionary(
      site.topics.map { ($0.slug, FeedCategory($0, of: site)) },
      uniquingKeysWith: { first, _ in first }
    )
    atom = AtomRenderer(site: site)
    rss = RSSRenderer(site: site)
    json = JSONFeedRenderer(site: site)
  }

  /// The document up to its first entry.
  package func opening(_ head: DocumentHead, as format: FeedFormat) -> [UInt8] {
    switch format {
    case .atom: atom.opening(head)
    case .rss: rss.opening(head)
    case .json: json.opening(head)
    }
  }

  /// What stands between two entries.
  package func separator(as format: FeedFormat) -> [UInt8] {
    switch format {
    case .atom, .rss: []
    case .json: JSONFeedRenderer.separator
    }
  }

  /// The document after its last entry.
  package func closing(as format: FeedFormat) -> [UInt8] {
    switch format {
    case .atom: AtomRenderer.closing
    case .rss: RSSRenderer.closing
    case .json: JSONFeedRenderer.closing
    }
  }

  /// Renders an entry in several formats, and lends its bytes in each.
  ///
  /// - Parameters:
  ///   - entry: the article without its content.
  ///   - content: sanitised HTML with absolute addresses.
  package mutating func entry(
    _ entry: Entry,
    content html: Span<UInt8>,
    as formats: [FeedFormat],
    _ body: (FeedFormat, Span<UInt8>) throws -> Void
  ) rethrows {
    let entry = PreparedEntry(entry, of: site, categories)
    let isShown = site.feeds.content == .full && !html.isBlank
    let html = isShown ? html : html.extracting(first: 0)
    content.set(html, image: entry.image)
    for format in formats {
      switch format {
      case .atom: try atom.entry(entry, content: content.xml.span) { try body(format, $0) }
      case .rss: try rss.item(entry, content: content.xml.span) { try body(format, $0) }
      case .json:
        try json.item(entry, image: content.imageHTML.span, content: html) {
          try body(format, $0)
        }
      }
    }
  }
}
