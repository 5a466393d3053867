internal import Markup
internal import Model

/// What every format shows of an entry, decided once.
struct PreparedEntry {
  let id: String
  let title: String
  /// Nil where there is none, or where it only repeats the title.
  let summary: String?
  /// Where people read it.
  let url: String
  let language: Language
  /// At least one: of nine readers measured, seven do not look for the feed's.
  let authors: [Person]
  let categories: [FeedCategory]
  let published: Instant
  let updated: Instant
  /// As RFC 3339 writes it.
  let publishedText: String
  /// As RFC 3339 writes it.
  let updatedText: String
  let image: String?
  let enclosures: [Enclosure]

  init(_ entry: Entry, of site: Site, _ known: [Slug: FeedCategory]) {
    let summary = singleLine(entry.summary)
    id = entry.id
    title = titleText(entry.title, else: summary, language: entry.language)
    self.summary = looksEmpty(summary) || summary == title ? nil : summary
    url = site.address(of: entry)
    language = entry.language
    authors = site.shownAuthors(entry.authors)
    categories = entry.topics.compactMap { known[$0] }
    published = entry.published
    updated = max(entry.updated, entry.published)
    publishedText = published.rfc3339
    updatedText = updated == published ? publishedText : updated.rfc3339
    image = entry.image
    enclosures = entry.enclosures
  }
}

extension Site {
  /// The author of whatever has no other.
  var shownAuthor: Person { shown(author) }

  fileprivate func shownAuthors(_ authors: [Person]) -> [Person] {
    let named = authors.filter { !looksEmpty($0.name) }
    return named.isEmpty ? [shownAuthor] : named.map(shown)
  }

  private func shown(_ person: Person) -> Person {
    Person(
      name: titleText(person.name, else: title),
      email: person.email.flatMap { EmailAddress($0) == nil ? nil : $0 },
      uri: person.uri
    )
  }
}
