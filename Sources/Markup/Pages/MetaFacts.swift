/// What `<meta>`, `<link>` and `<title>` say: Open Graph, Dublin Core and the older names.
struct MetaFacts {
  private(set) var facts = StatedFacts()
  private(set) var titleElement: String?
  /// What relative addresses are relative to, where it is not the page's own.
  private(set) var base: String?
  /// What `<html>` says.
  private(set) var documentLanguage: String?
  private var named: [String: String] = [:]
  private var authors: [String] = []
  private var canonicalURL: String?

  init(_ map: PageMap) {
    for case .open(let element) in map.tokens {
      switch element.name {
      case "meta": read(meta: element)
      case "link" where element.has("canonical", in: "rel"):
        canonicalURL = canonicalURL ?? element["href"]
      case "base": base = base ?? element["href"]
      case "html": documentLanguage = element["lang"].flatMap(nonEmpty)
      default: continue
      }
    }
    titleElement = map.tokens[...].firstElement { $0.name == "title" }.flatMap { nonEmpty($0.text) }
    fill()
  }

  private mutating func read(meta element: HTMLElement) {
    guard let content = element["content"].flatMap(nonEmpty) else { return }
    let keys = ["name", "property", "itemprop", "http-equiv"].lazy.map { element.words(of: $0) }
    for key in keys.first(where: { !$0.isEmpty }) ?? [] {
      let key = dublinCore(key)
      named[key] = named[key] ?? content
      if authorNames.contains(key) { read(author: content, as: key) }
    }
  }

  private mutating func read(author: String, as key: String) {
    if authorKey ?? key == key { authors.append(author) }
    authorKey = authorKey ?? key
  }

  /// The first name that gave an author: others would repeat it.
  private var authorKey: String?

  private mutating func fill() {
    facts.title = first("headline", "og:title", "dc.title", "twitter:title")
    facts.description = first("description", "og:description", "twitter:description")
    facts.language = first("og:locale", "content-language", "dc.language")
      .map { $0.replacing("_", with: "-") }
    facts.url = canonicalURL ?? named["og:url"]
    facts.siteName = first("og:site_name", "application-name")
    facts.image = first("og:image:secure_url", "og:image", "og:image:url", "twitter:image")
    facts.add(authors: authors)
    facts.published = first(
      "article:published_time",
      "datepublished",
      "date",
      "dc.date",
      "dcterms.date",
      "dc.date.issued",
      "dcterms.created",
      "parsely-pub-date"
    )
    facts.modified = first(
      "article:modified_time",
      "datemodified",
      "og:updated_time",
      "dcterms.modified"
    )
  }

  private func first(_ names: String...) -> String? {
    names.lazy.compactMap { named[$0] }.first
  }
}

private let authorNames: Set = [
  "author", "dc.creator", "dcterms.creator", "article:author", "parsely-author",
]

/// A name of Dublin Core with the full stop that most pages write.
private func dublinCore(_ name: String) -> String {
  name.hasPrefix("dc:") || name.hasPrefix("dcterms:") ? name.replacing(":", with: ".") : name
}

/// A text on one line; nil where nothing is left.
func nonEmpty(_ text: String) -> String? {
  let line = singleLine(text)
  return line.isEmpty ? nil : line
}

extension HTMLElement {
  /// Whether an attribute that is a list of words has one of them.
  func has(_ word: String, in attribute: String) -> Bool {
    words(of: attribute).contains(word)
  }

  /// The words of an attribute such as `class`, in lower case.
  func words(of attribute: String) -> [String] {
    guard let value = self[attribute] else { return [] }
    return value.lowercased().utf8.split(whereSeparator: isHTMLSpace).map { String(Substring($0)) }
  }
}
