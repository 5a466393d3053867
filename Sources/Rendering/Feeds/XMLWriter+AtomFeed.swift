internal import Markup
internal import Model

extension XMLWriter {
  /// Writes what a feed says of itself (RFC 4287 §4.1.1), which comes before its entries.
  mutating func feedMetadata(_ head: DocumentHead, of site: Site) {
    let feed = head.feed
    element("id", feed.id)
    element("title", titleText(feed.title, else: site.title))
    if !looksEmpty(feed.subtitle) { element("subtitle", singleLine(feed.subtitle)) }
    element("updated", feed.updated.rfc3339)
    alternate(site.page(of: feed.name), in: site.language)
    for link in site.links(of: head, as: .atom) { self.link(link) }
    person(site.shownAuthor)
    // Without a version, which would make every document another at each release.
    element("generator", "feedgen")
    if let icon = site.icon { element("icon", icon) }
    if let logo = site.logo { element("logo", logo) }
    if let rights = site.rights { element("rights", singleLine(rights)) }
    if let topic = feed.name.topic.flatMap(site.topic) { category(FeedCategory(topic, of: site)) }
    history(of: head)
  }

  /// Writes that an entry has left the feed (RFC 6721 §3).
  ///
  /// RFC 4287's schema lets nothing but entries follow the first entry.
  mutating func deletedEntry(_ tombstone: Tombstone) {
    start("at:deleted-entry")
    attribute("ref", tombstone.id)
    attribute("when", tombstone.left.rfc3339)
    end()
  }
}
