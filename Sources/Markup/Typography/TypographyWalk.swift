import Model

/// Typesets the text of a tree, paragraph by paragraph.
struct TypographyWalk {
  private(set) var tokens: ArraySlice<HTMLToken>
  /// The text since the last element that begins or ends a line, and where its pieces stand.
  private var run = TextRun()
  private var places: [Int] = []
  /// For each element that is open, outermost first.
  private var contexts = [Context(isFrench: true, isCode: false)]

  private struct Context {
    var isFrench: Bool
    var isCode: Bool
    /// Whether the words around the element are those of one line.
    var isWithinLine = false

    var isTypeset: Bool { isFrench && !isCode }
  }

  init(_ tokens: ArraySlice<HTMLToken>) {
    self.tokens = tokens
  }

  private var isTypeset: Bool { contexts.last?.isTypeset ?? true }

  mutating func typeset() {
    for index in tokens.indices {
      switch tokens[index] {
      case .open(let element): open(element, at: index)
      case .close: close()
      case .text(let text): if isTypeset { add(text, at: index) }
      }
    }
    endRun()
  }

  private mutating func add(_ text: String, at index: Int) {
    run.append(text)
    places.append(index)
  }

  private mutating func open(_ element: HTMLElement, at index: Int) {
    let context = context(of: element)
    if !context.isWithinLine {
      endRun()
    } else if isTypeset, !context.isTypeset || element.name == "img" {
      run.appendObject()
    }
    contexts.append(context)
    if context.isTypeset { typesetAttributes(of: element, at: index) }
  }

  private mutating func close() {
    if contexts.popLast()?.isWithinLine != true { endRun() }
  }

  private func context(of element: HTMLElement) -> Context {
    var context = contexts.last ?? Context(isFrench: true, isCode: false)
    if let tag = element["lang"] {
      context.isFrench = Language(tag).map(FrenchTypography.applies) ?? false
    }
    if codeElements.contains(element.name) { context.isCode = true }
    context.isWithinLine = elementsWithinLines.contains(element.name)
    return context
  }

  /// Those that people read.
  private mutating func typesetAttributes(of element: HTMLElement, at index: Int) {
    guard element["alt"] != nil || element["title"] != nil else { return }
    var element = element
    for number in element.attributes.indices
    where ["alt", "title"].contains(element.attributes[number].name) {
      element.attributes[number].value =
        FrenchTypography.typeset(element.attributes[number].value)
    }
    tokens[index] = .open(element)
  }

  private mutating func endRun() {
    guard !run.isEmpty else { return }
    for (piece, text) in run.typeset() { tokens[places[piece]] = .text(text) }
    run.removeAll()
    places.removeAll(keepingCapacity: true)
  }
}

/// Elements that do not part the words around them.
private let elementsWithinLines: Set<String> = [
  "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
  "font", "i", "img", "ins", "kbd", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small",
  "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
]

/// Elements whose text is for machines, or shows it as it is.
private let codeElements: Set<String> = [
  "code", "kbd", "listing", "plaintext", "pre", "samp", "script", "style", "textarea", "tt", "var",
  "xmp",
]
