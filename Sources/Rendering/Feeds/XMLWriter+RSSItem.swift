internal import Markup
internal import Model

extension XMLWriter {
  /// Writes an article as an item of RSS.
  ///
  /// - Parameters:
  ///   - entry: the article.
  ///   - description: its summary as HTML, since that is what readers take a description for.
  ///   - content: its content, escaped; empty where there is none.
  ///   - channelLanguage: the language of what does not say another.
  mutating func item(
    _ entry: PreparedEntry,
    description: Span<UInt8>,
    content: Span<UInt8>,
    in channelLanguage: Language
  ) {
    start("item")
    element("title", title: entry.title)
    element("link", entry.url)
    guid(entry.id)
    element("pubDate", entry.published.rfc5322(in: .utc))
    element("atom:updated", entry.updatedText)
    for author in entry.authors { element("dc:creator", title: author.name) }
    if entry.language != channelLanguage { element("dc:language", entry.language.tag) }
    for category in entry.categories { itemCategory(category) }
    texts(description: description, content: content)
    if let enclosure = entry.enclosures.first { self.enclosure(enclosure) }
    if let image = entry.image { media(image) }
    end()
  }

  private mutating func guid(_ id: String) {
    start("guid")
    attribute("isPermaLink", "false")
    text(id)
    end()
  }

  mutating func itemCategory(_ category: FeedCategory) {
    start("category")
    attribute("domain", category.scheme)
    text(category.title)
    end()
  }

  /// Writes the summary and then the content, or the content as the description: an item with a
  /// content must have a description before it.
  private mutating func texts(description: Span<UInt8>, content: Span<UInt8>) {
    if !description.isEmpty {
      start("description")
      text(description)
      end()
    }
    if content.isEmpty { return }
    start(description.isEmpty ? "description" : "content:encoded")
    raw(content)
    end()
  }

  /// Writes a file; readers take one an item, and want a length.
  private mutating func enclosure(_ enclosure: Enclosure) {
    start("enclosure")
    attribute("url", enclosure.url)
    attribute("length", String(enclosure.length ?? 0))
    attribute("type", enclosure.type)
    end()
  }
}
