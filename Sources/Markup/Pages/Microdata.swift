/// What a page's microdata says of its article (`itemprop`).
///
/// Of several articles the one counts that the text stands in, else the first with a headline.
struct Microdata {
  var facts: StatedFacts { best?.facts ?? StatedFacts() }

  private struct Item {
    let range: Range<Int>
    /// As what it was named within the item around it.
    let properties: [String]
    /// The article that it is, or is part of.
    let article: Int?
    let isArticle: Bool
  }

  private var articles: [(range: Range<Int>, facts: StatedFacts)] = []
  private var open: [Item] = []
  private let text: Range<Int>

  init(_ map: PageMap, of text: Range<Int>, without chrome: PageChrome) {
    self.text = text
    for (index, element) in visible(map, chrome) {
      while let item = open.last, item.range.upperBound <= index { open.removeLast() }
      let range = map.range(ofElementAt: index)
      let properties = element.words(of: "itemprop")
      if !properties.isEmpty {
        read(properties, of: element) { microdataValue(of: element, map, range) }
      }
      if element["itemscope"] != nil { begin(element, range, properties) }
    }
  }

  private var best: (range: Range<Int>, facts: StatedFacts)? {
    let around = articles.last {
      $0.range.lowerBound < text.lowerBound && $0.range.upperBound >= text.upperBound
    }
    return around ?? articles.first { $0.facts.title != nil } ?? articles.first
  }

  private mutating func begin(_ element: HTMLElement, _ range: Range<Int>, _ properties: [String]) {
    let isArticle = element["itemtype"].map(isArticleType) ?? false
    if isArticle { articles.append((range, StatedFacts())) }
    let article = isArticle ? articles.count - 1 : properties.isEmpty ? nil : open.last?.article
    open.append(.init(range: range, properties: properties, article: article, isArticle: isArticle))
  }

  private mutating func read(
    _ properties: [String],
    of element: HTMLElement,
    _ value: () -> String?
  ) {
    guard let item = open.last, let article = item.article else { return }
    if item.isArticle {
      // The text itself is no description.
      guard element["itemscope"] == nil, !properties.contains("articlebody") else { return }
      for property in properties { articles[article].facts.take(property, value) }
    } else if properties.contains("name") {
      if item.properties.contains("author") { articles[article].facts.take("author", value) }
      if item.properties.contains("publisher") { articles[article].facts.take("publisher", value) }
    } else if properties.contains("url"), item.properties.contains("image") {
      articles[article].facts.take("image", value)
    }
  }
}

extension StatedFacts {
  fileprivate mutating func take(_ property: String, _ value: () -> String?) {
    switch property {
    case "headline": title = title ?? value()
    case "description": description = description ?? value()
    case "inlanguage": language = language ?? value()
    case "datepublished": published = published ?? value()
    case "datemodified": modified = modified ?? value()
    case "image": image = image ?? value()
    case "publisher": siteName = siteName ?? value()
    case "author": add(authors: [value()].compactMap(\.self))
    default: break
    }
  }
}

/// The value of a property (HTML §5.2.4), and the title of an `abbr`, by which blogs give dates.
private func microdataValue(
  of element: HTMLElement,
  _ map: PageMap,
  _ range: Range<Int>
) -> String? {
  let attribute =
    switch element.name {
    case "img", "audio", "video", "iframe", "embed", "source": "src"
    case "link": "href"
    case "time": "datetime"
    case "abbr": "title"
    default: "content"
    }
  if let value = element["content"] ?? element[attribute] { return nonEmpty(value) }
  return map.text(in: range) <= 2000 ? nonEmpty(map.line(of: range)) : nil
}
