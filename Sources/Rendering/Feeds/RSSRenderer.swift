internal import Markup
internal import Model

/// Writes RSS 2.0 documents in pieces, by the RSS Advisory Board's profile.
struct RSSRenderer: ~Copyable {
  static let closing = Array("  </channel>\n</rss>\n".utf8)

  private let site: Site
  /// Stands inside a channel for ever, so that items are indented as part of one.
  private var writer = XMLWriter()
  private var openings = XMLWriter()
  private var summary = EscapedText()

  init(site: Site) {
    self.site = site
    writer.start("rss")
    writer.start("channel")
    writer.text("")
    writer.takeBytes { _ in }
  }

  mutating func opening(_ head: DocumentHead) -> [UInt8] {
    openings.startDocument()
    openings.start("rss")
    openings.attribute("version", "2.0")
    openings.attribute("xmlns:atom", XMLNamespace.atom)
    openings.attribute("xmlns:content", XMLNamespace.content)
    openings.attribute("xmlns:dc", XMLNamespace.dublinCore)
    openings.declareHistory(of: head)
    openings.start("channel")
    openings.channelMetadata(head, of: site)
    defer { openings.abandon() }
    return openings.takeBytes(array)
  }

  /// Renders an item, and lends its bytes in pieces.
  ///
  /// - Parameter content: its content, escaped; empty where there is none.
  mutating func item(
    _ entry: PreparedEntry,
    content: Span<UInt8>,
    _ body: (Span<UInt8>) throws -> Void
  ) rethrows {
    summary.removeAll()
    if let text = entry.summary { summary.append(text) }
    let description = summary.bytes
    writer.beginItem(
      entry,
      description: description.span,
      hasContent: !content.isEmpty,
      in: site.language
    )
    try writer.takeBytes(body)
    if !content.isEmpty { try body(content) }
    writer.endItem(entry, hasContent: !content.isEmpty)
    try writer.takeBytes(body)
  }

  /// Elements of an item, to be copied into several.
  mutating func lines(_ write: (inout XMLWriter) -> Void) -> [UInt8] {
    writer.lines(in: "item", write)
  }
}
