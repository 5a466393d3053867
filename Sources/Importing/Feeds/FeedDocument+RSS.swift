import Markup
import Model

extension FeedDocument {
  /// Reads what stands in the channel, or beside it in RSS 1.0.
  mutating func readRSS(_ element: XMLElement, _ context: FeedContext) {
    switch element.namespace {
    case XMLNamespace.atom: readAtomInRSS(element, context)
    case XMLNamespace.tombstones: element["ref"].map { deleted.append($0) }
    case XMLNamespace.dublinCore:
      if element.name == "language" { language = Language(element.text.trimmingSpaces) }
    case XMLNamespace.podcast, XMLNamespace.media: return
    default: readOwnRSS(element, context)
    }
  }

  private mutating func readOwnRSS(_ element: XMLElement, _ context: FeedContext) {
    switch element.name {
    case "item": add(RSSItem(element, context).entry)
    case "title": about.title = SourceEntry.Text.html(element.text).line
    case "link": about.link = context.resolve(element.text)
    case "language": language = Language(element.text.trimmingSpaces)
    case "ttl": patience = Int64(element.text.trimmingSpaces).map { .minutes(min($0, 1440)) }
    default: break
    }
  }

  private mutating func readAtomInRSS(_ element: XMLElement, _ context: FeedContext) {
    switch element.name {
    case "id": about.id = element.text.trimmingSpaces
    case "link": readLink(element, context)
    default: break
    }
  }

  /// Where the entries before these are, and where people read them.
  mutating func readLink(_ element: XMLElement, _ context: FeedContext) {
    let address = context.resolve(element["href"])
    switch element["rel"]?.lowercased() {
    case "prev-archive": earlier = address ?? earlier
    case "next": earlier = earlier ?? address
    case nil, "alternate": about.link = about.link ?? address
    default: break
    }
  }
}

/// An item of RSS, which has the words of a dozen other vocabularies beside its own.
private struct RSSItem {
  private(set) var entry = SourceEntry(key: "")
  private let context: FeedContext
  private var dates: [String: String] = [:]
  /// Whether the guid is an address of the article too.
  private var isLink = false

  init(_ item: XMLElement, _ context: FeedContext) {
    self.context = context.within(item)
    entry.line = item.line
    entry.base = self.context.statedBase
    for child in item.children { read(child) }
    finish(about: item["rdf:about"])
  }

  private mutating func read(_ child: XMLElement) {
    switch child.namespace {
    case XMLNamespace.content: if child.name == "encoded" { entry.content = html(child) }
    case XMLNamespace.dublinCore: readDublinCore(child)
    case XMLNamespace.dublinCoreTerms: dates["dcterms:\(child.name)"] = child.text
    case XMLNamespace.atom: readAtom(child)
    case XMLNamespace.media: readMedia(child)
    case XMLNamespace.podcast: readPodcast(child)
    default: readOwn(child)
    }
  }

  private mutating func readOwn(_ child: XMLElement) {
    switch child.name {
    case "guid": readGUID(child)
    case "title": entry.title = html(child)
    case "description": entry.summary = html(child)
    case "link": entry.link = context.resolve(child.text.nonEmpty ?? child["href"]) ?? entry.link
    case "author": entry.add(Person(sourceName: child.text))
    case "category": entry.addCategory(child.text)
    case "pubDate": dates["pubDate"] = child.text
    case "enclosure": addEnclosure(child)
    case "source": readSource(child)
    default: break
    }
  }

  private mutating func readDublinCore(_ child: XMLElement) {
    switch child.name {
    case "creator": entry.add(Person(sourceName: child.text))
    case "subject": entry.addCategory(child.text)
    case "date": dates["dc:date"] = child.text
    default: break
    }
  }

  private mutating func readAtom(_ child: XMLElement) {
    switch child.name {
    case "published", "updated": dates["atom:\(child.name)"] = child.text
    case "link" where child["rel"] == nil || child["rel"] == "alternate":
      entry.link = entry.link ?? context.resolve(child["href"])
    default: break
    }
  }

  private mutating func readPodcast(_ child: XMLElement) {
    guard child.name == "image" else { return }
    entry.image = entry.image ?? context.resolve(child["href"])
  }

  /// `media:content`, alone or in a group; a picture stands for the article.
  private mutating func readMedia(_ child: XMLElement) {
    let isPicture = child["medium"] == "image" || child["type"]?.hasPrefix("image/") == true
    switch child.name {
    case "thumbnail": entry.image = entry.image ?? context.resolve(child["url"])
    case "content" where isPicture: entry.image = entry.image ?? context.resolve(child["url"])
    case "content": addEnclosure(child)
    case "group": for child in child.children { readMedia(child) }
    default: break
    }
  }

  private mutating func readGUID(_ child: XMLElement) {
    entry.id = child.text.trimmingSpaces.nonEmpty
    isLink = child["isPermaLink"] != "false"
  }

  private mutating func readSource(_ child: XMLElement) {
    guard let feed = context.resolve(child["url"]) else { return }
    let title = SourceEntry.Text.html(child.text).line
    entry.attribution = Attribution(id: feed, title: title, feed: feed)
  }

  private mutating func addEnclosure(_ child: XMLElement) {
    entry.addEnclosure(
      context.resolve(child["url"]),
      type: child["type"],
      length: child["length"] ?? child["fileSize"],
      title: nil
    )
  }

  private func html(_ child: XMLElement) -> SourceEntry.Text? {
    SourceEntry.Text.html(child.text).nonEmpty
  }

  private mutating func finish(about: String?) {
    entry.id = entry.id ?? about?.trimmingSpaces.nonEmpty
    if entry.link == nil, isLink { entry.link = context.resolve(entry.id) }
    let published = ["pubDate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published"]
    let updated = ["atom:updated", "dcterms:modified"]
    entry.published = context.date(published.map { dates[$0] }, &entry.repairs)
    entry.updated = context.date(updated.map { dates[$0] }, &entry.repairs)
    entry.nameKey(dates["pubDate"] ?? "")
  }
}
