/// Finds where on a page its article is.
///
/// What says that it is the article comes first: microdata, the class that microformats give it,
/// `<article>`, `<main>`. Each must hold a fair part of the page's prose, since teasers are articles
/// too; where none does, the text is followed to the smallest element that has nearly all of it.
struct ArticleSearch {
  let chrome: PageChrome
  private let map: PageMap
  private let body: Range<Int>
  /// Bytes of prose before each token: longer blocks, which are not links, outside of chrome.
  private var prose: [Int] = []
  private let statedSize: Int

  init(_ map: PageMap, statedText: String?) {
    self.map = map
    let all = 0..<map.tokens.count
    let found = map.elements(in: all) { $0.name == "body" }.first
    body = found.map(map.range(ofElementAt:)) ?? all
    chrome = PageChrome(of: map, in: body)
    statedSize = statedText?.utf8.count { !isHTMLSpace($0) } ?? 0
    prose = proseSums(least: 60)
    // A page of a few words.
    if prose(in: body) == 0 { prose = proseSums(least: 0) }
  }

  private func prose(in range: Range<Int>) -> Int {
    prose[range.upperBound] - prose[range.lowerBound]
  }

  /// The inside of the element that is the article, and whether something says that it is.
  var article: (range: Range<Int>, isMarked: Bool) {
    for kind in ArticleKind.allCases {
      let elements = map.elements(in: body, where: kind.matches)
      let candidates = elements.map(map.range(ofElementAt:))
      let largest = candidates.max { prose(in: $0) < prose(in: $1) }
      if let largest, isWhole(largest, share: kind.leastShare) { return (inside(largest), true) }
    }
    return (inside(densest), false)
  }

  /// Whether a part has enough of the page's text, and of what the page says it is, in percent.
  private func isWhole(_ range: Range<Int>, share: Int) -> Bool {
    let size = prose(in: range)
    return size > 0 && size * 100 >= prose(in: body) * share && size * 100 >= statedSize * 60
  }

  /// Goes into the child that has nearly all prose, as long as there is one.
  private var densest: Range<Int> {
    var range = body
    while let child = children(of: range).first(where: { holdsNearlyAll($0, of: range) }) {
      range = child
    }
    return range
  }

  private func holdsNearlyAll(_ child: Range<Int>, of range: Range<Int>) -> Bool {
    guard let name = map.element(at: child.lowerBound)?.name, containers.contains(name) else {
      return false
    }
    return prose(in: child) * 5 >= prose(in: range) * 4
  }

  private func children(of range: Range<Int>) -> some Sequence<Range<Int>> {
    let inside = inside(range)
    return sequence(state: inside.lowerBound) { [map] (index: inout Int) -> Range<Int>? in
      while index < inside.upperBound {
        let start = index
        index = max(map.ends[index], index + 1)
        if map.element(at: start) != nil { return map.range(ofElementAt: start) }
      }
      return nil
    }
  }
}

extension ArticleSearch {
  /// The heading in the article, else the last one above it, which is not the site's; else a lesser
  /// one above the text.
  func heading(above range: Range<Int>) -> String? {
    let headings = map.elements(in: body.lowerBound..<range.upperBound) { $0.name == "h1" }
      .filter { chrome.range(at: $0) == nil }
    let within = headings.first { $0 >= range.lowerBound }
    let heading = within ?? headings.last ?? lesserHeading(above: range)
    return heading.flatMap { nonEmpty(map.line(of: map.range(ofElementAt: $0))) }
  }

  private func lesserHeading(above range: Range<Int>) -> Int? {
    let heading = range.first { ["h2", "h3"].contains(map.element(at: $0)?.name) }
    return heading.flatMap { prose(in: range.lowerBound..<$0) == 0 ? $0 : nil }
  }

  private func proseSums(least: Int) -> [Int] {
    var sizes = Array(repeating: 0, count: map.tokens.count)
    for block in map.blocks where isProse(block, least: least) {
      for index in block.range { sizes[index] = map.text(in: index..<index + 1) }
    }
    for range in chrome.ranges { for index in range { sizes[index] = 0 } }
    return sizes.reduce(into: [0]) { sums, size in sums.append(sums[sums.count - 1] + size) }
  }

  private func isProse(_ block: TextBlock, least: Int) -> Bool {
    let size = map.text(in: block.range)
    return size >= least && !block.isHeading && map.linked(in: block.range) * 2 <= size
  }
}

/// What says of an element that it is an article, the most telling first.
private enum ArticleKind: CaseIterable {
  case microdata, microformat, article, main

  /// How much of the page's prose it must have, in percent: a short dispatch among long columns is
  /// less than they, and a teaser is an article too.
  var leastShare: Int {
    switch self {
    case .microdata, .microformat: 10
    case .article, .main: 40
    }
  }

  func matches(_ element: HTMLElement) -> Bool {
    switch self {
    case .microdata: element.has("articlebody", in: "itemprop")
    case .microformat:
      element.has("entry-content", in: "class") || element.has("e-content", in: "class")
    case .article: element.name == "article" || element["role"] == "article"
    case .main: element.isMain
    }
  }
}

private let containers: Set = [
  "body", "center", "div", "form", "main", "section", "article", "span", "table", "tbody", "td",
  "tr",
]
