import Model
import Rendering
import Testing

/// A small publication, and what it publishes.
enum FeedExample {
  static func site(content: FeedSettings.Content = .full) throws -> Site {
    Site(
      title: "Veille géopolitique",
      url: "https://veille.example/",
      feedsURL: "https://veille.example/feeds/",
      language: .french,
      zone: .utc,
      author: Person(name: "La rédaction", email: "redaction@veille.example"),
      id: "tag:veille.example,2026:",
      icon: "https://veille.example/icon.png",
      logo: "https://veille.example/logo.png",
      rights: "© Veille géopolitique",
      license: "https://creativecommons.org/licenses/by/4.0/",
      topics: [
        Topic(slug: try slug("amerique-latine"), title: "Amérique latine"),
        Topic(slug: try slug("bielorussie"), title: "Biélorussie"),
      ],
      feeds: FeedSettings(content: content, hubs: ["https://hub.example/"])
    )
  }

  static func slug(_ text: String) throws -> Slug {
    guard let slug = Slug(text) else { throw NotASlug(text: text) }
    return slug
  }

  static func head(_ name: FeedName = .site) -> FeedHead {
    FeedHead(
      name: name,
      id: "tag:veille.example,2026:feeds/\(name.topic?.text ?? "site")",
      title: "Veille géopolitique",
      subtitle: "Deux régions, chaque semaine",
      updated: Instant(seconds: 1_795_248_000)
    )
  }

  static func entry(_ change: (inout Entry) throws -> Void = { _ in }) throws -> Entry {
    var entry = Entry(
      id: "tag:veille.example,2026:articles/corridor",
      slug: try slug("corridor"),
      title: "Le corridor bioocéanique\u{202f}: route ou promesse\u{a0}?",
      summary: "Du Mato Grosso aux ports du Chili.",
      url: "https://veille.example/articles/corridor?a=1&b=2",
      language: .french,
      authors: [
        Person(name: "Inés Valcourt", uri: "https://veille.example/ines"),
        Person(name: "Paul Aubertin"),
      ],
      topics: [try slug("amerique-latine"), try slug("bielorussie")],
      published: Instant(seconds: 1_795_161_600),
      updated: Instant(seconds: 1_795_165_200)
    )
    try change(&entry)
    return entry
  }

  struct NotASlug: Error {
    let text: String
  }

  /// A whole document.
  static func document(
    site: Site,
    head: DocumentHead = DocumentHead(feed: head()),
    entries: [(entry: Entry, content: String)] = [],
    as format: FeedFormat
  ) -> [UInt8] {
    var renderer = FeedRenderer(site: site)
    var bytes = renderer.opening(head, as: format)
    let separator = renderer.separator(as: format)
    for (index, (entry, content)) in entries.enumerated() {
      let content = Array(content.utf8)
      if index > 0 { bytes += separator }
      renderer.entry(entry, content: content.span, as: [format]) { _, rendered in
        for index in rendered.indices { bytes.append(rendered[index]) }
      }
    }
    return bytes + renderer.closing(as: format)
  }
}

/// Whole documents of the publication.
struct ExampleDocument: Sendable, CustomTestStringConvertible {
  let name: String
  let make: @Sendable (FeedFormat) throws -> [UInt8]

  var testDescription: String { name }

  static let all = [subscription, archive, empty]

  /// A document to subscribe to, with all that it can have.
  static let subscription = ExampleDocument(name: "feed-subscription") { format in
    let site = try FeedExample.site()
    let head = DocumentHead(
      feed: FeedExample.head(),
      previous: .archive(2),
      tombstones: [
        Tombstone(
          id: "tag:veille.example,2026:articles/parti",
          left: Instant(seconds: 1_795_248_000)
        )
      ]
    )
    return FeedExample.document(site: site, head: head, entries: try richEntries, as: format)
  }

  /// One of the older documents of a topic's feed.
  static let archive = ExampleDocument(name: "feed-archive") { format in
    let topic = FeedName.topic(try FeedExample.slug("amerique-latine"))
    let head = DocumentHead(
      feed: FeedExample.head(topic),
      part: .archive(1),
      previous: .archive(0),
      next: .archive(2),
      tombstones: [
        Tombstone(
          id: "tag:veille.example,2026:articles/ancien",
          left: Instant(seconds: 1_795_247_000)
        )
      ]
    )
    let entries = [(try FeedExample.entry(), "<p>Du texte &amp; un lien.</p>")]
    return FeedExample.document(
      site: try FeedExample.site(),
      head: head,
      entries: entries,
      as: format
    )
  }

  /// A new topic's feed.
  static let empty = ExampleDocument(name: "feed-empty") { format in
    let topic = FeedName.topic(try FeedExample.slug("bielorussie"))
    var site = try FeedExample.site()
    site.feeds.hubs = []
    site.icon = nil
    site.logo = "https://veille.example/logo.svg"
    site.rights = nil
    site.license = nil
    var feed = FeedExample.head(topic)
    feed.subtitle = ""
    let head = DocumentHead(feed: feed, isComplete: true)
    return FeedExample.document(site: site, head: head, as: format)
  }

  /// An entry with everything, one without content, and one whose content has its image.
  static var richEntries: [(entry: Entry, content: String)] {
    get throws {
      let rich = try FeedExample.entry {
        $0.image = "https://veille.example/images/carte.JPG?v=1&w=2"
        $0.enclosures = [
          Enclosure(
            url: "https://veille.example/rapport.pdf",
            type: "application/pdf",
            length: 1_234_567,
            title: "Le rapport, «\u{a0}entier\u{a0}»"
          ),
          Enclosure(url: "https://veille.example/son.mp3", type: "audio/mpeg"),
        ]
      }
      let bare = try FeedExample.entry {
        $0.id = "tag:veille.example,2026:articles/sans-page"
        $0.slug = try FeedExample.slug("sans-page")
        $0.title = "Less <b>than</b> & more"
        $0.summary = "A < B & B < C."
        $0.url = nil
        $0.language = .english
        $0.authors = []
        $0.topics = []
        $0.published = Instant(seconds: 1_795_000_000)
        $0.updated = $0.published
        $0.enclosures = [
          Enclosure(url: "https://veille.example/son.mp3", type: "audio/mpeg")
        ]
      }
      let shown = try FeedExample.entry {
        $0.id = "tag:veille.example,2026:articles/montree"
        $0.summary = ""
        $0.image = "https://veille.example/a.webp?b&c"
        $0.published = Instant(seconds: 1_794_000_000)
      }
      return [
        (rich, "<p>Du texte &amp; un <a href=\"https://veille.example/\">lien</a>.</p>"),
        (bare, ""),
        (shown, "<p><img src=\"https://veille.example/a.webp?b&amp;c\" alt=\"\">Vu.</p>"),
      ]
    }
  }
}
