/// A page's tokens, with what would take a walk to know: where elements end, what is text.
///
/// Sums up to each token make the size of any part a subtraction, so that all who look for the
/// article together take time in proportion to the page.
struct PageMap {
  let tokens: [HTMLToken]
  /// For a tag that opens: the position behind the element.
  private(set) var ends: [Int]
  private(set) var blocks: [TextBlock] = []
  /// Bytes to read before each token, without spaces: all, and those in links.
  private var text: [Int] = [0]
  private var linked: [Int] = [0]
  /// Links to a topic's page (`rel=tag`).
  private var tagged: [Int] = [0]
  /// What only the article's own part of a page has.
  private var landmarks: [Int] = [0]

  init(_ tokens: [HTMLToken]) {
    self.tokens = tokens
    ends = Array(tokens.indices)
    findEnds()
    sumUp()
    blocks = textBlocks(of: self)
  }

  func element(at index: Int) -> HTMLElement? {
    if case .open(let element) = tokens[index] { element } else { nil }
  }

  func range(ofElementAt index: Int) -> Range<Int> { index..<ends[index] }

  func text(in range: Range<Int>) -> Int { text[range.upperBound] - text[range.lowerBound] }
  func linked(in range: Range<Int>) -> Int { linked[range.upperBound] - linked[range.lowerBound] }
  func tagged(in range: Range<Int>) -> Int { tagged[range.upperBound] - tagged[range.lowerBound] }

  func hasLandmark(in range: Range<Int>) -> Bool {
    landmarks[range.upperBound] > landmarks[range.lowerBound]
  }

  /// The positions of the elements that satisfy a condition.
  func elements(in range: Range<Int>, where condition: (HTMLElement) -> Bool) -> [Int] {
    range.filter { element(at: $0).map(condition) ?? false }
  }

  /// The text of a part, on one line.
  func line(of range: Range<Int>) -> String {
    singleLine(PlainTextWalk.text(of: tokens[range]))
  }
}

extension PageMap {
  private mutating func findEnds() {
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      switch token {
      case .open: open.append(index)
      case .close: if let start = open.popLast() { ends[start] = index + 1 }
      case .text: ends[index] = index + 1
      }
    }
  }

  private mutating func sumUp() {
    var unreadable = 0
    var linkEnd = 0
    var tagEnd = 0
    for (index, token) in tokens.enumerated() {
      var size = 0
      var isLandmark = false
      switch token {
      case .open(let element):
        if AllowList.droppedWithContent.contains(element.name) {
          unreadable = max(unreadable, ends[index])
        }
        if element.name == "a" { linkEnd = max(linkEnd, ends[index]) }
        if element.has("tag", in: "rel") { tagEnd = max(tagEnd, ends[index]) }
        isLandmark = element.isLandmark
      case .text(let part):
        if index >= unreadable { size = part.utf8.count { !isHTMLSpace($0) } }
      case .close: break
      }
      text.append(text[index] + size)
      linked.append(linked[index] + (index < linkEnd ? size : 0))
      tagged.append(tagged[index] + (index < tagEnd ? size : 0))
      landmarks.append(landmarks[index] + (isLandmark ? 1 : 0))
    }
  }
}

extension HTMLElement {
  fileprivate var isLandmark: Bool {
    name == "h1" || isMain || has("articlebody", in: "itemprop")
  }

  var isMain: Bool { name == "main" || self["role"] == "main" }
}
