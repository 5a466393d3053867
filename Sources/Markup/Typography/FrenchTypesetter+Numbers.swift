// Numbers, and what is not parted from them.

extension FrenchTypesetter {
  /// Looks at a number from its first digit on.
  mutating func spaceNumber(at position: Int) {
    guard !isDigit(position - 1), !isPartOfMore(position) else { return }
    var end = position
    while isDigit(end) { end += 1 }
    bindGroups(position..<end)
    bindMonth(position..<end)
  }

  /// Whether something stands before a number that makes it part of a longer one, or of a name.
  private func isPartOfMore(_ position: Int) -> Bool {
    guard let previous = self[position - 1] else { return false }
    if isWordScalar(previous) || ".,:+/#*…".unicodeScalars.contains(previous) { return true }
    return isSpaceScalar(previous) && isDigit(spaces(before: position).lowerBound - 1)
  }

  /// Puts U+202F between groups of thousands that a space parts: `1 000 000`.
  private mutating func bindGroups(_ first: Range<Int>) {
    guard first.count <= 3, text[first.lowerBound] != "0" else { return }
    var end = first.upperBound
    var separators: [Int] = []
    while let separator = self[end], isGroupSeparator(separator), hasThreeDigits(at: end + 1) {
      separators.append(end)
      end += 4
    }
    // One more number behind would make all of them a list, or a telephone's.
    guard !isDigit(spaces(after: end - 1).upperBound) else { return }
    for separator in separators { bind(separator..<separator + 1, by: Self.narrowSpace) }
  }

  private func hasThreeDigits(at position: Int) -> Bool {
    isDigit(position) && isDigit(position + 1) && isDigit(position + 2) && !isDigit(position + 3)
  }

  /// Puts U+00A0 between a day and its month: `23 novembre`, `1er mai`.
  private mutating func bindMonth(_ day: Range<Int>) {
    let number = day.count <= 2 ? day.reduce(0) { $0 * 10 + Int(text[$1].value) - 48 } : 0
    guard (1...31).contains(number) else { return }
    var end = day.upperBound
    if self[end] == "e", self[end + 1] == "r" { end += 2 }
    let spaces = spaces(after: end - 1)
    guard !spaces.isEmpty, isMonth(at: spaces.upperBound) else { return }
    bind(spaces, by: Self.wideSpace)
  }

  private func isMonth(at position: Int) -> Bool {
    var end = position
    while end - position <= 9, isWord(end) { end += 1 }
    guard end > position, end - position <= 9 else { return false }
    let word = String(String.UnicodeScalarView(text[position..<end])).lowercased()
    return months.contains(word)
  }

  /// Puts U+00A0 between `n°` and its number.
  mutating func spaceNumberSign(at position: Int) {
    guard self[position - 1] == "n" || self[position - 1] == "N", !isWord(position - 2) else {
      return
    }
    let spaces = spaces(after: position)
    guard isDigit(spaces.upperBound) else { return }
    if spaces.isEmpty {
      replace(position, by: "°" + Self.wideSpace)
    } else {
      bind(spaces, by: Self.wideSpace)
    }
  }
}

private let months: Set = [
  "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
  "novembre", "décembre",
]

private func isGroupSeparator(_ scalar: Unicode.Scalar) -> Bool {
  scalar == " " || scalar == "\u{a0}" || scalar == "\u{202f}" || scalar == "\u{2009}"
}
