/// Tokens without the elements in which nothing is left to read or to see.
func withoutEmptyElements(_ tokens: ArraySlice<HTMLToken>) -> ArraySlice<HTMLToken> {
  var kept: [HTMLToken] = []
  /// For each element that is open: where it begins, and whether there is something in it.
  var open: [(start: Int, isFull: Bool)] = []
  for token in tokens {
    switch token {
    case .open(let element):
      open.append((kept.count, shownWithoutText.contains(element.name)))
    case .text(let text):
      if text.utf8.contains(where: { !isHTMLSpace($0) }), !open.isEmpty {
        open[open.count - 1].isFull = true
      }
    case .close:
      guard let element = open.popLast() else { continue }
      guard element.isFull else {
        kept.removeSubrange(element.start...)
        continue
      }
      if !open.isEmpty { open[open.count - 1].isFull = true }
    }
    kept.append(token)
  }
  return kept[...]
}

/// Elements that show something, or mean something, although they are empty.
private let shownWithoutText: Set = [
  "audio", "br", "col", "embed", "hr", "iframe", "img", "object", "source", "td", "th", "video",
  "wbr",
]
