/// Finds what must be changed in one run of text.
///
/// Every rule looks at the text as it was and never at what other rules make of it, so their order
/// matters little. What a rule makes is what it would have left alone.
struct FrenchTypesetter {
  let text: TypographyText
  /// In the order of the text, without overlaps.
  private(set) var edits: [TypographyEdit] = []
  private var guardedWords = GuardedWords()

  static let narrowSpace = "\u{202f}"
  static let wideSpace = "\u{a0}"

  init(_ text: TypographyText) {
    self.text = text
  }

  mutating func run() {
    var hasQuotationMarks = false
    var position = nextSign(in: text.bytes, from: 0)
    while let sign = text[position] {
      switch sign {
      case "'": setApostrophe(at: position)
      case ".": setEllipsis(at: position)
      case ";", ":", "!", "?": space(sign, at: position)
      case "%": spacePercent(at: position)
      case "«": spaceOpeningGuillemet(at: position)
      case "»": spaceClosingGuillemet(at: position)
      case "°": spaceNumberSign(at: position)
      case "0"..."9": spaceNumber(at: position)
      case "\"": hasQuotationMarks = true
      default: break
      }
      position = nextSign(in: text.bytes, from: position + 1)
    }
    if hasQuotationMarks { setQuotationMarks() }
  }
}

// MARK: - What rules ask and do

extension FrenchTypesetter {
  /// Whether a position belongs to a word that is no word of a language: an address, code.
  mutating func isGuarded(_ position: Int) -> Bool {
    guardedWords.contains(position, in: text)
  }

  /// Makes ordinary spaces one that does not break; whoever wrote another kind meant it.
  mutating func bind(_ spaces: Range<Int>, by space: String) {
    guard text.bytes[spaces].allSatisfy(isHTMLSpace) else { return }
    replace(spaces, by: space)
  }

  /// Puts something in the place of a sign, or of the spaces before or behind it.
  ///
  /// Two signs may have the same spaces between them: the second says what these become.
  mutating func replace(_ range: Range<Int>, by text: String) {
    if edits.last?.range == range { edits.removeLast() }
    assert(edits.last.map { $0.range.upperBound <= range.lowerBound } ?? true)
    edits.append(TypographyEdit(range: range, text: text))
  }

  /// Takes edits in that were found after the others.
  mutating func merge(_ others: [TypographyEdit]) {
    edits.append(contentsOf: others)
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
  }
}
