internal import Markup
internal import Model

/// Writes Atom documents (RFC 4287) in pieces.
struct AtomRenderer: ~Copyable {
  static let closing = Array("</feed>\n".utf8)

  private let site: Site
  /// Stands inside a feed element for ever, so that entries are indented as part of one.
  private var writer = XMLWriter()
  private var openings = XMLWriter()

  init(site: Site) {
    self.site = site
    writer.start("feed")
    writer.text("")
    writer.takeBytes { _ in }
  }

  mutating func opening(_ head: DocumentHead) -> [UInt8] {
    openings.startDocument()
    openings.start("feed")
    openings.attribute("xmlns", XMLNamespace.atom)
    openings.declareHistory(of: head)
    if !head.tombstones.isEmpty {
      openings.attribute("xmlns:at", XMLNamespace.tombstones)
    }
    openings.attribute("xml:lang", site.language.tag)
    openings.feedMetadata(head, of: site)
    for tombstone in head.tombstones { openings.deletedEntry(tombstone) }
    defer { openings.abandon() }
    return openings.takeBytes(array)
  }

  /// Renders an entry, and lends its bytes in pieces.
  ///
  /// - Parameter content: its content, escaped; empty where there is none.
  mutating func entry(
    _ entry: PreparedEntry,
    content: Span<UInt8>,
    _ body: (Span<UInt8>) throws -> Void
  ) rethrows {
    writer.beginEntry(entry, hasContent: !content.isEmpty, in: site.language)
    try writer.takeBytes(body)
    if !content.isEmpty { try body(content) }
    writer.endEntry(entry, hasContent: !content.isEmpty)
    try writer.takeBytes(body)
  }

  /// Elements of an entry, to be copied into several.
  mutating func lines(_ write: (inout XMLWriter) -> Void) -> [UInt8] {
    writer.lines(in: "entry", write)
  }
}

/// Lent bytes, to keep.
func array(_ bytes: Span<UInt8>) -> [UInt8] {
  unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
}
