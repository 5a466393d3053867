import Markup

extension FeedDocument {
  init(rss: XMLElement, file: FeedFile) {
    let channel = rss.first("channel", in: Namespace.none) ?? rss
    self.init(file, title: channel.text(of: "title", in: Namespace.none))
    updated = WrittenDate(rfc822: channel.text(of: "lastBuildDate", in: Namespace.none))
    home = channel.text(of: "link", in: Namespace.none)
    links = channel.documentLinks
    isComplete = channel.first("complete", in: Namespace.history) != nil
    isArchive = channel.first("archive", in: Namespace.history) != nil
    entries = channel.all("item", in: Namespace.none).map { ListedEntry(rss: $0, path: file.path) }
  }
}

extension ListedEntry {
  fileprivate init(rss item: XMLElement, path: String) {
    self.init(
      path: path,
      line: item.line,
      id: item.text(of: "guid", in: Namespace.none),
      title: item.text(of: "title", in: Namespace.none),
      address: item.text(of: "link", in: Namespace.none)
    )
    published = WrittenDate(rfc822: item.text(of: "pubDate", in: Namespace.none))
    updated = WrittenDate(rfc3339: item.text(of: "updated", in: Namespace.atom))
    authors = item.all("creator", in: Namespace.dublinCore).map(\.text)
    topics = item.all("category", in: Namespace.none).map(\.text)
    summary = item.first("description", in: Namespace.none)?.text
    content = item.first("encoded", in: Namespace.content)?.text
    described = content == nil ? summary : nil
    let enclosures = item.all("enclosure", in: Namespace.none).compactMap { $0["url"] }
    resources = enclosures + item.mediaAddresses
  }
}
