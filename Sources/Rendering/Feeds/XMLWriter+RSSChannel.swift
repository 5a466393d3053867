internal import Markup
internal import Model

extension XMLWriter {
  /// Writes what a feed says of itself in RSS, which comes before its items.
  ///
  /// Nobody is named as `managingEditor`, which has to be an e-mail address; items have authors.
  mutating func channelMetadata(_ head: DocumentHead, of site: Site) {
    let title = titleText(head.feed.title, else: site.title)
    let page = site.page(of: head.feed.name)
    let subtitle = titleText(head.feed.subtitle, else: title)
    element("title", title: title)
    element("link", page)
    element("description", title: subtitle)
    element("language", site.language.tag)
    if let rights = site.rights { element("copyright", title: singleLine(rights)) }
    element("lastBuildDate", head.feed.updated.rfc5322(in: .utc))
    if let topic = head.feed.name.topic.flatMap(site.topic) {
      itemCategory(FeedCategory(topic, of: site))
    }
    // Without a version, which would make every document another at each release.
    element("generator", "feedgen")
    element("docs", "https://www.rssboard.org/rss-specification")
    element("ttl", "60")
    if let logo = site.logo { channelImage(logo, title: title, link: page) }
    for link in site.links(of: head, as: .rss) { atomLink(link) }
    history(of: head)
  }

  /// Writes the channel's image; RSS has three formats of images.
  private mutating func channelImage(_ url: String, title: String, link: String) {
    guard ["image/gif", "image/jpeg", "image/png"].contains(mediaType(of: url)) else { return }
    start("image")
    element("url", url)
    element("title", title: title)
    element("link", link)
    end()
  }

  private mutating func atomLink(_ link: FeedLink) {
    start("atom:link")
    linkAttributes(link)
    end()
  }
}
