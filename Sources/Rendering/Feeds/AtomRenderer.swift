internal import Markup
package import Model

/// Writes Atom documents (RFC 4287) in pieces: an opening, entries, a closing.
///
/// An entry's bytes are the same in every document that lists it, so that it is rendered once.
package struct AtomRenderer: ~Copyable {
  /// Raised whenever the same values are written as other bytes.
  package static let version = "1"

  package static let closing = Array("</feed>\n".utf8)

  private let site: Site
  /// Stands inside a feed element for ever, so that entries are indented as part of one.
  private var writer = XMLWriter()

  package init(site: Site) {
    self.site = site
    writer.start("feed")
    writer.text("")
    writer.takeBytes { _ in }
  }

  /// The document up to its first entry.
  ///
  /// - Parameters:
  ///   - head: what the feed says of itself.
  ///   - tombstones: the entries that have left it.
  ///   - documentURL: where this very document is served.
  package func opening(
    _ head: FeedHead,
    tombstones: [Tombstone],
    documentURL: String
  ) -> [UInt8] {
    var writer = XMLWriter()
    writer.startDocument()
    writer.start("feed")
    writer.attribute("xmlns", "http://www.w3.org/2005/Atom")
    if !tombstones.isEmpty {
      writer.attribute("xmlns:at", "http://purl.org/atompub/tombstones/1.0")
    }
    writer.attribute("xml:lang", site.language.tag)
    writer.feedMetadata(head, of: site, documentURL: documentURL)
    for tombstone in tombstones { writer.deletedEntry(tombstone) }
    return writer.takeBytes { bytes in bytes.indices.map { bytes[$0] } }
  }

  /// Renders an entry, and lends its bytes.
  ///
  /// - Parameters:
  ///   - entry: the article without its content.
  ///   - content: sanitised HTML with absolute addresses.
  package mutating func entry<R>(
    _ entry: Entry,
    content: Span<UInt8>,
    _ body: (Span<UInt8>) throws -> R
  ) rethrows -> R {
    writer.entry(entry, content: content, of: site)
    return try writer.takeBytes(body)
  }
}
