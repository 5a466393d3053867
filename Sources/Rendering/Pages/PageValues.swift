internal import Markup
import Model

/// The values that templates of pages may name, escaped.
struct PageValues {
  let site: Site
  let catalog: Catalog
  /// The output folder as seen from the page, which links stay below: empty, `../` or `../../`.
  ///
  /// Folders are named without `index.html`: one page has one address, the one that is canonical.
  let home: String
  /// What all pages in the same folder have in common.
  private(set) var common: [String: Any] = [:]

  init(_ site: Site, _ catalog: Catalog, home: String, linksIssues: Bool) {
    self.site = site
    self.catalog = catalog
    self.home = home
    common = words.adding([
      "language": escaped(site.language.tag),
      "publication": escaped(publication),
      "address": escaped(address),
      "links": links,
      "hasLinks": !links.isEmpty,
      "home": home,
      "isInFolder": !home.isEmpty,
    ])
    common["subscribeURL"] = subscribeURL(for: nil)
    if linksIssues { common["issuesLink"] = escaped(catalog.text(.issues)) }
  }

  /// The name of the publication.
  var publication: String { singleLine(site.title) }

  /// What a page says of itself to programs.
  func head(title: String, description: String, canonical: String, feeds: [FeedName])
    -> [String: Any]
  {
    var values: [String: Any] = [
      "pageTitle": escaped(title),
      "canonical": escaped(canonical),
      "alternates": feeds.flatMap(alternates),
    ]
    let description = singleLine(description).shortened(to: longestSummary)
    if !description.isEmpty { values["pageDescription"] = escaped(description) }
    return values
  }

  /// The title of a page that is not the home page.
  func title(_ title: String) -> String {
    catalog.text(.pageTitle, ["title": title, "publication": publication])
  }

  /// The sentence below a title, where there is one.
  func intro(_ text: String) -> [String: Any] {
    let text = singleLine(text)
    return text.isEmpty ? [:] : ["intro": escaped(text)]
  }

  func escaped(_ text: String) -> String { text.cleaned.htmlEscaped }

  private var words: [String: Any] {
    let words: [String: PhraseKey] = [
      "skipToContent": .skipToContent,
      "mainNavigation": .mainNavigation,
      "footerNavigation": .footerNavigation,
      "articlesLink": .articlesLink,
      "topicsAndFeeds": .topicsAndFeeds,
      "latestArticles": .latestArticles,
      "noArticles": .noArticles,
      "noCookies": .noCookies,
      "subscribeLink": .subscribe,
    ]
    return words.mapValues { escaped(catalog.text($0)) }
  }

  /// Where readers subscribe; from a topic's page, with that topic chosen.
  func subscribeURL(for topic: Slug?) -> String? {
    site.serverURL.map { url in
      escaped(url + DoorPlace.subscribe + (topic.map { "?topic=\($0)" } ?? ""))
    }
  }

  private var address: String {
    guard let address = site.postalAddress.map(singleLine) else { return publication }
    return catalog.text(.postalAddress, ["publication": publication, "address": address])
  }

  /// The links at the foot: to the publication's own site, and to what the law wants.
  private var links: [[String: Any]] {
    let links: [(label: String, url: String?)] = [
      (hostAndPath(of: site.url), site.url == site.feedsURL ? nil : site.url),
      (catalog.text(.privacy), site.privacyURL),
      (catalog.text(.legal), site.legalURL),
    ]
    return links.compactMap { label, url in
      url?.webAddress.map { ["label": escaped(label), "href": escaped($0)] }
    }
  }
}

/// The most characters of a summary in a list, and of what search engines show of a page.
let longestSummary = 200

/// `veille.example.org` of `https://veille.example.org/`.
private func hostAndPath(of url: String) -> String {
  let address = url.split(separator: "://", maxSplits: 1).last ?? ""
  return String(address.hasSuffix("/") ? address.dropLast() : address)
}
