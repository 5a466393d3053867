/// Finds what no rule may touch: what stands between two spaces and looks like an address, a path,
/// a time, or code.
struct GuardedWords {
  /// The word that was asked for last, and what of it is guarded: rules ask for each several times,
  /// and a word may be as long as the text.
  private var word = 0..<0
  private var guarded = 0..<0

  mutating func contains(_ position: Int, in text: TypographyText) -> Bool {
    if !word.contains(position) {
      word = text.word(around: position)
      let bare = withoutPunctuation(word, in: text)
      guarded = isNoWord(bare, in: text) ? bare : bare.lowerBound..<bare.lowerBound
    }
    return guarded.contains(position)
  }
}

private let signsBefore: ScalarSet = "([{«“\"'’‘"
private let signsBehind: ScalarSet = ".,;:!?…»”\"'’)]}"

/// A word without the quotation marks, brackets and stops around it, which are the sentence's.
private func withoutPunctuation(_ word: Range<Int>, in text: TypographyText) -> Range<Int> {
  var start = word.lowerBound
  while start < word.upperBound, let first = text[start], signsBefore.contains(first) {
    start += UTF8.width(first)
  }
  var end = word.upperBound
  while start < end, let last = text.scalar(before: end), signsBehind.contains(last) {
    end -= UTF8.width(last)
  }
  return start..<end
}

private func isNoWord(_ word: Range<Int>, in text: TypographyText) -> Bool {
  var shape = WordShape()
  var position = word.lowerBound
  while position < word.upperBound, let scalar = text[position] {
    shape.add(scalar, at: position, of: word, in: text)
    position += UTF8.width(scalar)
  }
  return shape.isNoWord(beginningWith: text[word.lowerBound])
}

/// What tells a word from what is none.
private struct WordShape {
  private var slashes = 0
  private var hasStop = false
  /// A sign that French has not, or that stands where French has none.
  private var hasStrangeSign = false

  mutating func add(
    _ scalar: Unicode.Scalar,
    at position: Int,
    of word: Range<Int>,
    in text: TypographyText
  ) {
    // Only asked for behind signs of one byte.
    var next: Unicode.Scalar? { position + 1 < word.upperBound ? text[position + 1] : nil }
    switch scalar {
    case "@", "\\", "{", "}", "<", ">", "=", "_", "|", "~", "^", "&", "`", "#":
      hasStrangeSign = true
    case "/": slashes += 1
    case ".": hasStop = hasStop || next.map(isWordScalar) == true
    case ":": if next != "\"", next != "«", next != "“" { hasStrangeSign = true }
    case ";", "!", "?", "%": if next.map(isWordScalar) == true { hasStrangeSign = true }
    case "(":
      if position > word.lowerBound, text.isWord(before: position) { hasStrangeSign = true }
    case "-": if next == ">" { hasStrangeSign = true }
    default: break
    }
  }

  func isNoWord(beginningWith first: Unicode.Scalar?) -> Bool {
    if hasStrangeSign || slashes > 1 { return true }
    return slashes > 0 && (hasStop || first == "/" || first == ".")
  }
}
