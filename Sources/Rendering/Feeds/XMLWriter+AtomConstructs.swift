internal import Markup
internal import Model

extension XMLWriter {
  mutating func link(rel: String, type: String?, href: String) {
    start("link")
    attribute("rel", rel)
    if let type { attribute("type", type) }
    attribute("href", href)
    end()
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

  /// Writes an author (RFC 4287 §3.2).
  mutating func person(_ person: Person, else name: String) {
    start("author")
    element("name", titleText(person.name, else: name))
    if let uri = person.uri { element("uri", uri) }
    if let email = person.email, EmailAddress(email) != nil { element("email", email) }
    end()
  }

  /// Writes a topic.
  ///
  /// The term is the title too: of the readers that show one of the two, most show the term.
  mutating func category(_ topic: Topic, of site: Site) {
    let title = titleText(topic.title, else: topic.slug.text)
    start("category")
    attribute("term", title)
    attribute("scheme", site.feedsURL + FeedName.topic(topic.slug).folder)
    attribute("label", title)
    end()
  }
}

/// A text as a title, or another where it has no words.
func titleText(_ text: String, else other: String) -> String {
  let title = singleLine(text)
  return title.isEmpty ? singleLine(other) : title
}

/// The title of an article; without one the start of its summary, for no reader shows an entry
/// without a title well.
func titleText(_ text: String, else summary: String, language: Language) -> String {
  let title = singleLine(text)
  if !title.isEmpty { return title }
  if !summary.isEmpty { return beginning(of: summary) }
  return language.primary == "fr" ? "Sans titre" : "Untitled"
}

/// The first words of a line, up to eighty characters.
private func beginning(of line: String) -> String {
  let scalars = line.unicodeScalars
  guard scalars.count > 80 else { return line }
  let cut = scalars.prefix(80)
  let words = cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut
  return String(words) + "…"
}
