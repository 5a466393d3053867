import Markup

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
    all("link", in: XMLNamespace.atom).map {
      DocumentLink(rel: $0["rel"] ?? "alternate", address: $0["href"] ?? "", line: $0.line)
    }
  }

  /// The addresses of the images of Media RSS in it.
  var mediaAddresses: [String] {
    all("content", in: XMLNamespace.media).compactMap { $0["url"] }
  }
}

extension FeedDocument {
  init(atom feed: XMLElement, file: FeedFile) {
    self.init(file, title: feed.text(of: "title", in: XMLNamespace.atom))
    id = feed.text(of: "id", in: XMLNamespace.atom)
    updated = WrittenDate(rfc3339: feed.text(of: "updated", in: XMLNamespace.atom))
    links = feed.documentLinks
    home =
      feed.all("link", in: XMLNamespace.atom)
      .first { $0["rel"] == "alternate" && $0["type"] == "text/html" }?["href"]
    isComplete = feed.first("complete", in: XMLNamespace.history) != nil
    isArchive = feed.first("archive", in: XMLNamespace.history) != nil
    tombstones = feed.all("deleted-entry", in: XMLNamespace.tombstones).map {
      ListedTombstone(
        id: $0["ref"] ?? "",
        left: WrittenDate(rfc3339: $0["when"] ?? ""),
        line: $0.line
      )
    }
    entries = feed.all("entry", in: XMLNamespace.atom).map {
      ListedEntry(atom: $0, path: file.path)
    }
  }
}

extension ListedEntry {
  fileprivate init(atom entry: XMLElement, path: String) {
    let links = entry.documentLinks
    self.init(
      path: path,
      line: entry.line,
      id: entry.text(of: "id", in: XMLNamespace.atom),
      title: entry.text(of: "title", in: XMLNamespace.atom),
      address: links.first { $0.rel == "alternate" }?.address ?? ""
    )
    published = WrittenDate(rfc3339: entry.text(of: "published", in: XMLNamespace.atom))
    updated = WrittenDate(rfc3339: entry.text(of: "updated", in: XMLNamespace.atom))
    authors = entry.all("author", in: XMLNamespace.atom).map {
      $0.text(of: "name", in: XMLNamespace.atom)
    }
    topics = entry.all("category", in: XMLNamespace.atom).map { $0["term"] ?? "" }
    summary = entry.first("summary", in: XMLNamespace.atom)?.text
    content = entry.first("content", in: XMLNamespace.atom)?.text
    resources = links.filter { $0.rel == "enclosure" }.map(\.address) + entry.mediaAddresses
  }
}
