package import Model

/// Writes feed documents in pieces, in every format: an opening, entries, a closing.
///
/// An entry's bytes are the same in every document that lists it, so that it is rendered once.
package struct FeedRenderer: ~Copyable {
  /// Raised whenever the same values are written as other bytes.
  package static let version = "2"

  private let site: Site
  private var atom: AtomRenderer

  package init(site: Site) {
    self.site = site
    atom = AtomRenderer(site: site)
  }

  /// The document up to its first entry.
  package func opening(_ head: DocumentHead, as format: FeedFormat) -> [UInt8] {
    atom.opening(
      head.feed,
      tombstones: head.tombstones,
      documentURL: site.feedsURL + head.feed.name.path(of: head.part, as: format)
    )
  }

  /// What stands between two entries.
  package func separator(as format: FeedFormat) -> [UInt8] { [] }

  /// The document after its last entry.
  package func closing(as format: FeedFormat) -> [UInt8] { AtomRenderer.closing }

  /// Renders an entry in several formats, and lends its bytes in each.
  ///
  /// - Parameters:
  ///   - entry: the article without its content.
  ///   - content: sanitised HTML with absolute addresses.
  package mutating func entry(
    _ entry: Entry,
    content: Span<UInt8>,
    as formats: [FeedFormat],
    _ body: (FeedFormat, Span<UInt8>) throws -> Void
  ) rethrows {
    for format in formats {
      try atom.entry(entry, content: content) { try body(format, $0) }
    }
  }
}
