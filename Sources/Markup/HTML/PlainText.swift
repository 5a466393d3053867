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
      case .close(let name): if let role = PlainTextWalk.roles[name] { close(role) }
      case .open(let element):
        let role = PlainTextWalk.roles[element.name]
        guard role != .hidden else {
          index = tokens.end(ofElementAt: index)
          continue
        }
        if let role { open(element, role) }
      }
      index += 1
    }
  }

  private mutating func open(_ element: HTMLElement, _ role: Role) {
    switch role {
    case .hidden: break
    case .lineBreak, .row: breaks = max(breaks, 1)
    case .image: writeWords(element["alt"] ?? "")
    case .bullets: openList(from: nil)
    case .numbers: openList(from: element["start"].flatMap { Int($0) } ?? 1)
    case .item: openItem()
    case .cell: writeCellSeparator()
    case .paragraph: breaks = 2
    case .preformatted:
      preformatted += 1
      breaks = 2
    }
  }

  private mutating func close(_ role: Role) {
    switch role {
    case .hidden, .lineBreak, .image, .cell: break
    case .bullets, .numbers:
      if !lists.isEmpty { lists.removeLast() }
      breaks = lists.isEmpty ? 2 : max(breaks, 1)
    case .item, .row: breaks = max(breaks, 1)
    case .paragraph: breaks = 2
    case .preformatted:
      preformatted -= 1
      breaks = 2
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
    // A picture without a text parts the words around it.
    if text.isEmpty { spaceIsDue = true }
    var text = text
    text.withUTF8 { unsafe writeWords($0) }
  }

  private mutating func writeWords(_ text: UnsafeBufferPointer<UInt8>) {
    var position = 0
    while position < text.count {
      if unsafe isHTMLSpace(text[position]) {
        spaceIsDue = true
        position += 1
      } else {
        let end = unsafe max(endOfWords(from: position, of: text), position + 1)
        write(words: unsafe String(trusted: text.extracting(position..<end).span))
        position = end
      }
    }
  }

  private mutating func write(words: String) {
    beginLine()
    if spaceIsDue, output.utf8.last != 0x0a, !output.isEmpty, output.utf8.last != 0x20 {
      output += " "
    }
    output += words
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

/// The end of words with one space between each, which are written as they are.
private func endOfWords(from start: Int, of text: UnsafeBufferPointer<UInt8>) -> Int {
  // Each word of the machine begins with the last byte of the one before: no pair is overlooked.
  unsafe firstPosition(from: start, in: text, by: 7) { word in
    let low = word & 0x7f7f_7f7f_7f7f_7f7f
    let controls = ~(low &+ 0x6060_6060_6060_6060) & ~word
    let spaces = ~(low &+ 0x5f5f_5f5f_5f5f_5f5f) & ~word
    let pairs = spaces & (spaces & 0x8080_8080_8080_8080) >> 8
    return controls | pairs
  }
}

extension PlainTextWalk {
  /// What an element means for the text.
  private enum Role {
    case hidden, lineBreak, image, bullets, numbers, item, row, cell, paragraph, preformatted
  }

  private static let roles: [String: Role] = {
    var roles: [String: Role] = [
      "br": .lineBreak, "img": .image, "ul": .bullets, "ol": .numbers, "li": .item, "tr": .row,
      "dt": .row, "dd": .row, "td": .cell, "th": .cell,
    ]
    for name in paragraphs { roles[name] = .paragraph }
    for name in AllowList.droppedWithContent { roles[name] = .hidden }
    roles["pre"] = .preformatted
    return roles
  }()
}

/// Elements with an empty line before and behind.
let paragraphs: Set<String> = [
  "address", "article", "aside", "blockquote", "body", "details", "div", "dl", "figcaption",
  "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav",
  "p", "pre", "section", "summary", "table",
]
