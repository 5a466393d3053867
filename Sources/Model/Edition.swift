/// What one group of an issue's subscribers gets: which articles, in which order and language.
package struct Edition: Hashable, Sendable {
  package struct Section: Hashable, Sendable {
    package var topic: Slug
    /// The store's keys of its articles, in order; never empty.
    package var articles: [Int64]
    /// How many more there are, for which the message has no room: the topic's page has them.
    package var left: Int

    package init(topic: Slug, articles: [Int64], left: Int = 0) {
      self.topic = topic
      self.articles = articles
      self.left = left
    }

    /// How many articles there are, with those that are left out.
    package var count: Int { articles.count + left }
  }

  /// A correction to an article that an earlier message had.
  package struct Erratum: Hashable, Sendable {
    /// The store's key of the article.
    package var article: Int64
    package var text: String

    package init(article: Int64, text: String) {
      self.article = article
      self.text = text
    }
  }

  package var language: Language
  /// In the site's order, but that of the editor's lead, which comes first.
  package var sections: [Section]
  /// The latest first.
  package var errata: [Erratum]
  /// The issues that the subscriber has not got because of a pause, the oldest first.
  package var missed: [IssueName]

  package init(
    language: Language,
    sections: [Section],
    errata: [Erratum] = [],
    missed: [IssueName] = []
  ) {
    self.language = language
    self.sections = sections
    self.errata = errata
    self.missed = missed
  }

  /// How many articles there are, with those that are left out.
  package var articleCount: Int { sections.reduce(0) { $0 + $1.count } }
}

/// One piece of an issue's messages, transfer-encoded, on line boundaries.
package struct Fragment: Equatable, Sendable {
  package var number: Int
  /// The store's key of the article that it shows; nil for all else.
  package var article: Int64?
  /// What it is to the articles around it; nil where it has nothing to do with them.
  package var role: FragmentRole?
  /// The fragment in its place where one of the articles that it counts or names is missing.
  package var substitute: Int?
  package var bytes: [UInt8]

  package init(
    number: Int,
    article: Int64? = nil,
    role: FragmentRole? = nil,
    substitute: Int? = nil,
    bytes: [UInt8]
  ) {
    self.number = number
    self.article = article
    self.role = role
    self.substitute = substitute
    self.bytes = bytes
  }
}

/// What a fragment is to the articles of its message, some of which may be withdrawn before it is
/// sent.
package enum FragmentRole: String, Sendable {
  /// The line that mail programs show beside the subject, with the titles of articles.
  case preheader
  /// Around the rows of the contents.
  case contentsStart, contentsEnd
  /// A row of the contents, for the topic at the same place in their order.
  case contents
  /// The heading of a topic, or of corrections.
  case topic, errata
  case article
  /// Behind a topic's articles: stands for others that there is no room for.
  case rest
  /// Behind a topic's articles: only leads to its page.
  case more
}

/// An edition as it was frozen: the fragments that make its messages.
package struct EditionGroup: Equatable, Sendable {
  package var number: Int
  package var language: Language
  package var subject: String
  /// The fragments of the plain-text part, in order.
  package var text: [Int]
  /// The fragments of the HTML part, in order.
  package var html: [Int]
  /// The store's keys of the articles that it lists; only written, not read again with it.
  package var articles: [Int64]

  package init(
    number: Int,
    language: Language,
    subject: String,
    text: [Int],
    html: [Int],
    articles: [Int64] = []
  ) {
    self.number = number
    self.language = language
    self.subject = subject
    self.text = text
    self.html = html
    self.articles = articles
  }
}
