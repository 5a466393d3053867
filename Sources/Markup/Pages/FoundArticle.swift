/// The part of a page that is the article, and how it reads without what sites put into it.
struct FoundArticle {
  private let map: PageMap
  let range: Range<Int>
  /// Whether an element says that it is the article.
  private let isMarked: Bool
  /// Of the whole page; none where all of it is meant.
  let chrome: PageChrome
  /// The text of the heading that may be the title.
  let heading: String?

  /// Looks for the article of a site's page.
  ///
  /// - Parameter statedText: the article's text, where the page repeats it.
  init(in map: PageMap, stating statedText: String?) {
    let search = ArticleSearch(map, statedText: statedText)
    self.map = map
    chrome = search.chrome
    (range, isMarked) = search.article
    heading = search.heading(above: range)
  }

  /// Takes the article, the main part or the body of an editor's page.
  init(of map: PageMap) {
    self.map = map
    chrome = PageChrome()
    range = mainContent(of: map)
    isMarked = false
    heading = map.elements(in: range) { $0.name == "h1" }.first
      .flatMap { nonEmpty(map.tokens[map.range(ofElementAt: $0)].text) }
  }

  /// What the page shows of date and author.
  var facts: StatedFacts { ShownFacts(map, of: range, without: chrome).facts }

  /// Of the innermost element around it that has one.
  var language: String? {
    let around = map.elements(in: 0..<range.lowerBound) { $0["lang"] != nil && $0.name != "html" }
    let inner = around.last { map.ends[$0] >= range.upperBound }
    return inner.flatMap { map.element(at: $0)?["lang"] }.flatMap(nonEmpty)
  }

  /// All of it, without a first heading that repeats the title.
  func withoutHeading(equalTo title: String?) -> ArraySlice<HTMLToken> {
    let first = map.elements(in: range) { $0.name == "h1" }.first
    guard let first, let heading, heading == title else { return map.tokens[range] }
    return removing([map.range(ofElementAt: first)])
  }
}

extension FoundArticle {
  /// The text without chrome, byline, title and tail.
  func cleaned(of authors: [String], titled title: String?) -> ArraySlice<HTMLToken> {
    let chrome = chromeWithin
    var removed = chrome.ranges
    if let title, let repeated = titleHeading(title, without: chrome) { removed.append(repeated) }
    removed += Byline(map, in: range, of: authors, without: chrome).ranges
    removed.sort { $0.lowerBound < $1.lowerBound }
    let kept = removing(removed)
    return withoutEmptyElements(withoutTail(kept))
  }

  /// By words only where they leave most of the text.
  private var chromeWithin: PageChrome {
    let byWords = PageChrome(of: map, in: range, isArticle: isMarked)
    let byElements = PageChrome(of: map, in: range, isArticle: isMarked, byWords: false)
    let kept = { (chrome: PageChrome) in map.text(in: range) - chrome.text(of: map, in: range) }
    // What the whole page's chrome leaves of it has no comments.
    return kept(byWords) * 2 >= kept(chrome) ? byWords : byElements
  }

  /// The heading that says the title again, where nothing longer stands above it.
  private func titleHeading(_ title: String, without chrome: PageChrome) -> Range<Int>? {
    let headings = map.elements(in: range) { ["h1", "h2", "h3"].contains($0.name) }
    let shown = headings.filter { chrome.range(at: $0) == nil }.prefix(10)
    let same = shown.map(map.range(ofElementAt:)).first { areSameTitle(map.line(of: $0), title) }
    guard let same, map.text(in: range.lowerBound..<same.lowerBound) <= 1000 else { return nil }
    return same
  }

  private func removing(_ parts: [Range<Int>]) -> ArraySlice<HTMLToken> {
    var kept: [HTMLToken] = []
    var position = range.lowerBound
    for part in parts where part.lowerBound >= position {
      kept += map.tokens[position..<part.lowerBound]
      position = part.upperBound
    }
    kept += map.tokens[position..<range.upperBound]
    return kept[...]
  }
}

/// The inside of the only article, else of the main part, else of the body.
private func mainContent(of map: PageMap) -> Range<Int> {
  let all = 0..<map.tokens.count
  let body = map.elements(in: all) { $0.name == "body" }.first.map(map.range(ofElementAt:)) ?? all
  let main = map.elements(in: body, where: \.isMain).first.map(map.range(ofElementAt:))
  let scope = main ?? body
  let articles = map.elements(in: scope) { $0.name == "article" }.map(map.range(ofElementAt:))
  let isOnly = articles.dropFirst().allSatisfy { articles[0].contains($0.lowerBound) }
  return inside(articles.first.flatMap { isOnly ? $0 : nil } ?? scope)
}

/// An element without its own tags.
func inside(_ element: Range<Int>) -> Range<Int> {
  element.count < 2 ? element : element.lowerBound + 1..<element.upperBound - 1
}
