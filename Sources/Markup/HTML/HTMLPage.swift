/// A whole page: what it says of itself, and what there is to read.
package struct HTMLPage: Sendable {
  package let title: String?
  package let description: String?
  package let language: String?
  package let canonicalURL: String?
  package let author: String?
  /// The date as the page writes it.
  package let published: String?
  /// The article, else the main part, else the body; without a first heading that is the title.
  package let body: HTMLFragment

  package init(parsing html: String) throws(HTMLError) {
    let tree = try parsePage(html)
    let tokens = tree.tokens[...]
    let facts = PageFacts(tokens)
    let content = mainContent(of: tokens)
    let heading = content.firstElement { $0.name == "h1" }
    let headingText = heading.map { singleLine($0.text) } ?? ""
    title = facts.title(heading: headingText)
    description = facts["description"] ?? facts["og:description"]
    language = tokens.firstElement { $0.name == "html" }?.openingElement?["lang"]
    canonicalURL = facts.canonicalURL ?? facts["og:url"]
    author = facts["author"] ?? facts["article:author"].flatMap { $0.contains("://") ? nil : $0 }
    published = facts.published ?? timeElement(in: content)
    let isRepeated = !headingText.isEmpty && headingText == title
    body = HTMLFragment(
      tokens: isRepeated ? content.removing(heading) : content,
      repairs: tree.repairs
    )
  }
}

/// The parts of a page's head that are wanted.
private struct PageFacts {
  private var named: [String: String] = [:]
  private var titleElement: String?
  private(set) var canonicalURL: String?

  init(_ tokens: ArraySlice<HTMLToken>) {
    for case .open(let element) in tokens {
      switch element.name {
      case "meta": read(meta: element)
      case "link":
        guard element["rel"]?.lowercased() == "canonical" else { continue }
        canonicalURL = canonicalURL ?? element["href"]
      default: continue
      }
    }
    let title = tokens.firstElement { $0.name == "title" }.map { singleLine($0.text) }
    titleElement = title?.isEmpty == true ? nil : title
  }

  private mutating func read(meta element: HTMLElement) {
    guard let name = element["name"] ?? element["property"] ?? element["itemprop"],
      let content = element["content"].map(singleLine), !content.isEmpty
    else { return }
    let key = name.lowercased()
    named[key] = named[key] ?? content
  }

  subscript(name: String) -> String? { named[name] }

  var published: String? {
    ["article:published_time", "datepublished", "date", "dc.date", "dcterms.date"]
      .lazy.compactMap { named[$0] }.first
  }

  /// The title, without the name of the site that pages append to it.
  func title(heading: String) -> String? {
    if let title = named["og:title"] { return title }
    guard let title = titleElement else { return heading.isEmpty ? nil : heading }
    return !heading.isEmpty && title.hasPrefix(heading) ? heading : title
  }
}

private func mainContent(of tokens: ArraySlice<HTMLToken>) -> ArraySlice<HTMLToken> {
  let body = tokens.firstElement { $0.name == "body" } ?? tokens
  let main = body.firstElement { $0.name == "main" || $0["role"] == "main" }
  let scope = main ?? body
  let article = scope.firstElement { $0.name == "article" }
  let isOnly = article.map { scope[$0.endIndex...].firstElement { $0.name == "article" } == nil }
  return (isOnly == true ? article : scope)?.dropFirst().dropLast() ?? []
}

private func timeElement(in tokens: ArraySlice<HTMLToken>) -> String? {
  tokens.firstElement { $0.name == "time" && $0["datetime"] != nil }?.openingElement?["datetime"]
}

extension ArraySlice<HTMLToken> {
  fileprivate var openingElement: HTMLElement? {
    if case .open(let element) = first { element } else { nil }
  }

  fileprivate func removing(_ part: ArraySlice<HTMLToken>?) -> ArraySlice<HTMLToken> {
    guard let part else { return self }
    return self[..<part.startIndex] + self[part.endIndex...]
  }
}
