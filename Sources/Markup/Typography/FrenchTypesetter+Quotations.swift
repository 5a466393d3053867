// Guillemets, quotation marks and apostrophes.

extension FrenchTypesetter {
  mutating func spaceOpeningGuillemet(at position: Int) {
    guard opens(at: position) || (self[position - 1] == "\"" && opens(at: position - 1)) else {
      return
    }
    let spaces = spaces(after: position)
    guard let next = self[spaces.upperBound], next != "»" else { return }
    if spaces.isEmpty {
      replace(position, by: "«" + FrenchTypesetter.wideSpace)
    } else {
      bind(spaces, by: FrenchTypesetter.wideSpace)
    }
  }

  mutating func spaceClosingGuillemet(at position: Int) {
    guard !isWord(position + 1) else { return }
    let spaces = spaces(before: position)
    guard let previous = self[spaces.lowerBound - 1], previous != "«" else { return }
    if spaces.isEmpty {
      replace(position, by: FrenchTypesetter.wideSpace + "»")
    } else {
      bind(spaces, by: FrenchTypesetter.wideSpace)
    }
  }

  /// Makes `"…"` guillemets, and within guillemets `“…”`, if all of them pair: else one may be an
  /// inch, or its partner be missing.
  mutating func setQuotationMarks() {
    guard let pairs = quotationPairs() else { return }
    for pair in pairs {
      if pair.isNested {
        replace(pair.opening, by: "“")
        replace(pair.closing, by: "”")
      } else {
        replace(pair.opening, by: "«" + FrenchTypesetter.wideSpace)
        replace(pair.closing, by: FrenchTypesetter.wideSpace + "»")
      }
    }
  }

  private func quotationPairs() -> [QuotationPair]? {
    var pairs: [QuotationPair] = []
    var opening: (position: Int, depth: Int)?
    var depth = 0
    var isInEnglishMarks = false
    for (position, scalar) in text.enumerated() {
      switch scalar {
      case "«": depth += 1
      case "»": depth = max(0, depth - 1)
      case "“": isInEnglishMarks = opening == nil
      case "”": isInEnglishMarks = false
      case "\"":
        // What is quoted within `“…”` is for no rule to say.
        guard !isGuarded[position], !isInEnglishMarks else { return nil }
        guard let first = opening else {
          guard isOpeningQuotationMark(position) else { return nil }
          opening = (position, depth)
          continue
        }
        guard isClosingQuotationMark(position), depth == first.depth else { return nil }
        pairs.append(QuotationPair(first.position, position, isNested: depth > 0))
        opening = nil
      default: break
      }
    }
    return opening == nil ? pairs : nil
  }

  private func isOpeningQuotationMark(_ position: Int) -> Bool {
    guard opens(at: position), let next = self[position + 1] else { return false }
    return !isSpaceScalar(next) && !isClosing(next) && next != "\""
  }

  func isClosingQuotationMark(_ position: Int) -> Bool {
    guard !opens(at: position) else { return false }
    return self[position + 1].map { isSpaceScalar($0) || isClosing($0) } ?? true
  }

  /// Whether something that stands at a position would begin there.
  private func opens(at position: Int) -> Bool {
    guard let previous = self[position - 1] else { return true }
    return isSpaceScalar(previous) || "([{«“‘'’-–—/".unicodeScalars.contains(previous)
  }

  private func isClosing(_ scalar: Unicode.Scalar) -> Bool {
    ".,;:!?…)]}»”-–—/".unicodeScalars.contains(scalar)
  }

  /// Makes a typewriter's apostrophe one of print, where letters show that it is one.
  mutating func setApostrophe(at position: Int) {
    guard isLetter(position - 1), let next = self[position + 1] else { return }
    let isBeforeWord = isLetter(position + 1) || next == TextRun.object
    let isBeforeQuotation = "«“\"".unicodeScalars.contains(next)
    guard isBeforeWord || ((isBeforeQuotation || isDigitScalar(next)) && isElision(position))
    else { return }
    replace(position, by: "’")
  }

  private func isLetter(_ position: Int) -> Bool { isWord(position) && !isDigit(position) }

  /// Whether a word is cut off at an apostrophe as in `l'`, `qu'` and `jusqu'`.
  private func isElision(_ position: Int) -> Bool {
    guard let last = self[position - 1], "cdjlmnstCDJLMNSTu".unicodeScalars.contains(last) else {
      return false
    }
    if last == "u" { return self[position - 2] == "q" || self[position - 2] == "Q" }
    return !isWord(position - 2)
  }
}

private struct QuotationPair {
  var opening: Int
  var closing: Int
  var isNested: Bool

  init(_ opening: Int, _ closing: Int, isNested: Bool) {
    self.opening = opening
    self.closing = closing
    self.isNested = isNested
  }
}
