/// Writes the tokens of a fragment as text for people to read.
struct PlainTextWalk {
  private var output = ""
  /// How many LF must come before the next word: 0, 1 or 2.
  private var breaks = 0
  private var spaceIsDue = false
  /// What the next line starts with: the bullet of a list item.
  private var marker = ""
  /// For each list that is open: the number of its next item, or nil for bullets.
  private var lists: [Int?] = []
  private var preformatted = 0

  static func text(of tokens: ArraySlice<HTMLToken>) -> String {
    var walk = PlainTextWalk()
    walk.write(tokens)
    return walk.output
  }

  private mutating func write(_ tokens: ArraySlice<HTMLToken>) {
    var index = tokens.startIndex
    while index < tokens.endIndex {
      switch tokens[index] {
      case .text(let text): preformatted > 0 ? writeLines(text) : writeWords(text)
      case .close(let name): close(name)
      case .open(let element):
        guard !AllowList.droppedWithContent.contains(element.name) else {
          index = tokens.end(ofElementAt: index)
          continue
        }
        open(element)
      }
      index += 1
    }
  }

  private mutating func open(_ element: HTMLElement) {
    switch element.name {
    case "br": breaks = max(breaks, 1)
    case "img": writeWords(element["alt"] ?? "")
    case "ul": openList(from: nil)
    case "ol": openList(from: element["start"].flatMap { Int($0) } ?? 1)
    case "li": openItem()
    case "tr", "dt", "dd": breaks = max(breaks, 1)
    case "td", "th": writeCellSeparator()
    default: if paragraphs.contains(element.name) { breaks = 2 }
    }
    if element.name == "pre" { preformatted += 1 }
  }

  private mutating func close(_ name: String) {
    switch name {
    case "ul", "ol":
      if !lists.isEmpty { lists.removeLast() }
      breaks = lists.isEmpty ? 2 : max(breaks, 1)
    case "li", "tr", "dt", "dd": breaks = max(breaks, 1)
    case "pre":
      preformatted -= 1
      breaks = 2
    default: if paragraphs.contains(name) { breaks = 2 }
    }
  }

  private mutating func openList(from number: Int?) {
    breaks = lists.isEmpty ? 2 : max(breaks, 1)
    lists.append(number)
  }

  private mutating func openItem() {
    breaks = max(breaks, 1)
    let indent = String(repeating: "  ", count: max(min(lists.count, 20) - 1, 0))
    guard let number = lists.last ?? nil else {
      marker = indent + "• "
      return
    }
    marker = "\(indent)\(number). "
    lists[lists.count - 1] = number &+ 1
  }

  private mutating func writeCellSeparator() {
    guard breaks == 0, !output.isEmpty else { return }
    output += " |"
    spaceIsDue = true
  }

  private mutating func writeWords(_ text: String) {
    let bytes = Array(text.utf8)
    for word in bytes.split(omittingEmptySubsequences: false, whereSeparator: isHTMLSpace) {
      if !word.isEmpty { write(word: word) }
      spaceIsDue = true
    }
    spaceIsDue = bytes.last.map(isHTMLSpace) ?? spaceIsDue
  }

  private mutating func write(word: ArraySlice<UInt8>) {
    beginLine()
    if spaceIsDue, output.utf8.last != 0x0a, !output.isEmpty, output.utf8.last != 0x20 {
      output += " "
    }
    output += String(decoding: word, as: UTF8.self)
    spaceIsDue = false
  }

  private mutating func writeLines(_ text: String) {
    guard !text.isEmpty else { return }
    beginLine()
    output += text
    spaceIsDue = false
  }

  /// Writes the line ends and the bullet that are due.
  private mutating func beginLine() {
    if breaks > 0, !output.isEmpty {
      while output.utf8.last == 0x0a || output.utf8.last == 0x20 { output.removeLast() }
      output += breaks == 2 ? "\n\n" : "\n"
    }
    if breaks > 0 || !marker.isEmpty { spaceIsDue = false }
    breaks = 0
    output += marker
    marker = ""
  }
}

/// Elements with an empty line before and behind.
let paragraphs: Set<String> = [
  "address", "article", "aside", "blockquote", "body", "details", "div", "dl", "figcaption",
  "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav",
  "p", "pre", "section", "summary", "table",
]
