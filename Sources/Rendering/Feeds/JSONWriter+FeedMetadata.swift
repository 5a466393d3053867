internal import Markup
internal import Model

extension JSONWriter {
  /// Writes what a feed says of itself in JSON Feed, which comes before its items.
  ///
  /// Rights and licence have no place there.
  mutating func feedMetadata(_ head: DocumentHead, of site: Site) {
    let feed = head.feed
    member("version", "https://jsonfeed.org/version/1.1")
    member("title", titleText(feed.title, else: site.title))
    member("home_page_url", site.page(of: feed.name))
    member("feed_url", site.address(of: head.part, of: feed.name, as: .json))
    if let previous = head.previous {
      member("next_url", site.address(of: previous, of: feed.name, as: .json))
    }
    if !looksEmpty(feed.subtitle) { member("description", singleLine(feed.subtitle)) }
    member("language", site.language.tag)
    if let icon = site.icon {
      member("icon", icon)
      member("favicon", icon)
    }
    authors([site.shownAuthor])
    hubs(site.hubs(of: head))
  }

  /// Writes authors, and the first of them as version 1 has it: some readers look only there.
  mutating func authors(_ authors: [Person]) {
    startArray("authors")
    for author in authors {
      startObject()
      personMembers(author)
      endObject()
    }
    endArray()
    guard let first = authors.first else { return }
    startObject("author")
    personMembers(first)
    endObject()
  }

  private mutating func personMembers(_ person: Person) {
    member("name", person.name)
    if let uri = person.uri { member("url", uri) }
  }

  private mutating func hubs(_ hubs: [String]) {
    guard !hubs.isEmpty else { return }
    startArray("hubs")
    for hub in hubs {
      startObject()
      member("type", "WebSub")
      member("url", hub)
      endObject()
    }
    endArray()
  }
}
