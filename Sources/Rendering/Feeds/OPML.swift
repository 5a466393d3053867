internal import Markup
package import Model

/// A list of feeds that readers import at once (OPML 2.0).
///
/// - Parameters:
///   - feeds: the site's first, then its topics'.
///   - site: the publication.
package func opml(of feeds: [FeedHead], site: Site) -> [UInt8] {
  var writer = XMLWriter()
  writer.startDocument()
  writer.start("opml")
  writer.attribute("version", "2.0")
  writer.opmlHead(newest: feeds.map(\.updated).max(), of: site)
  writer.start("body")
  for feed in feeds { writer.outline(feed, of: site) }
  writer.end()
  return writer.finish()
}

extension XMLWriter {
  fileprivate mutating func opmlHead(newest: Instant?, of site: Site) {
    start("head")
    element("title", titleText(site.title, else: site.url))
    if let newest { element("dateModified", newest.rfc5322(in: .utc)) }
    element("ownerName", site.shownAuthor.name)
    end()
  }

  /// Writes a feed, of whatever format: readers know no type but `rss`.
  fileprivate mutating func outline(_ feed: FeedHead, of site: Site) {
    let title = titleText(feed.title, else: site.title)
    let format = site.feeds.formats.first ?? .atom
    start("outline")
    attribute("type", "rss")
    attribute("text", title)
    attribute("title", title)
    attribute("xmlUrl", site.address(of: .subscription, of: feed.name, as: format))
    attribute("htmlUrl", site.page(of: feed.name))
    attribute("language", site.language.tag)
    if !looksEmpty(feed.subtitle) { attribute("description", singleLine(feed.subtitle)) }
    end()
  }
}
