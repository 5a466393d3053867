/// What sites put around and into an article: navigation, related posts, forms, notes on cookies.
///
/// It is told by element, by role and by telling words in classes. What holds most of the text is
/// no chrome, whatever it is called: names of themes and plug-ins use the same words for the page.
struct PageChrome {
  /// In order, none within another.
  private(set) var ranges: [Range<Int>] = []

  init() {}

  /// - Parameters:
  ///   - range: the part of the page that is looked at.
  ///   - isArticle: whether it is an article's, in which a header is the article's own.
  ///   - byWords: whether words in classes count.
  init(of map: PageMap, in range: Range<Int>, isArticle: Bool = false, byWords: Bool = true) {
    let total = map.text(in: range)
    var contentEnd = isArticle ? range.upperBound : range.lowerBound
    var index = range.lowerBound
    while index < range.upperBound {
      guard let element = map.element(at: index) else {
        index += 1
        continue
      }
      let part = map.range(ofElementAt: index)
      if ["article", "main", "section"].contains(element.name) {
        contentEnd = max(contentEnd, part.upperBound)
      }
      let sign = element.sign(of: map, in: part, isInContent: index < contentEnd, byWords: byWords)
      let isMost = map.text(in: part) * 2 > total
      let isChrome =
        sign == .certain ? !map.hasLandmark(in: part) || !isMost : sign != nil && !isMost
      if isChrome { ranges.append(part) }
      index = isChrome ? part.upperBound : index + 1
    }
  }

  /// The range that a position is in.
  func range(at index: Int) -> Range<Int>? {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= index { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(index) ? ranges[low] : nil
  }

  /// Bytes to read in it.
  func text(of map: PageMap, in range: Range<Int>) -> Int {
    ranges.filter { range.contains($0.lowerBound) }.reduce(0) { $0 + map.text(in: $1) }
  }
}

private enum ChromeSign {
  /// Comments, which may be more than what they comment on.
  case certain
  case likely
}

extension HTMLElement {
  fileprivate func sign(
    of map: PageMap,
    in range: Range<Int>,
    isInContent: Bool,
    byWords: Bool
  ) -> ChromeSign? {
    if isHidden || chromeElements.contains(name) || hasChromeRole { return .likely }
    switch name {
    case "html", "body", "main", "article": return nil
    case "header" where !isInContent: return .likely
    case "footer" where !isInContent || isListOfLinks(map, range): return .likely
    default: break
    }
    if range.count > 2, map.tagged(in: range) * 2 > map.text(in: range) { return .likely }
    guard byWords else { return nil }
    return ChromeWords.areComments(self) ? .certain : ChromeWords.areIn(self) ? .likely : nil
  }

  /// Of a footer: tags and buttons, but not notes.
  private func isListOfLinks(_ map: PageMap, _ range: Range<Int>) -> Bool {
    map.linked(in: range) * 3 > map.text(in: range) && !(self["class"] ?? "").contains("note")
  }

  private var hasChromeRole: Bool {
    self["role"].map { chromeRoles.contains($0.lowercased()) } ?? false
  }

  private var isHidden: Bool {
    guard self["hidden"] == nil else { return true }
    if self["aria-hidden"]?.lowercased() == "true", name != "img" { return true }
    guard let style = self["style"] else { return false }
    let rules = style.lowercased().filter { !$0.isWhitespace }
    return rules.contains("display:none") || rules.contains("visibility:hidden")
  }
}

private let chromeElements: Set = [
  "nav", "aside", "form", "button", "dialog", "menu", "select", "textarea", "input", "label",
]

private let chromeRoles: Set = [
  "navigation", "complementary", "search", "contentinfo", "dialog", "alertdialog", "menu",
  "menubar", "toolbar", "form", "banner", "alert", "status", "tablist",
]
