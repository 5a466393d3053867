/// Finds what no rule may touch: what stands between two spaces and looks like an address, a path,
/// a time, or code.
func guardedPositions(in text: [Unicode.Scalar]) -> [Bool] {
  var guarded = [Bool](repeating: false, count: text.count)
  var start = 0
  while start < text.count {
    var end = start
    while end < text.count, !isSpaceScalar(text[end]) { end += 1 }
    let word = withoutPunctuation(text[start..<end])
    if !word.isEmpty, isNoWord(word) {
      for position in word.indices { guarded[position] = true }
    }
    start = end + 1
  }
  return guarded
}

/// A word without the quotation marks, brackets and stops around it, which are the sentence's.
private func withoutPunctuation(
  _ word: ArraySlice<Unicode.Scalar>
) -> ArraySlice<Unicode.Scalar> {
  var word = word.drop { "([{«“\"'’‘".unicodeScalars.contains($0) }
  while let last = word.last, ".,;:!?…»”\"'’)]}".unicodeScalars.contains(last) {
    word.removeLast()
  }
  return word
}

private func isNoWord(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
  var shape = WordShape()
  for position in word.indices { shape.add(word, position) }
  return shape.isNoWord(beginningWith: word.first)
}

/// What tells a word from what is none.
private struct WordShape {
  private var slashes = 0
  private var hasStop = false
  /// A sign that French has not, or that stands where French has none.
  private var hasStrangeSign = false

  mutating func add(_ word: ArraySlice<Unicode.Scalar>, _ position: Int) {
    let next = position + 1 < word.endIndex ? word[position + 1] : nil
    switch word[position] {
    case "@", "\\", "{", "}", "<", ">", "=", "_", "|", "~", "^", "&", "`", "#":
      hasStrangeSign = true
    case "/": slashes += 1
    case ".": hasStop = hasStop || next.map(isWordScalar) == true
    case ":": if next != "\"", next != "«", next != "“" { hasStrangeSign = true }
    case ";", "!", "?", "%": if next.map(isWordScalar) == true { hasStrangeSign = true }
    case "(":
      if position > word.startIndex, isWordScalar(word[position - 1]) {
        hasStrangeSign = true
      }
    case "-": if next == ">" { hasStrangeSign = true }
    default: break
    }
  }

  func isNoWord(beginningWith first: Unicode.Scalar?) -> Bool {
    if hasStrangeSign || slashes > 1 { return true }
    return slashes > 0 && (hasStop || first == "/" || first == ".")
  }
}
