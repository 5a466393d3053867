import Model
import Rendering

/// A small publication, and what it publishes.
enum AtomExample {
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
      feeds: FeedSettings(content: content)
    )
  }

  static func slug(_ text: String) throws -> Slug {
    guard let slug = Slug(text) else { throw NotASlug(text: text) }
    return slug
  }

  static func head(_ name: FeedName = .site) -> FeedHead {
    FeedHead(
      name: name,
      id: "tag:veille.example,2026:feeds/site",
      title: "Veille géopolitique",
      subtitle: "Deux régions, chaque semaine",
      updated: Instant(seconds: 1_795_248_000)
    )
  }

  static func entry(_ change: (inout Entry) -> Void = { _ in }) throws -> Entry {
    var entry = Entry(
      id: "tag:veille.example,2026:articles/corridor",
      slug: try slug("corridor"),
      title: "Le corridor bioocéanique\u{202f}: route ou promesse\u{a0}?",
      summary: "Du Mato Grosso aux ports du Chili.",
      url: "https://veille.example/articles/corridor?a=1&b=2",
      image: nil,
      language: .french,
      authors: [
        Person(name: "Inés Valcourt", uri: "https://veille.example/ines"),
        Person(name: "Paul Aubertin"),
      ],
      topics: [try slug("amerique-latine"), try slug("bielorussie")],
      published: Instant(seconds: 1_795_161_600),
      updated: Instant(seconds: 1_795_165_200)
    )
    change(&entry)
    return entry
  }

  struct NotASlug: Error {
    let text: String
  }

  /// A whole document.
  static func document(
    site: Site,
    head: FeedHead = head(),
    tombstones: [Tombstone] = [],
    entries: [(entry: Entry, content: String)]
  ) -> String {
    var renderer = AtomRenderer(site: site)
    var bytes = renderer.opening(
      head,
      tombstones: tombstones,
      documentURL: "https://veille.example/feeds/atom.xml"
    )
    for (entry, content) in entries {
      let content = Array(content.utf8)
      renderer.entry(entry, content: content.span) { rendered in
        for index in rendered.indices { bytes.append(rendered[index]) }
      }
    }
    return String(decoding: bytes + AtomRenderer.closing, as: UTF8.self)
  }
}
