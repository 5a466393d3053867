import Markup

/// The namespaces of what feeds are made of.
enum Namespace {
  static let none = ""
  static let atom = "http://www.w3.org/2005/Atom"
  static let history = "http://purl.org/syndication/history/1.0"
  static let tombstones = "http://purl.org/atompub/tombstones/1.0"
  static let dublinCore = "http://purl.org/dc/elements/1.1/"
  static let content = "http://purl.org/rss/1.0/modules/content/"
  static let media = "http://search.yahoo.com/mrss/"
}

extension XMLElement {
  func all(_ name: String, in namespace: String) -> [XMLElement] {
    children.filter { $0.name == name && $0.namespace == namespace }
  }

  func first(_ name: String, in namespace: String) -> XMLElement? {
    children.first { $0.name == name && $0.namespace == namespace }
  }

  func text(of name: String, in namespace: String) -> String {
    first(name, in: namespace)?.text ?? ""
  }

  /// The links of Atom in it.
  var documentLinks: [DocumentLink] {
    all("link", in: Namespace.atom).map {
      DocumentLink(rel: $0["rel"] ?? "alternate", address: $0["href"] ?? "", line: $0.line)
    }
  }

  /// The addresses of the images of Media RSS in it.
  var mediaAddresses: [String] {
    all("content", in: Namespace.media).compactMap { $0["url"] }
  }
}

extension FeedDocument {
  init(atom feed: XMLElement, file: FeedFile) {
    self.init(file, title: feed.text(of: "title", in: Namespace.atom))
    id = feed.text(of: "id", in: Namespace.atom)
    updated = WrittenDate(rfc3339: feed.text(of: "updated", in: Namespace.atom))
    links = feed.documentLinks
    home =
      feed.all("link", in: Namespace.atom)
      .first { $0["rel"] == "alternate" && $0["type"] == "text/html" }?["href"]
    isComplete = feed.first("complete", in: Namespace.history) != nil
    isArchive = feed.first("archive", in: Namespace.history) != nil
    tombstones = feed.all("deleted-entry", in: Namespace.tombstones).map {
      ListedTombstone(
        id: $0["ref"] ?? "",
        left: WrittenDate(rfc3339: $0["when"] ?? ""),
        line: $0.line
      )
    }
    entries = feed.all("entry", in: Namespace.atom).map { ListedEntry(atom: $0, path: file.path) }
  }
}

extension ListedEntry {
  fileprivate init(atom entry: XMLElement, path: String) {
    let links = entry.documentLinks
    self.init(
      path: path,
      line: entry.line,
      id: entry.text(of: "id", in: Namespace.atom),
      title: entry.text(of: "title", in: Namespace.atom),
      address: links.first { $0.rel == "alternate" }?.address ?? ""
    )
    published = WrittenDate(rfc3339: entry.text(of: "published", in: Namespace.atom))
    updated = WrittenDate(rfc3339: entry.text(of: "updated", in: Namespace.atom))
    authors = entry.all("author", in: Namespace.atom).map {
      $0.text(of: "name", in: Namespace.atom)
    }
    topics = entry.all("category", in: Namespace.atom).map { $0["term"] ?? "" }
    summary = entry.first("summary", in: Namespace.atom)?.text
    content = entry.first("content", in: Namespace.atom)?.text
    resources = links.filter { $0.rel == "enclosure" }.map(\.address) + entry.mediaAddresses
  }
}
