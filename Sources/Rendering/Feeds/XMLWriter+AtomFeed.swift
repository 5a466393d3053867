internal import Markup
internal import Model

extension XMLWriter {
  /// Writes what a feed says of itself (RFC 4287 §4.1.1), which comes before its entries.
  mutating func feedMetadata(_ head: FeedHead, of site: Site, documentURL: String) {
    element("id", head.id)
    element("title", titleText(head.title, else: site.title))
    let subtitle = singleLine(head.subtitle)
    if !subtitle.isEmpty { element("subtitle", subtitle) }
    element("updated", head.updated.rfc3339)
    link(rel: "self", type: "application/atom+xml", href: documentURL)
    alternate(site.url, in: site.language)
    if let license = site.license { link(rel: "license", type: nil, href: license) }
    person(site.author, else: site.title)
    element("generator", "feedgen")
    if let icon = site.icon { element("icon", icon) }
    if let logo = site.logo { element("logo", logo) }
    if let rights = site.rights { element("rights", singleLine(rights)) }
    if let topic = head.name.topic.flatMap(site.topic) { category(topic, of: site) }
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
