// Numbers, and what is not parted from them.

extension FrenchTypesetter {
  /// Looks at a number from its first digit on.
  mutating func spaceNumber(at position: Int) {
    guard !text.isDigit(at: position - 1), !isPartOfMore(position), !isGuarded(position) else {
      return
    }
    var end = position
    while text.isDigit(at: end) { end += 1 }
    bindGroups(position..<end)
    bindMonth(position..<end)
  }

  /// Whether something stands before a number that makes it part of a longer one, or of a name.
  private func isPartOfMore(_ position: Int) -> Bool {
    guard let previous = text.scalar(before: position) else { return false }
    if isWordScalar(previous) || signsWithinNumbers.contains(previous) { return true }
    return isSpaceScalar(previous)
      && text.isDigit(at: text.spaces(before: position).lowerBound - 1)
  }

  /// Puts U+202F between groups of thousands that a space parts: `1 000 000`.
  private mutating func bindGroups(_ first: Range<Int>) {
    guard first.count <= 3, text[first.lowerBound] != "0" else { return }
    var end = first.upperBound
    var separators: [Range<Int>] = []
    while let separator = text[end], isGroupSeparator(separator) {
      let group = end + UTF8.width(separator)
      guard hasThreeDigits(at: group) else { break }
      separators.append(end..<group)
      end = group + 3
    }
    // One more number behind would make all of them a list, or a telephone's.
    guard !text.isDigit(at: text.spaces(at: end).upperBound) else { return }
    for separator in separators { bind(separator, by: Self.narrowSpace) }
  }

  private func hasThreeDigits(at position: Int) -> Bool {
    (0..<3).allSatisfy { text.isDigit(at: position + $0) } && !text.isDigit(at: position + 3)
  }

  /// Puts U+00A0 between a day and its month: `23 novembre`, `1er mai`.
  private mutating func bindMonth(_ day: Range<Int>) {
    let number =
      day.count <= 2 ? text.bytes[day].reduce(0) { $0 * 10 + Int($1) - 48 } : 0
    guard (1...31).contains(number) else { return }
    var end = day.upperBound
    if text[end] == "e", text[end + 1] == "r" { end += 2 }
    let spaces = text.spaces(at: end)
    guard !spaces.isEmpty, isMonth(at: spaces.upperBound) else { return }
    bind(spaces, by: Self.wideSpace)
  }

  private func isMonth(at position: Int) -> Bool {
    var end = position
    var length = 0
    while length <= 9, let scalar = text[end], isWordScalar(scalar) {
      end += UTF8.width(scalar)
      length += 1
    }
    guard length > 0, length <= 9 else { return false }
    return months.contains(String(decoding: text.bytes[position..<end], as: UTF8.self).lowercased())
  }

  /// Puts U+00A0 between `n°` and its number.
  mutating func spaceNumberSign(at position: Int) {
    guard text[position - 1] == "n" || text[position - 1] == "N",
      !text.isWord(before: position - 1), !isGuarded(position)
    else { return }
    let sign = position..<position + UTF8.width("°")
    let spaces = text.spaces(at: sign.upperBound)
    guard text.isDigit(at: spaces.upperBound) else { return }
    if spaces.isEmpty {
      replace(sign, by: "°" + Self.wideSpace)
    } else {
      bind(spaces, by: Self.wideSpace)
    }
  }
}

private let signsWithinNumbers: ScalarSet = ".,:+/#*…"

private let months: Set = [
  "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
  "novembre", "décembre",
]

private func isGroupSeparator(_ scalar: Unicode.Scalar) -> Bool {
  scalar == " " || scalar == "\u{a0}" || scalar == "\u{202f}" || scalar == "\u{2009}"
}
