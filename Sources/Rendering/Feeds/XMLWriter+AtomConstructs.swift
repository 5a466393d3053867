internal import Markup
internal import Model

extension XMLWriter {
  /// Writes a link to a document of another kind.
  mutating func link(_ link: FeedLink) {
    start("link")
    linkAttributes(link)
    end()
  }

  mutating func linkAttributes(_ link: FeedLink) {
    attribute("rel", link.rel)
    if let type = link.type { attribute("type", type) }
    attribute("href", link.href)
  }

  /// Writes the link to what the feed or entry is a copy of.
  mutating func alternate(_ url: String, in language: Language) {
    start("link")
    attribute("rel", "alternate")
    attribute("type", "text/html")
    attribute("hreflang", language.tag)
    attribute("href", url)
    end()
  }

  /// Writes the link to a file (RFC 4287 §4.2.7.2).
  mutating func enclosureLink(_ enclosure: Enclosure) {
    start("link")
    attribute("rel", "enclosure")
    attribute("type", enclosure.type)
    if let length = enclosure.length { attribute("length", String(length)) }
    if let title = enclosure.title, !looksEmpty(title) { attribute("title", singleLine(title)) }
    attribute("href", enclosure.url)
    end()
  }

  /// Writes an author (RFC 4287 §3.2).
  mutating func person(_ person: Person) {
    start("author")
    element("name", person.name)
    if let uri = person.uri { element("uri", uri) }
    if let email = person.email { element("email", email) }
    end()
  }

  /// Writes a topic.
  ///
  /// The term is the title too: of the readers that show one of the two, most show the term.
  mutating func category(_ category: FeedCategory) {
    start("category")
    attribute("term", category.title)
    attribute("scheme", category.scheme)
    attribute("label", category.title)
    end()
  }
}
