internal import Markup
internal import Model

/// Writes RSS 2.0 documents in pieces, by the RSS Advisory Board's profile.
struct RSSRenderer: ~Copyable {
  static let closing = Array("  </channel>\n</rss>\n".utf8)

  private let site: Site
  /// Stands inside a channel for ever, so that items are indented as part of one.
  private var writer = XMLWriter()
  private var summary = EscapedText()

  init(site: Site) {
    self.site = site
    writer.start("rss")
    writer.start("channel")
    writer.text("")
    writer.takeBytes { _ in }
  }

  func opening(_ head: DocumentHead) -> [UInt8] {
    var writer = XMLWriter()
    writer.startDocument()
    writer.start("rss")
    writer.attribute("version", "2.0")
    writer.attribute("xmlns:atom", "http://www.w3.org/2005/Atom")
    writer.attribute("xmlns:content", "http://purl.org/rss/1.0/modules/content/")
    writer.attribute("xmlns:dc", "http://purl.org/dc/elements/1.1/")
    writer.declareHistory(of: head)
    writer.start("channel")
    writer.channelMetadata(head, of: site)
    return writer.takeBytes(array)
  }

  mutating func item<R>(
    _ entry: PreparedEntry,
    content: Span<UInt8>,
    _ body: (Span<UInt8>) throws -> R
  ) rethrows -> R {
    summary.removeAll()
    if let text = entry.summary { summary.append(text) }
    let description = summary.bytes
    writer.item(entry, description: description.span, content: content, in: site.language)
    return try writer.takeBytes(body)
  }
}
