// The signs with a space before them, and the one that is an ellipsis.

extension FrenchTypesetter {
  /// Puts U+202F before `; : ! ?`, where a word stands before and none begins behind.
  mutating func space(_ mark: Unicode.Scalar, at position: Int) {
    guard let end = endOfMarks(from: mark, at: position), mayFollow(end, mark) else { return }
    let spaces = text.spaces(before: position)
    guard let previous = text.scalar(before: spaces.lowerBound) else { return }
    guard !isInRatio(spaces, mark), !isGuarded(position) else { return }
    if !spaces.isEmpty {
      bind(spaces, by: FrenchTypesetter.narrowSpace)
    } else if needsSpace(previous, before: mark, at: position) {
      replace(position..<position + 1, by: FrenchTypesetter.narrowSpace + String(mark))
    }
  }

  /// The position behind `?!` and the like; nil within such a group, and for `::`.
  private func endOfMarks(from mark: Unicode.Scalar, at position: Int) -> Int? {
    guard text[position - 1].map(isMark) != true else { return nil }
    var end = position + 1
    guard isFinal(mark) else { return text[end].map(isMark) == true ? nil : end }
    while let next = text[end], isFinal(next) { end += 1 }
    return end
  }

  /// Whether what stands behind a mark shows that it is one of a sentence.
  private func mayFollow(_ end: Int, _ mark: Unicode.Scalar) -> Bool {
    guard let next = text[end], !isSpaceScalar(next) else { return true }
    return switch mark {
    case ":": signsBehindColon.contains(next)
    case ";": signsBehindSemicolon.contains(next)
    default: signsBehindFinalMark.contains(next)
    }
  }

  /// Whether a colon stands between two small numbers, with or without spaces: `3 : 1`.
  private func isInRatio(_ spaces: Range<Int>, _ mark: Unicode.Scalar) -> Bool {
    let last = spaces.lowerBound - 1
    guard mark == ":", text.isDigit(at: last) else { return false }
    // `2026 : 3 morts` is none.
    guard !(1...3).allSatisfy({ text.isDigit(at: last - $0) }) else { return false }
    return text.isDigit(at: text.spaces(at: spaces.upperBound + 1).upperBound)
  }

  /// Whether a word ends at a mark so that the mark is one of the sentence.
  private mutating func needsSpace(
    _ previous: Unicode.Scalar,
    before mark: Unicode.Scalar,
    at position: Int
  ) -> Bool {
    guard !isBehindGuarded(position) else { return false }
    if previous == "\"" { return isClosingQuotationMark(position - 1) }
    if signsWithSpaceBehind.contains(previous) || previous == TextRun.object { return true }
    // `5!` is a factorial, and `n!` one too; `C:` is a drive.
    let isLong = text.isWord(before: position - UTF8.width(previous))
    if isDigitScalar(previous) { return mark != "!" }
    guard isWordScalar(previous) else { return false }
    return switch mark {
    case "!": isLong
    case ":": isLong && !isScheme(endingAt: position)
    default: true
    }
  }

  /// Whether what ends at a position, brackets and quotation marks aside, is code or the like.
  private mutating func isBehindGuarded(_ position: Int) -> Bool {
    var last = text.start(before: position)
    while last > 0, let scalar = text[last],
      closingBrackets.contains(scalar) || isSpaceScalar(scalar)
    {
      last = text.start(before: last)
    }
    return isGuarded(last)
  }

  /// Whether a word is one that addresses begin with.
  private func isScheme(endingAt end: Int) -> Bool {
    schemes.contains { scheme in
      let start = end - scheme.utf8.count
      guard start >= 0, !text.isWord(before: start) else { return false }
      return text.bytes[start..<end].lazy.map(lowercased).elementsEqual(scheme.utf8)
    }
  }

  /// Puts U+202F between a number and its `%`.
  mutating func spacePercent(at position: Int) {
    guard !text.isWord(at: position + 1) else { return }
    let spaces = text.spaces(before: position)
    guard text.isDigit(at: spaces.lowerBound - 1), !isGuarded(position) else { return }
    if spaces.isEmpty {
      guard !isGuarded(position - 1) else { return }
      replace(position..<position + 1, by: FrenchTypesetter.narrowSpace + "%")
    } else if !text.isDigit(at: text.spaces(at: position + 1).upperBound) {
      // `7 % 3` is a remainder.
      bind(spaces, by: FrenchTypesetter.narrowSpace)
    }
  }

  /// Makes three points one sign.
  mutating func setEllipsis(at position: Int) {
    guard text[position + 1] == ".", text[position + 2] == ".", text[position + 3] != ".",
      text[position - 1] != ".", !isGuarded(position), !isGuarded(position + 2),
      !(text.isWord(before: position) && text.isWord(at: position + 3)),
      position == 0 || !isGuarded(text.start(before: position))
    else { return }
    replace(position..<position + 3, by: "…")
  }
}

private let signsBehindColon: ScalarSet = "«“\"»"
private let signsBehindSemicolon: ScalarSet = "»”\""
private let signsBehindFinalMark: ScalarSet = ")]}»”’\"'.,…;:["
private let signsWithSpaceBehind: ScalarSet = "»”)]%"
private let closingBrackets: ScalarSet = ")]}\"'»”"

private let schemes = ["http", "https", "mailto", "ftp", "file", "data", "tel", "urn"]

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
  scalar == ";" || scalar == ":" || isFinal(scalar)
}

private func isFinal(_ scalar: Unicode.Scalar) -> Bool {
  scalar == "!" || scalar == "?"
}
