internal import Markup
package import Model

/// Writes feed documents in pieces, in every format: an opening, entries, a closing.
///
/// An entry's bytes are the same in every document that lists it, so that it is rendered once.
package struct FeedRenderer: ~Copyable {
  /// Raised whenever the same values are written as other bytes.
  package static let version = "2"
  /// So many authors are remembered at most.
  private static let mostAuthors = 1_000

  private let site: Site
  private var authors: [Person: Repeated<Person>] = [:]
  private var categories: [Slug: Repeated<FeedCategory>] = [:]
  private var content = EntryContent()
  private var atom: AtomRenderer
  private var rss: RSSRenderer
  private var json: JSONFeedRenderer

  package init(site: Site) {
    self.site = site
    atom = AtomRenderer(site: site)
    rss = RSSRenderer(site: site)
    json = JSONFeedRenderer(site: site)
    for topic in site.topics { categories[topic.slug] = repeated(FeedCategory(topic, of: site)) }
  }

  /// The document up to its first entry.
  package mutating func opening(_ head: DocumentHead, as format: FeedFormat) -> [UInt8] {
    switch format {
    case .atom: atom.opening(head)
    case .rss: rss.opening(head)
    case .json: json.opening(head)
    }
  }

  /// What stands between two entries.
  package func separator(as format: FeedFormat) -> [UInt8] {
    switch format {
    case .atom, .rss: []
    case .json: JSONFeedRenderer.separator
    }
  }

  /// The document after its last entry.
  package func closing(as format: FeedFormat) -> [UInt8] {
    switch format {
    case .atom: AtomRenderer.closing
    case .rss: RSSRenderer.closing
    case .json: JSONFeedRenderer.closing
    }
  }

  /// Renders an entry in several formats, and lends its bytes in each, in pieces.
  ///
  /// - Parameters:
  ///   - entry: the article without its content.
  ///   - content: sanitised HTML with absolute addresses.
  package mutating func entry(
    _ entry: Entry,
    content html: Span<UInt8>,
    as formats: [FeedFormat],
    _ body: (FeedFormat, Span<UInt8>) throws -> Void
  ) rethrows {
    let entry = PreparedEntry(
      entry,
      url: site.address(of: entry),
      authors: authors(of: entry),
      categories: entry.topics.compactMap { categories[$0] }
    )
    let isShown = site.feeds.content == .full && !html.isBlank
    let html = isShown ? html : html.extracting(first: 0)
    content.set(html, image: entry.image, isForXML: formats != [.json])
    for format in formats {
      switch format {
      case .atom: try atom.entry(entry, content: content.xml.span) { try body(format, $0) }
      case .rss: try rss.item(entry, content: content.xml.span) { try body(format, $0) }
      case .json:
        try json.item(entry, image: content.imageHTML.span, content: html) {
          try body(format, $0)
        }
      }
    }
  }

  private mutating func authors(of entry: Entry) -> [Repeated<Person>] {
    let named = entry.authors.filter { !looksEmpty($0.name) }
    return named.isEmpty ? [author(site.author)] : named.map { author($0) }
  }

  private mutating func author(_ person: Person) -> Repeated<Person> {
    if let known = authors[person] { return known }
    if authors.count == FeedRenderer.mostAuthors { authors = [:] }
    let shown = site.shown(person)
    let author = Repeated(
      shown,
      atom: atom.lines { $0.person(shown) },
      rss: rss.lines { $0.element("dc:creator", title: shown.name) }
    )
    authors[person] = author
    return author
  }

  private mutating func repeated(_ category: FeedCategory) -> Repeated<FeedCategory> {
    Repeated(
      category,
      atom: atom.lines { $0.category(category) },
      rss: rss.lines { $0.itemCategory(category) }
    )
  }
}
