/// What a page shows of date and author, for people or by a microformat.
struct ShownFacts {
  private(set) var facts = StatedFacts()

  init(_ map: PageMap, of article: Range<Int>, without chrome: PageChrome) {
    let shown = visible(map, chrome)
    let times = shown.filter { date(of: $0.element) != nil }
    let published = times.first { isPublication($0.element) }
    let within = times.first { article.contains($0.index) } ?? times.first
    facts.published = (published ?? within).flatMap { date(of: $0.element) }
    let updated = times.first { isUpdate($0.element) && !isPublication($0.element) }
    facts.modified = updated.flatMap { date(of: $0.element) }
    let names = shown.filter { isAuthor($0.element) }
    facts.add(authors: names.map { map.line(of: map.range(ofElementAt: $0.index)) })
  }
}

/// The date that a `time` has, or the `abbr` of a microformat.
private func date(of element: HTMLElement) -> String? {
  switch element.name {
  case "time": element["datetime"]
  case "abbr" where isPublication(element) || isUpdate(element): element["title"]
  default: nil
  }
}

private func isPublication(_ time: HTMLElement) -> Bool {
  ["published", "entry-date", "dt-published"].contains { time.has($0, in: "class") }
    || time["pubdate"] != nil
}

private func isUpdate(_ time: HTMLElement) -> Bool {
  ["updated", "dt-updated", "modified"].contains { time.has($0, in: "class") }
}

private func isAuthor(_ element: HTMLElement) -> Bool {
  element.has("author", in: "rel") || element.has("fn", in: "class")
    || element.has("p-author", in: "class")
}

/// The elements of a page outside of its chrome.
func visible(_ map: PageMap, _ chrome: PageChrome) -> [(index: Int, element: HTMLElement)] {
  var elements: [(index: Int, element: HTMLElement)] = []
  var hidden = chrome.ranges[...]
  for (index, token) in map.tokens.enumerated() {
    while let first = hidden.first, first.upperBound <= index { hidden.removeFirst() }
    let isHidden = hidden.first?.contains(index) ?? false
    if case .open(let element) = token, !isHidden { elements.append((index, element)) }
  }
  return elements
}
