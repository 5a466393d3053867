internal import Markup
internal import Model

/// Writes Atom documents (RFC 4287) in pieces.
struct AtomRenderer: ~Copyable {
  static let closing = Array("</feed>\n".utf8)

  private let site: Site
  /// Stands inside a feed element for ever, so that entries are indented as part of one.
  private var writer = XMLWriter()

  init(site: Site) {
    self.site = site
    writer.start("feed")
    writer.text("")
    writer.takeBytes { _ in }
  }

  func opening(_ head: DocumentHead) -> [UInt8] {
    var writer = XMLWriter()
    writer.startDocument()
    writer.start("feed")
    writer.attribute("xmlns", "http://www.w3.org/2005/Atom")
    writer.declareHistory(of: head)
    if !head.tombstones.isEmpty {
      writer.attribute("xmlns:at", "http://purl.org/atompub/tombstones/1.0")
    }
    writer.attribute("xml:lang", site.language.tag)
    writer.feedMetadata(head, of: site)
    for tombstone in head.tombstones { writer.deletedEntry(tombstone) }
    return writer.takeBytes(array)
  }

  mutating func entry<R>(
    _ entry: PreparedEntry,
    content: Span<UInt8>,
    _ body: (Span<UInt8>) throws -> R
  ) rethrows -> R {
    writer.entry(entry, content: content, in: site.language)
    return try writer.takeBytes(body)
  }
}

/// Lent bytes, to keep.
func array(_ bytes: Span<UInt8>) -> [UInt8] {
  bytes.indices.map { bytes[$0] }
}
