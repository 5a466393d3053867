internal import Markup
internal import Model

extension JSONWriter {
  /// Writes an article as an item of JSON Feed.
  ///
  /// - Parameters:
  ///   - entry: the article.
  ///   - image: HTML that comes in front of the content.
  ///   - content: HTML; empty where there is none.
  mutating func item(_ entry: PreparedEntry, image: Span<UInt8>, content: Span<UInt8>) {
    startObject()
    member("id", entry.id)
    member("url", entry.url)
    member("title", entry.title)
    if let summary = entry.summary { member("summary", summary) }
    if content.isEmpty {
      // One of the two contents is required.
      member("content_text", entry.summary ?? entry.title)
    } else {
      member("content_html", image, content)
    }
    if let image = entry.image { member("image", image) }
    member("date_published", entry.publishedText)
    member("date_modified", entry.updatedText)
    authors(entry.authors.map(\.value))
    tags(entry.categories.map(\.value))
    member("language", entry.language.tag)
    attachments(entry.enclosures)
    endObject()
  }

  private mutating func tags(_ categories: [FeedCategory]) {
    guard !categories.isEmpty else { return }
    startArray("tags")
    for category in categories { value(category.title) }
    endArray()
  }

  private mutating func attachments(_ enclosures: [Enclosure]) {
    guard !enclosures.isEmpty else { return }
    startArray("attachments")
    for enclosure in enclosures { attachment(enclosure) }
    endArray()
  }

  private mutating func attachment(_ enclosure: Enclosure) {
    startObject()
    member("url", enclosure.url)
    member("mime_type", enclosure.type)
    if let title = enclosure.title, !looksEmpty(title) { member("title", singleLine(title)) }
    if let length = enclosure.length { member("size_in_bytes", length) }
    endObject()
  }
}
