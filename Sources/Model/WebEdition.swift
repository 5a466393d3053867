/// An issue as anybody may read it on the web: as it went out, and what was corrected since.
///
/// It is about all topics, whatever each reader chose, and knows no reader.
package struct WebEdition: Equatable, Sendable {
  /// Articles under one heading.
  package struct Section: Equatable, Sendable {
    package var topic: Slug
    /// The topic's title when the issue was frozen.
    package var title: String
    package var items: [Item]

    package init(topic: Slug, title: String, items: [Item]) {
      self.topic = topic
      self.title = title
      self.items = items
    }
  }

  /// An article, in the words in which it was frozen; its addresses are those of today.
  package struct Item: Equatable, Sendable {
    /// The store's key of the article.
    package var article: Int64
    package var entry: Entry
    /// What was corrected, and when, after the issue was frozen.
    package var note: Note?

    package init(article: Int64, entry: Entry, note: Note? = nil) {
      self.article = article
      self.entry = entry
      self.note = note
    }
  }

  /// A correction with its date.
  package struct Note: Equatable, Sendable {
    package var text: String
    package var date: Instant

    package init(text: String, date: Instant) {
      self.text = text
      self.date = date
    }
  }

  /// A correction to an article of an earlier issue, which this issue had.
  package struct Erratum: Equatable, Sendable {
    package var item: Item
    package var text: String

    package init(item: Item, text: String) {
      self.item = item
      self.text = text
    }
  }

  package var name: IssueName
  package var subject: String
  package var heading: String
  /// What the editor wrote before the articles, as sanitised HTML; empty where there is nothing.
  package var introduction: String
  package var published: Instant
  /// When it was last corrected, or an article taken out.
  package var updated: Instant
  package var sections: [Section]
  package var errata: [Erratum]

  package init(
    name: IssueName,
    subject: String,
    heading: String,
    introduction: String = "",
    published: Instant,
    updated: Instant? = nil,
    sections: [Section] = [],
    errata: [Erratum] = []
  ) {
    self.name = name
    self.subject = subject
    self.heading = heading
    self.introduction = introduction
    self.published = published
    self.updated = updated ?? published
    self.sections = sections
    self.errata = errata
  }

  /// All that it lists, in order.
  package var items: [Item] { sections.flatMap(\.items) + errata.map(\.item) }
}

/// Where the pages of issues lie, below the output folder.
package enum WebEditionPlace {
  package static let folder = "digests/"
  package static let index = folder + "index.html"
  package static let feed = folder + "atom.xml"

  /// `digests/weekly/2026-11-23.html`.
  package static func page(of issue: IssueName) -> String { "\(folder)\(issue).html" }
}
