/// What stands between two breaks of a page's text: a paragraph, a heading, an item, a cell.
struct TextBlock {
  /// From the tag that opens it to its last word.
  var range: Range<Int>
  var isHeading: Bool
}

/// Cuts a page into blocks, without the space between them.
func textBlocks(of map: PageMap) -> [TextBlock] {
  var blocks: [TextBlock] = []
  var start: Int?
  var end = 0
  var isHeading = false
  func finish() {
    if let first = start, end > first {
      blocks.append(.init(range: first..<end, isHeading: isHeading))
    }
    start = nil
    end = 0
  }
  for (index, token) in map.tokens.enumerated() {
    switch token {
    case .open(let element) where breaksText(element.name):
      // Words since the last break are a block of their own; tags without any belong to this one.
      if end > 0 { finish() }
      start = start ?? index
      isHeading = headingNames.contains(element.name)
    case .close(let name) where breaksText(name):
      finish()
      isHeading = false
    case .text where map.text(in: index..<index + 1) > 0:
      start = start ?? index
      end = index + 1
    default: break
    }
  }
  finish()
  return blocks
}

let headingNames: Set = ["h1", "h2", "h3", "h4", "h5", "h6"]

private func breaksText(_ name: String) -> Bool {
  paragraphs.contains(name)
    || ["br", "dd", "dt", "html", "li", "ol", "td", "th", "title", "tr", "ul"].contains(name)
}
