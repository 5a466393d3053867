/// Finds what must be changed in one run of text.
///
/// Every rule looks at the text as it was and never at what other rules make of it, so their order
/// matters little. What a rule makes is what it would have left alone.
struct FrenchTypesetter {
  let text: [Unicode.Scalar]
  /// Whether a position belongs to a word that is no word of a language: an address, code.
  let isGuarded: [Bool]
  /// What stands in place of a character, by its position.
  private var edits: [Int: String] = [:]

  static let narrowSpace = "\u{202f}"
  static let wideSpace = "\u{a0}"

  init(_ text: [Unicode.Scalar]) {
    self.text = text
    isGuarded = guardedPositions(in: text)
  }

  mutating func run() {
    for position in text.indices where !isGuarded[position] {
      switch text[position] {
      case "'": setApostrophe(at: position)
      case ".": setEllipsis(at: position)
      case ";", ":", "!", "?": spaceMark(at: position)
      case "%": spacePercent(at: position)
      case "«": spaceOpeningGuillemet(at: position)
      case "»": spaceClosingGuillemet(at: position)
      case "°": spaceNumberSign(at: position)
      case "0"..."9": spaceNumber(at: position)
      default: break
      }
    }
    setQuotationMarks()
  }

  func text(of piece: Range<Int>) -> String {
    var output = String.UnicodeScalarView()
    for position in piece {
      if let edit = edits.isEmpty ? nil : edits[position] {
        output.append(contentsOf: edit.unicodeScalars)
      } else {
        output.append(text[position])
      }
    }
    return String(output)
  }
}

// MARK: - What rules ask and do

extension FrenchTypesetter {
  subscript(position: Int) -> Unicode.Scalar? {
    text.indices.contains(position) ? text[position] : nil
  }

  func isWord(_ position: Int) -> Bool { self[position].map(isWordScalar) ?? false }

  func isDigit(_ position: Int) -> Bool { self[position].map(isDigitScalar) ?? false }

  /// The spaces that end before a position.
  func spaces(before position: Int) -> Range<Int> {
    var start = position
    while let scalar = self[start - 1], isSpaceScalar(scalar) { start -= 1 }
    return start..<position
  }

  /// The spaces that begin behind a position.
  func spaces(after position: Int) -> Range<Int> {
    var end = position + 1
    while let scalar = self[end], isSpaceScalar(scalar) { end += 1 }
    return position + 1..<end
  }

  mutating func replace(_ position: Int, by text: String) {
    edits[position] = text
  }

  /// Makes ordinary spaces one that does not break; whoever wrote another kind meant it.
  mutating func bind(_ spaces: Range<Int>, by space: String) {
    guard spaces.allSatisfy({ isBreakableSpace(text[$0]) }) else { return }
    for position in spaces { replace(position, by: position == spaces.lowerBound ? space : "") }
  }
}
