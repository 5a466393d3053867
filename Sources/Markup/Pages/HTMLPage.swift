import Model

/// A whole page: what it says of itself, and what there is to read.
package struct HTMLPage: Sendable {
  package let title: String?
  package let description: String?
  package let language: String?
  /// Where the page says that it is; absolute, where it can be.
  package let canonicalURL: String?
  package let siteName: String?
  package let image: String?
  package let authors: [String]
  /// The date as the page writes it.
  package let published: String?
  package let modified: String?
  /// The article; without a first heading that is the title.
  package let body: HTMLFragment

  /// Where a page comes from.
  package enum Origin: Equatable, Sendable {
    /// A file of an editor, all of which is meant, unless it says where on the web it was.
    case file
    /// A page of a site, with all that sites put around an article.
    case web(address: String)
  }

  package init(parsing html: String, from origin: Origin = .file) throws(HTMLError) {
    let tree = try pageTree(html, from: origin)
    let reading = PageReading(PageMap(tree.tokens), from: origin)
    let facts = reading.facts
    title = reading.title
    description = facts.description
    language = reading.language
    canonicalURL = reading.resolved(reading.meta.facts.url) ?? reading.resolved(facts.url)
    siteName = facts.siteName
    image = reading.resolved(facts.image)
    authors = facts.authors
    published = facts.published
    modified = facts.modified
    body = HTMLFragment(tokens: reading.text, repairs: tree.repairs)
  }
}

/// Parses a page; one of the web without its scripts, where with them it looks too deep.
private func pageTree(_ html: String, from origin: HTMLPage.Origin) throws(HTMLError) -> HTMLTree {
  do {
    return try parsePage(html)
  } catch .tooDeep where origin != .file {
    return try parsePage(BareHTML.html(of: html))
  }
}
