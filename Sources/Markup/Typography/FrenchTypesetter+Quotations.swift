// Guillemets, quotation marks and apostrophes.

extension FrenchTypesetter {
  mutating func spaceOpeningGuillemet(at position: Int) {
    guard opens(at: position) || (text[position - 1] == "\"" && opens(at: position - 1)) else {
      return
    }
    let guillemet = position..<position + UTF8.width("«")
    let spaces = text.spaces(at: guillemet.upperBound)
    guard let next = text[spaces.upperBound], next != "»", !isGuarded(position) else { return }
    if spaces.isEmpty {
      replace(guillemet, by: "«" + FrenchTypesetter.wideSpace)
    } else {
      bind(spaces, by: FrenchTypesetter.wideSpace)
    }
  }

  mutating func spaceClosingGuillemet(at position: Int) {
    let guillemet = position..<position + UTF8.width("»")
    guard !text.isWord(at: guillemet.upperBound) else { return }
    let spaces = text.spaces(before: position)
    guard let previous = text.scalar(before: spaces.lowerBound), previous != "«",
      !isGuarded(position)
    else { return }
    if spaces.isEmpty {
      replace(guillemet, by: FrenchTypesetter.wideSpace + "»")
    } else {
      bind(spaces, by: FrenchTypesetter.wideSpace)
    }
  }

  /// Makes `"…"` guillemets, and within guillemets `“…”`, if all of them pair: else one may be an
  /// inch, or its partner be missing.
  mutating func setQuotationMarks() {
    guard let pairs = quotationPairs() else { return }
    merge(pairs.flatMap(\.edits))
  }

  private mutating func quotationPairs() -> [QuotationPair]? {
    var pairs: [QuotationPair] = []
    var opening: (position: Int, depth: Int)?
    var depth = 0
    var isInEnglishMarks = false
    var position = -1
    while true {
      position = nextQuotationMark(in: text.bytes, from: position + 1)
      switch text[position] {
      case nil: return opening == nil ? pairs : nil
      case "«": depth += 1
      case "»": depth = max(0, depth - 1)
      case "“": isInEnglishMarks = opening == nil
      case "”": isInEnglishMarks = false
      case "\"":
        // What is quoted within `“…”` is for no rule to say.
        guard !isGuarded(position), !isInEnglishMarks else { return nil }
        guard let first = opening else {
          guard isOpeningQuotationMark(position) else { return nil }
          opening = (position, depth)
          continue
        }
        guard isClosingQuotationMark(position), depth == first.depth else { return nil }
        pairs.append(QuotationPair(opening: first.position, closing: position, isNested: depth > 0))
        opening = nil
      default: break
      }
    }
  }

  private func isOpeningQuotationMark(_ position: Int) -> Bool {
    guard opens(at: position), let next = text[position + 1] else { return false }
    return !isSpaceScalar(next) && !closingSigns.contains(next) && next != "\""
  }

  func isClosingQuotationMark(_ position: Int) -> Bool {
    guard !opens(at: position) else { return false }
    guard let next = text[position + 1] else { return true }
    return isSpaceScalar(next) || closingSigns.contains(next)
  }

  /// Whether something that stands at a position would begin there.
  private func opens(at position: Int) -> Bool {
    guard let previous = text.scalar(before: position) else { return true }
    return isSpaceScalar(previous) || openingSigns.contains(previous)
  }

  /// Makes a typewriter's apostrophe one of print, where letters show that it is one.
  mutating func setApostrophe(at position: Int) {
    guard let last = text.scalar(before: position), isLetter(last),
      let next = text[position + 1], !isGuarded(position)
    else { return }
    let isBeforeWord = isLetter(next) || next == TextRun.object
    let mayFollowElision = quotationMarks.contains(next) || isDigitScalar(next)
    guard isBeforeWord || (mayFollowElision && isElision(position)) else { return }
    replace(position..<position + 1, by: "’")
  }

  /// Whether a word is cut off at an apostrophe as in `l'`, `qu'` and `jusqu'`.
  private func isElision(_ position: Int) -> Bool {
    guard let last = text[position - 1], elidedLetters.contains(last) else { return false }
    if last == "u" { return text[position - 2] == "q" || text[position - 2] == "Q" }
    return !text.isWord(before: position - 1)
  }
}

private let openingSigns: ScalarSet = "([{«“‘'’-–—/"
private let closingSigns: ScalarSet = ".,;:!?…)]}»”-–—/"
private let quotationMarks: ScalarSet = "«“\""
private let elidedLetters: ScalarSet = "cdjlmnstCDJLMNSTu"

private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  isWordScalar(scalar) && !isDigitScalar(scalar)
}

private struct QuotationPair {
  var opening: Int
  var closing: Int
  var isNested: Bool

  /// What comes in the place of both marks.
  var edits: [TypographyEdit] {
    let space = FrenchTypesetter.wideSpace
    return [
      TypographyEdit(range: opening..<opening + 1, text: isNested ? "“" : "«" + space),
      TypographyEdit(range: closing..<closing + 1, text: isNested ? "”" : space + "»"),
    ]
  }
}
