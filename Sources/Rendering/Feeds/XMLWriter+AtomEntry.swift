internal import Markup
internal import Model

extension XMLWriter {
  /// Writes an article (RFC 4287 §4.1.2).
  ///
  /// - Parameters:
  ///   - entry: the article.
  ///   - content: its content, escaped; empty where there is none.
  ///   - feedLanguage: the language of what does not say another.
  mutating func entry(_ entry: PreparedEntry, content: Span<UInt8>, in feedLanguage: Language) {
    start("entry")
    if entry.language != feedLanguage { attribute("xml:lang", entry.language.tag) }
    element("id", entry.id)
    element("title", entry.title)
    element("updated", entry.updatedText)
    element("published", entry.publishedText)
    alternate(entry.url, in: entry.language)
    for enclosure in entry.enclosures { enclosureLink(enclosure) }
    for author in entry.authors { person(author) }
    for category in entry.categories { self.category(category) }
    if let summary = entry.summary { element("summary", summary) }
    if !content.isEmpty { self.content(content, base: entry.url) }
    if let image = entry.image { media(image) }
    end()
  }

  private mutating func content(_ content: Span<UInt8>, base: String) {
    start("content")
    attribute("type", "html")
    attribute("xml:base", base)
    raw(content)
    end()
  }
}
