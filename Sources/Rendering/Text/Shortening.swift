extension String {
  /// The text cut on a word, with an ellipsis, where it has more characters than `limit`.
  ///
  /// Characters are what readers see as one, so none is torn apart. One made of very many scalars
  /// would still weigh a message down: scalars count too, at four a character.
  func shortened(to limit: Int) -> String {
    guard utf8.count > limit else { return self }
    let heavy = unicodeScalars.index(
      unicodeScalars.startIndex,
      offsetBy: limit * 4,
      limitedBy: unicodeScalars.endIndex
    )
    let end = index(startIndex, offsetBy: limit, limitedBy: endIndex) ?? endIndex
    let cut = Swift.min(end, heavy.map { characterBoundary(upTo: $0) } ?? endIndex)
    guard cut < endIndex else { return self }
    var kept = self[..<cut]
    // The cut may fall exactly behind a word.
    if self[cut] != " ", let space = kept.lastIndex(of: " ") { kept = kept[..<space] }
    while let last = kept.last, last.isShed { kept.removeLast() }
    return kept + "…"
  }

  /// The last boundary between characters that is not behind a scalar's place.
  private func characterBoundary(upTo limit: Index) -> Index {
    var boundary = startIndex
    while boundary < endIndex, index(after: boundary) <= limit { boundary = index(after: boundary) }
    return boundary
  }
}

extension Character {
  /// Whether an ellipsis takes its place.
  fileprivate var isShed: Bool {
    isWhitespace || self == "," || self == ";" || self == ":" || self == "…" || self == "."
  }
}
