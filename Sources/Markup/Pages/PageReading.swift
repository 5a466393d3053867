/// A page's facts, of all the ways to state them, and its article.
struct PageReading {
  /// All that is said, the most specific first.
  private(set) var facts: StatedFacts
  let meta: MetaFacts
  private let linked: LinkedData
  private let article: FoundArticle
  /// Whether a site put something around the article.
  private let isOfSite: Bool
  private let address: String?

  init(_ map: PageMap, from origin: HTMLPage.Origin) {
    meta = MetaFacts(map)
    address = origin.address ?? meta.facts.url
    linked = LinkedData(map, at: meta.facts.url ?? address, titled: meta.facts.title)
    let repeatedText = linked.facts.bodyText
    isOfSite = origin != .file || meta.facts.url != nil || repeatedText != nil
    article = isOfSite ? FoundArticle(in: map, stating: repeatedText) : FoundArticle(of: map)
    facts = linked.facts
    facts.fill(from: Microdata(map, of: article.range, without: article.chrome).facts)
    facts.fill(from: meta.facts)
    facts.fill(from: article.facts)
  }

  var title: String? {
    pageTitle(
      facts.title,
      element: meta.titleElement,
      heading: article.heading,
      facts.siteName
    )
  }

  var language: String? {
    article.language ?? linked.facts.language ?? meta.documentLanguage ?? facts.language
  }

  var text: ArraySlice<HTMLToken> {
    isOfSite
      ? article.cleaned(of: facts.authors, titled: title) : article.withoutHeading(equalTo: title)
  }

  /// An address of the page, absolute, if it is one of the web.
  func resolved(_ stated: String?) -> String? {
    stated.flatMap { WebAddress.resolve($0, against: base, allowing: WebAddress.fetched) }
  }

  private var base: WebAddress? {
    let own = address.flatMap(WebAddress.init)
    let stated = meta.base.flatMap {
      WebAddress.resolve($0, against: own, allowing: WebAddress.fetched)
    }
    return stated.flatMap(WebAddress.init) ?? own
  }
}

extension HTMLPage.Origin {
  fileprivate var address: String? {
    if case .web(let address) = self { address } else { nil }
  }
}
