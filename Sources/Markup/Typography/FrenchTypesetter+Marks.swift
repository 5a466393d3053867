// The signs with a space before them, and the one that is an ellipsis.

extension FrenchTypesetter {
  /// Puts U+202F before `; : ! ?`, where a word stands before and none begins behind.
  mutating func spaceMark(at position: Int) {
    guard let end = endOfMarks(at: position), mayFollow(end, text[position]) else { return }
    let spaces = spaces(before: position)
    guard let previous = self[spaces.lowerBound - 1] else { return }
    guard !isInRatio(spaces.lowerBound - 1, colon: position) else { return }
    if !spaces.isEmpty {
      bind(spaces, by: FrenchTypesetter.narrowSpace)
    } else if needsSpace(after: position - 1, previous, before: text[position]) {
      replace(position, by: FrenchTypesetter.narrowSpace + String(text[position]))
    }
  }

  /// The position behind `?!` and the like; nil within such a group, and for `::`.
  private func endOfMarks(at position: Int) -> Int? {
    guard self[position - 1].map(isMark) != true else { return nil }
    var end = position + 1
    guard isFinal(text[position]) else { return self[end].map(isMark) == true ? nil : end }
    while let next = self[end], isFinal(next) { end += 1 }
    return end
  }

  /// Whether what stands behind a mark shows that it is one of a sentence.
  private func mayFollow(_ end: Int, _ mark: Unicode.Scalar) -> Bool {
    guard let next = self[end], !isSpaceScalar(next) else { return true }
    switch mark {
    case ":": return "«“\"»".unicodeScalars.contains(next)
    case ";": return "»”\"".unicodeScalars.contains(next)
    default: return ")]}»”’\"'.,…;:[".unicodeScalars.contains(next)
    }
  }

  /// Whether a colon stands between two small numbers, with or without spaces: `3 : 1`.
  private func isInRatio(_ previous: Int, colon: Int) -> Bool {
    guard text[colon] == ":", isDigit(previous) else { return false }
    // `2026 : 3 morts` is none.
    guard !(1...3).allSatisfy({ isDigit(previous - $0) }) else { return false }
    return isDigit(spaces(after: colon).upperBound)
  }

  /// Whether a word ends at a position so that a sign behind it is one of the sentence.
  private func needsSpace(
    after position: Int,
    _ previous: Unicode.Scalar,
    before mark: Unicode.Scalar
  ) -> Bool {
    guard !endsInGuarded(position) else { return false }
    if previous == "\"" { return isClosingQuotationMark(position) }
    if "»”)]%".unicodeScalars.contains(previous) || previous == TextRun.object { return true }
    // `5!` is a factorial, and `n!` one too; `C:` is a drive.
    let isLong = isWord(position - 1)
    if isDigitScalar(previous) { return mark != "!" }
    guard isWordScalar(previous) else { return false }
    return switch mark {
    case "!": isLong
    case ":": isLong && !isScheme(endingAt: position)
    default: true
    }
  }

  /// Whether what ends at a position, brackets and quotation marks aside, is code or the like.
  private func endsInGuarded(_ position: Int) -> Bool {
    var last = position
    while last > 0, ")]}\"'»”".unicodeScalars.contains(text[last]) || isSpaceScalar(text[last]) {
      last -= 1
    }
    return isGuarded[last]
  }

  /// Whether a word is one that addresses begin with.
  private func isScheme(endingAt position: Int) -> Bool {
    var start = position
    while start > 0, position - start < 7, isWord(start - 1) { start -= 1 }
    let word = String(String.UnicodeScalarView(text[start...position])).lowercased()
    return ["http", "https", "mailto", "ftp", "file", "data", "tel", "urn"].contains(word)
  }

  /// Puts U+202F between a number and its `%`.
  mutating func spacePercent(at position: Int) {
    guard !isWord(position + 1) else { return }
    let spaces = spaces(before: position)
    guard isDigit(spaces.lowerBound - 1) else { return }
    if spaces.isEmpty {
      guard !isGuarded[position - 1] else { return }
      replace(position, by: FrenchTypesetter.narrowSpace + "%")
    } else if !isDigit(self.spaces(after: position).upperBound) {
      // `7 % 3` is a remainder.
      bind(spaces, by: FrenchTypesetter.narrowSpace)
    }
  }

  /// Makes three points one sign.
  mutating func setEllipsis(at position: Int) {
    guard self[position + 1] == ".", self[position + 2] == ".", self[position + 3] != ".",
      self[position - 1] != ".", !isGuarded[position + 2],
      !(isWord(position - 1) && isWord(position + 3)), position == 0 || !isGuarded[position - 1]
    else { return }
    replace(position, by: "…")
    replace(position + 1, by: "")
    replace(position + 2, by: "")
  }
}

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
  scalar == ";" || scalar == ":" || isFinal(scalar)
}

private func isFinal(_ scalar: Unicode.Scalar) -> Bool {
  scalar == "!" || scalar == "?"
}
