import Foundation
import Markup
import Model

/// An entry of Atom 1.0 (RFC 4287 §4.1.2) or 0.3.
struct AtomEntry {
  private(set) var entry = SourceEntry(key: "")
  /// Why it is no article: Blogger has drafts, comments and settings among its posts.
  private(set) var refusal: String?
  private let context: FeedContext
  private var dates: [String: String] = [:]

  init(_ element: XMLElement, _ context: FeedContext) {
    self.context = context.within(element)
    entry.line = element.line
    entry.base = self.context.base
    entry.language = element["xml:lang"].flatMap { Language($0) }
    for child in element.children { read(child) }
    finish()
  }

  private mutating func read(_ child: XMLElement) {
    switch child.namespace {
    case XMLNamespace.blogger: readBlogger(child)
    case XMLNamespace.publishing, XMLNamespace.oldPublishing: readControl(child)
    case XMLNamespace.media:
      if child.name == "thumbnail" { entry.image = entry.image ?? context.resolve(child["url"]) }
    default: readOwn(child)
    }
  }

  private mutating func readOwn(_ child: XMLElement) {
    switch child.name {
    case "id": entry.id = child.text.trimmingSpaces.nonEmpty
    case "title": entry.title = atomText(child)
    case "summary": entry.summary = atomText(child)
    case "content": readContent(child)
    case "author": entry.add(Person(atom: child, context))
    case "category": readCategory(child)
    case "link": readLink(child)
    case "source": readSource(child)
    case "published", "updated", "issued", "created", "modified": dates[child.name] = child.text
    default: break
    }
  }

  /// The content, which may lie elsewhere (RFC 4287 §4.1.3.2): then it is a file to link to.
  private mutating func readContent(_ child: XMLElement) {
    let within = context.within(child)
    if let source = within.resolve(child["src"]) {
      entry.addEnclosure(source, type: child["type"], length: nil, title: nil)
    } else {
      entry.content = atomText(child)
      entry.base = within.base
    }
  }

  private mutating func readLink(_ child: XMLElement) {
    let address = context.resolve(child["href"])
    switch child["rel"]?.lowercased() {
    case nil, "alternate": entry.link = entry.link ?? address
    case "enclosure":
      entry.addEnclosure(
        address,
        type: child["type"],
        length: child["length"],
        title: child["title"]
      )
    default: break
    }
  }

  /// A category; Blogger's say of what kind the entry is, too.
  private mutating func readCategory(_ child: XMLElement) {
    let term = child["term"] ?? ""
    guard child["scheme"] == "http://schemas.google.com/g/2005#kind" else {
      return entry.addCategory(child["label"]?.nonEmpty ?? term)
    }
    let kind = term.split(separator: "#").last.map(String.init)
    if kind != "post" { refusal = kind }
  }

  /// Where the entry was first; its authors are the entry's (RFC 4287 §4.2.1).
  private mutating func readSource(_ child: XMLElement) {
    entry.attribution = Attribution(atom: child, context)
    guard entry.authors.isEmpty else { return }
    for author in child.children where author.name == "author" {
      entry.add(Person(atom: author, context))
    }
  }

  /// Whether it is a draft (RFC 5023 §13.1.1).
  private mutating func readControl(_ child: XMLElement) {
    let draft = child.name == "draft" ? child : child.children.first { $0.name == "draft" }
    if ["yes", "true"].contains(draft?.text.trimmingSpaces) { refusal = "draft" }
  }

  private mutating func readBlogger(_ child: XMLElement) {
    let text = child.text.trimmingSpaces
    switch child.name {
    case "type" where text != "POST": refusal = text.lowercased()
    case "status" where text != "LIVE": refusal = refusal ?? text.lowercased()
    case "trashed" where !text.isEmpty: refusal = refusal ?? "trash"
    case "filename": entry.link = entry.link ?? text.nonEmpty.flatMap { context.resolve($0) }
    default: break
    }
  }

  private mutating func finish() {
    let published = ["published", "issued", "created"].map { dates[$0] }
    entry.published = context.date(published, &entry.repairs)
    entry.updated = context.date([dates["updated"], dates["modified"]], &entry.repairs)
    entry.nameKey(dates["published"] ?? "")
  }
}

extension Person {
  /// A person construct (RFC 4287 §3.2), without the address.
  init?(atom element: XMLElement, _ context: FeedContext) {
    let fields = element.children
    let uri = fields.first { $0.name == "uri" || $0.name == "url" }?.text
    self.init(
      sourceName: fields.first { $0.name == "name" }?.text ?? element.text,
      uri: context.resolve(uri)
    )
  }
}

extension Attribution {
  /// A source element (RFC 4287 §4.2.11); nil where it does not say which feed it is.
  fileprivate init?(atom source: XMLElement, _ context: FeedContext) {
    let fields = source.children
    guard let id = fields.first(where: { $0.name == "id" })?.text.trimmingSpaces.nonEmpty
    else { return nil }
    func link(_ isWanted: (String?) -> Bool) -> String? {
      context.resolve(fields.first { $0.name == "link" && isWanted($0["rel"]) }?["href"])
    }
    self.init(
      id: id,
      title: fields.first { $0.name == "title" }.flatMap(atomText)?.line ?? "",
      link: link { $0 == nil || $0 == "alternate" },
      feed: link { $0 == "self" }
    )
  }
}

/// A text construct (RFC 4287 §3.1), or content within the entry; nil where there is no text in it.
///
/// In Atom 0.3 the mode says how it is written, and the type is a media type.
func atomText(_ element: XMLElement) -> SourceEntry.Text? {
  let type = element["type"]?.lowercased() ?? "text"
  let mode = element["mode"]
  if mode == "xml" || (mode == nil && (type == "xhtml" || type.hasSuffix("+xml"))) {
    return SourceEntry.Text.html(element.innerHTML).nonEmpty
  }
  // Of any other type the text is base64 (RFC 4287 §4.1.3.3): a picture, say.
  guard !type.contains("/") || type.hasPrefix("text/") || mode != nil else { return nil }
  let text = mode == "base64" ? decodedBase64(element.text) : element.text
  return (type.contains("html") ? SourceEntry.Text.html(text) : .plain(text)).nonEmpty
}

private func decodedBase64(_ text: String) -> String {
  let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters)
  return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
}
