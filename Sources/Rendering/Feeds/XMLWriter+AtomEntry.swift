internal import Markup
internal import Model

extension XMLWriter {
  /// Writes an article (RFC 4287 §4.1.2) up to its content.
  mutating func beginEntry(
    _ entry: PreparedEntry,
    hasContent: Bool,
    in feedLanguage: Language
  ) {
    start("entry")
    if entry.language != feedLanguage { attribute("xml:lang", entry.language.tag) }
    element("id", entry.id)
    element("title", entry.title)
    element("updated", entry.updatedText)
    element("published", entry.publishedText)
    alternate(entry.url, in: entry.language)
    for enclosure in entry.enclosures { enclosureLink(enclosure) }
    for author in entry.authors { lines(author.atom) }
    for category in entry.categories { lines(category.atom) }
    if let attribution = entry.attribution { source(attribution) }
    if let summary = entry.summary { element("summary", summary) }
    if hasContent { beginContent(base: entry.url) }
  }

  /// Writes an article from the end of its content on.
  mutating func endEntry(_ entry: PreparedEntry, hasContent: Bool) {
    if hasContent { end() }
    if let image = entry.image { media(image) }
    end()
  }

  /// Writes whose feed the entry was taken from (RFC 4287 §4.2.11).
  private mutating func source(_ attribution: Attribution) {
    start("source")
    element("id", attribution.id)
    element("title", titleText(attribution.title, else: attribution.id))
    if let page = attribution.link { link(rel: "alternate", page) }
    if let feed = attribution.feed { link(rel: "self", feed) }
    end()
  }

  private mutating func link(rel: String, _ address: String) {
    start("link")
    attribute("rel", rel)
    attribute("href", address)
    end()
  }

  private mutating func beginContent(base: String) {
    start("content")
    attribute("type", "html")
    attribute("xml:base", base)
    text("")
  }
}
