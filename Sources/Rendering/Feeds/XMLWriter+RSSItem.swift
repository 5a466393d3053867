internal import Markup
internal import Model

extension XMLWriter {
  /// Writes an article as an item of RSS, up to its content.
  ///
  /// - Parameters:
  ///   - entry: the article.
  ///   - description: its summary as HTML, since that is what readers take a description for.
  ///   - channelLanguage: the language of what does not say another.
  mutating func beginItem(
    _ entry: PreparedEntry,
    description: Span<UInt8>,
    hasContent: Bool,
    in channelLanguage: Language
  ) {
    start("item")
    element("title", title: entry.title)
    element("link", entry.url)
    guid(entry.id)
    element("pubDate", entry.published.rfc5322(in: .utc))
    element("atom:updated", entry.updatedText)
    for author in entry.authors { lines(author.rss) }
    if entry.language != channelLanguage { element("dc:language", entry.language.tag) }
    for category in entry.categories { lines(category.rss) }
    if let attribution = entry.attribution { source(attribution) }
    if !description.isEmpty { self.description(description) }
    // An item with a content must have a description before it.
    if hasContent { start(description.isEmpty ? "description" : "content:encoded") }
    if hasContent { text("") }
  }

  /// Writes an item from the end of its content on.
  mutating func endItem(_ entry: PreparedEntry, hasContent: Bool) {
    if hasContent { end() }
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

  private mutating func source(_ attribution: Attribution) {
    guard let feed = attribution.feed else { return }
    start("source")
    attribute("url", feed)
    text(titleText(attribution.title, else: feed))
    end()
  }

  mutating func itemCategory(_ category: FeedCategory) {
    start("category")
    attribute("domain", category.scheme)
    text(category.title)
    end()
  }

  private mutating func description(_ html: Span<UInt8>) {
    start("description")
    text(html)
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
