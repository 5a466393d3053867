import Markup

extension FeedDocument {
  init(rss: XMLElement, file: FeedFile) {
    let channel = rss.first("channel", in: XMLNamespace.none) ?? rss
    self.init(file, title: channel.text(of: "title", in: XMLNamespace.none))
    updated = WrittenDate(rfc822: channel.text(of: "lastBuildDate", in: XMLNamespace.none))
    home = channel.text(of: "link", in: XMLNamespace.none)
    links = channel.documentLinks
    isComplete = channel.first("complete", in: XMLNamespace.history) != nil
    isArchive = channel.first("archive", in: XMLNamespace.history) != nil
    entries = channel.all("item", in: XMLNamespace.none).map {
      ListedEntry(rss: $0, path: file.path)
    }
  }
}

extension ListedEntry {
  fileprivate init(rss item: XMLElement, path: String) {
    self.init(
      path: path,
      line: item.line,
      id: item.text(of: "guid", in: XMLNamespace.none),
      title: item.text(of: "title", in: XMLNamespace.none),
      address: item.text(of: "link", in: XMLNamespace.none)
    )
    published = WrittenDate(rfc822: item.text(of: "pubDate", in: XMLNamespace.none))
    updated = WrittenDate(rfc3339: item.text(of: "updated", in: XMLNamespace.atom))
    authors = item.all("creator", in: XMLNamespace.dublinCore).map(\.text)
    topics = item.all("category", in: XMLNamespace.none).map(\.text)
    summary = item.first("description", in: XMLNamespace.none)?.text
    content = item.first("encoded", in: XMLNamespace.content)?.text
    described = content == nil ? summary : nil
    let enclosures = item.all("enclosure", in: XMLNamespace.none).compactMap { $0["url"] }
    resources = enclosures + item.mediaAddresses
  }
}
