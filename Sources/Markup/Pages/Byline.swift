/// The lines at the top of an article that say who wrote it, when, and under which rubric.
struct Byline {
  private(set) var ranges: [Range<Int>] = []

  init(_ map: PageMap, in range: Range<Int>, of authors: [String], without chrome: PageChrome) {
    let names = authors.map { $0.lowercased() }
    let top = range.lowerBound..<beginning(of: map, in: range, names)
    var index = top.lowerBound
    while index < top.upperBound {
      let part = map.range(ofElementAt: index)
      if let skipped = chrome.range(at: index) {
        index = skipped.upperBound
      } else if let element = map.element(at: index), part.upperBound <= top.upperBound,
        isByline(element, part, map, names)
      {
        ranges.append(part)
        index = part.upperBound
      } else {
        index += 1
      }
    }
  }
}

/// More than a byline, a date and a rubric take.
private let longestByline = 200

/// Where the text itself begins: bylines stand above its first paragraph, or between that, which is
/// the lead then, and the second.
private func beginning(of map: PageMap, in range: Range<Int>, _ names: [String]) -> Int {
  let paragraphs = map.blocks.lazy.filter { block in
    range.contains(block.range.lowerBound) && !block.isHeading
      && map.text(in: block.range) > 80 && !startsWithName(map.line(of: block.range), names)
  }
  let firstTwo = paragraphs.prefix(2).map(\.range.lowerBound)
  return firstTwo.last ?? range.upperBound
}

private func isByline(
  _ element: HTMLElement,
  _ part: Range<Int>,
  _ map: PageMap,
  _ names: [String]
) -> Bool {
  if element.name == "img" { return names.contains((element["alt"] ?? "").lowercased()) }
  let size = map.text(in: part)
  guard size > 0, size <= longestByline, !headingNames.contains(element.name),
    !["figure", "figcaption", "picture"].contains(element.name)
  else { return false }
  if isMark(element) || element.words(of: "class").contains(where: isBylineClass) { return true }
  guard paragraphs.contains(element.name), map.elements(in: part, where: isOfText).isEmpty else {
    return false
  }
  let line = map.line(of: part)
  return startsWithName(line, names)
    || (size <= 100 && (hasReadingTime(line) || !map.elements(in: part, where: isMark).isEmpty))
}

/// Whether an element says that it is a date or an author.
private func isMark(_ element: HTMLElement) -> Bool {
  let property = element["itemprop"]?.lowercased() ?? ""
  return ["time", "address"].contains(element.name) || element.has("author", in: "rel")
    || ["author", "datepublished", "datemodified"].contains(property)
    || ["published", "fn", "vcard"].contains { element.has($0, in: "class") }
}

/// Whether an element is more than a line of words.
private func isOfText(_ element: HTMLElement) -> Bool {
  headingNames.contains(element.name) || element.name == "img"
}

/// `3 min de lecture`, `3 min read`.
private func hasReadingTime(_ line: String) -> Bool {
  let words = line.split { $0.isWhitespace || $0 == "·" }
  return zip(words, words.dropFirst()).contains { number, unit in
    number.utf8.allSatisfy(isASCIIDigit) && ["min", "mins", "minutes"].contains(unit.lowercased())
  }
}

private func isBylineClass(_ name: String) -> Bool {
  let parts = name.utf8.split { !isASCIILetter($0) }.map { String(Substring($0)) }
  return parts.count <= 4 && parts.contains(where: bylineWords.contains)
}

private let bylineWords: Set = [
  "byline", "author", "authors", "auteur", "auteurs", "meta", "metadata", "dateline", "posted",
  "timestamp", "date", "published", "publication", "submitted", "reading", "readtime", "category",
  "categories", "tag", "tags", "rubrique", "kicker", "eyebrow", "vcard",
]

/// Whether a short line is an author's name, or has one behind “Par” or “By”.
private func startsWithName(_ line: String, _ names: [String]) -> Bool {
  guard line.utf8.count <= longestByline else { return false }
  let words = line.lowercased()
  return names.contains { name in
    words.hasPrefix(name) && words.utf8.count <= name.utf8.count + 40
      || ["par ", "by ", "de "].contains { words.hasPrefix($0 + name) }
  }
}
