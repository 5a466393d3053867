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
  let authors: [Repeated<Person>]
  let categories: [Repeated<FeedCategory>]
  let published: Instant
  let updated: Instant
  /// As RFC 3339 writes it.
  let publishedText: String
  /// As RFC 3339 writes it.
  let updatedText: String
  let image: String?
  let enclosures: [Enclosure]
  let attribution: Attribution?

  init(
    _ entry: Entry,
    url: String,
    authors: [Repeated<Person>],
    categories: [Repeated<FeedCategory>]
  ) {
    let summary = singleLine(entry.summary)
    id = entry.id
    title = titleText(entry.title, else: summary, language: entry.language)
    self.summary = looksEmpty(summary) || summary == title ? nil : summary
    self.url = url
    language = entry.language
    self.authors = authors
    self.categories = categories
    published = entry.published
    updated = max(entry.updated, entry.published)
    publishedText = published.rfc3339
    updatedText = updated == published ? publishedText : updated.rfc3339
    image = entry.image
    enclosures = entry.enclosures
    attribution = entry.attribution
  }
}

extension Site {
  /// The author of whatever has no other.
  var shownAuthor: Person { shown(author) }

  /// A person as feeds name them.
  func shown(_ person: Person) -> Person {
    Person(
      name: titleText(person.name, else: title),
      email: person.email.flatMap { EmailAddress($0) == nil ? nil : $0 },
      uri: person.uri
    )
  }
}
