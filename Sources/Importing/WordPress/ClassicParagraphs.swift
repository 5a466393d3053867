/// The paragraphs of a post of WordPress' classic editor, which stores none: an empty line ends
/// one, a line's end within one is a break.
///
/// What comes of it is what WordPress shows, not its bytes: WordPress leaves tags without partners,
/// which a parser would have to mend.
struct ClassicParagraphs {
  private(set) var html: [UInt8] = []

  private let post: PostMarkup
  /// Text and inline elements that belong together so far.
  private var run: [UInt8] = []
  /// Whether an empty line stands before the run.
  private var isAfterGap = false
  /// Whether a line ended behind what is in the run.
  private var breakIsDue = false
  /// The blocks that are open, the innermost last.
  private var open: [ElementName] = []
  /// Whether the innermost block has text already.
  private var hasText = false

  init(of text: [UInt8]) {
    post = PostMarkup(text)
    html.reserveCapacity(text.count + text.count / 8)
    var place = 0
    while place < text.count {
      switch text[place] {
      case UInt8(ascii: "<"): place = takeMarkup(at: place)
      case UInt8(ascii: "\n"): place = takeSpace(from: place)
      default: place = takeText(from: place)
      }
    }
    endRun(isBeforeGap: true)
  }

  /// - Parameter end: where a mark was found that is text.
  private mutating func takeText(from place: Int, past end: Int? = nil) -> Int {
    let end = post.next(0x0a, UInt8(ascii: "<"), from: end ?? place)
    append(post.bytes[place..<end])
    return end
  }

  private mutating func takeSpace(from place: Int) -> Int {
    let end = post.endOfSpace(from: place)
    // The first of them is a line's end.
    if post.bytes[place + 1..<end].contains(0x0a) { takeGap() } else { breakIsDue = true }
    return end
  }

  private mutating func takeGap() {
    endRun(isBeforeGap: true)
    isAfterGap = true
  }

  private mutating func takeMarkup(at place: Int) -> Int {
    switch post.piece(at: place) {
    case nil: return takeText(from: place, past: place + 1)
    // It would stand for a paragraph, and nobody sees it.
    case .comment(let end)?: return end
    case .end(let name, let end)?:
      takeEnd(name, post.bytes[place..<end])
      return end
    case .start(let name, let end)?:
      if name == .lineBreak { return takeBreak(to: end) }
      if ClassicParagraphs.verbatim.contains(name) {
        return takeVerbatim(from: place, to: post.endOfElement(name, from: end))
      }
      takeStart(name, post.bytes[place..<end])
      return end
    }
  }

  /// Two breaks are an empty line.
  private mutating func takeBreak(to end: Int) -> Int {
    let next = post.endOfSpace(from: end)
    if case .start(.lineBreak, let last)? = post.piece(at: next),
      post.byte(at: next) == UInt8(ascii: "<")
    {
      takeGap()
      return last
    }
    breakIsDue = true
    return next
  }

  private mutating func takeVerbatim(from place: Int, to end: Int) -> Int {
    endRun(isBeforeGap: false)
    html += post.bytes[place..<end]
    html.append(UInt8(ascii: "\n"))
    isAfterGap = false
    return end
  }
}

extension ClassicParagraphs {
  /// Elements that begin a line of their own, as WordPress counts them.
  private static let blocks: Set<ElementName> = [
    "address", "article", "aside", "blockquote", "caption", "center", "col", "colgroup", "dd",
    "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol",
    "p", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
  ]
  /// Those of them that hold no paragraphs.
  private static let lines: Set<ElementName> = [
    "address", "caption", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "p",
    "summary",
  ]
  /// Elements within which every space counts, or which hold no text.
  private static let verbatim: Set<ElementName> = ["pre", "script", "style", "textarea"]
  /// Those of them that hold nothing.
  private static let void: Set<ElementName> = ["col", "hr"]
  /// Deeper ones are not counted.
  private static let deepest = 30

  private mutating func takeStart(_ name: ElementName, _ tag: ArraySlice<UInt8>) {
    guard ClassicParagraphs.blocks.contains(name) else { return append(tag) }
    endRun(isBeforeGap: false)
    // Their end tags may be left out (HTML §13.1.2.4).
    let last = open.last
    if last == .paragraph || (name == .item && last == name) { open.removeLast() }
    if !ClassicParagraphs.void.contains(name), open.count < ClassicParagraphs.deepest {
      open.append(name)
    }
    html += tag
    (isAfterGap, hasText) = (false, false)
  }

  private mutating func takeEnd(_ name: ElementName, _ tag: ArraySlice<UInt8>) {
    guard ClassicParagraphs.blocks.contains(name) else { return append(tag) }
    endRun(isBeforeGap: false)
    if let place = open.lastIndex(of: name) { open.removeSubrange(place...) }
    html += tag
    html.append(UInt8(ascii: "\n"))
    (isAfterGap, hasText) = (false, true)
  }

  private mutating func append(_ inline: ArraySlice<UInt8>) {
    let isEmpty = inline.allSatisfy(isSpace)
    if isEmpty, run.isEmpty || breakIsDue { return }
    if breakIsDue, !run.isEmpty {
      trimRun()
      run += "<br>\n".utf8
    }
    run += run.isEmpty || breakIsDue ? inline.drop(while: isSpace) : inline
    breakIsDue = false
  }

  private mutating func trimRun() {
    while let last = run.last, isSpace(last) { run.removeLast() }
  }

  private mutating func endRun(isBeforeGap: Bool) {
    breakIsDue = false
    trimRun()
    guard !run.isEmpty else { return }
    let isParagraph = isParagraph(isBeforeGap: isBeforeGap)
    if isParagraph { html += "<p>".utf8 } else if isAfterGap, hasText { html += separator.utf8 }
    html += run
    if isParagraph { html += "</p>\n".utf8 }
    run.removeAll(keepingCapacity: true)
    (isAfterGap, hasText) = (isBeforeGap, true)
  }

  /// Text that is all that a block holds, as in most table cells and items of lists, is no
  /// paragraph.
  private func isParagraph(isBeforeGap: Bool) -> Bool {
    guard let block = open.last, block != .quotation else { return true }
    return (isAfterGap || isBeforeGap) && !ClassicParagraphs.lines.contains(block)
  }

  /// What an empty line is where no paragraphs may be.
  private var separator: String { open.last == .paragraph ? "</p>\n<p>" : "<br>\n<br>\n" }
}

extension ElementName {
  fileprivate static let item: ElementName = "li"
  fileprivate static let lineBreak: ElementName = "br"
  fileprivate static let paragraph: ElementName = "p"
  fileprivate static let quotation: ElementName = "blockquote"
}
