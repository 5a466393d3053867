internal import Markup
internal import Model

/// Writes JSON Feed 1.1 documents in pieces.
struct JSONFeedRenderer: ~Copyable {
  static let separator = Array(",".utf8)
  static let closing = Array("]\n}\n".utf8)

  private let site: Site
  /// Stands behind an item for ever, so that items are indented, and each begins with a comma.
  private var writer = JSONWriter()

  init(site: Site) {
    self.site = site
    writer.startObject()
    writer.startArray("items")
    writer.startObject()
    writer.endObject()
    writer.takeBytes { _ in }
  }

  func opening(_ head: DocumentHead) -> [UInt8] {
    var writer = JSONWriter()
    writer.startObject()
    writer.feedMetadata(head, of: site)
    writer.startArray("items")
    return writer.takeBytes(array)
  }

  /// Renders an item, and lends its bytes without the comma.
  ///
  /// - Parameters:
  ///   - entry: the article.
  ///   - image: HTML that comes in front of the content.
  ///   - content: HTML; empty where there is none.
  mutating func item<R>(
    _ entry: PreparedEntry,
    image: Span<UInt8>,
    content: Span<UInt8>,
    _ body: (Span<UInt8>) throws -> R
  ) rethrows -> R {
    writer.item(entry, image: image, content: content)
    return try writer.takeBytes { bytes in
      try body(bytes.extracting(droppingFirst: JSONFeedRenderer.separator.count))
    }
  }
}
