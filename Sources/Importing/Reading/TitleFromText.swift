import Markup

/// A title for a text that has none: its first sentence, cut at a word.
func title(fromText text: String) -> String? {
  let line = singleLine(String(text.unicodeScalars.prefix(1000)))
  let sentence = firstSentence(of: line)
  // A final stop may have had a space before it.
  let cut = singleLine(cutAtWord(sentence, to: 80))
  return cut.isEmpty ? nil : cut
}

/// A summary for a text that is too long to be shown: its beginning, cut at a word.
func summary(fromText text: String) -> String {
  cutAtWord(singleLine(String(text.unicodeScalars.prefix(2000))), to: 400)
}

/// The text up to its first full stop, question mark or exclamation mark before a space.
private func firstSentence(of text: String) -> String {
  let scalars = Array(text.unicodeScalars)
  let end = scalars.indices.first { index in
    guard index + 1 < scalars.count, scalars[index + 1].properties.isWhitespace else {
      return false
    }
    switch scalars[index] {
    // A single letter before the point is an initial: “M. Dupont”, “U.S. policy”.
    case ".": return index >= 2 && scalars[index - 2].properties.isAlphabetic
    case "?", "!", "…": return true
    default: return false
    }
  }
  guard let end else { return withoutFinalStop(text) }
  return withoutFinalStop(String(String.UnicodeScalarView(scalars[...end])))
}

private func withoutFinalStop(_ text: String) -> String {
  text.unicodeScalars.last == "." ? String(text.unicodeScalars.dropLast()) : text
}

/// At most so many characters (Unicode scalars), with an ellipsis where something was left out.
func cutAtWord(_ text: String, to longest: Int) -> String {
  let scalars = Array(text.unicodeScalars)
  guard scalars.count > longest else { return text }
  let kept = scalars[..<longest]
  let wordEnd = kept.lastIndex { $0 == " " } ?? kept.endIndex - 1
  var words = kept[..<wordEnd]
  while let last = words.last,
    last.properties.isWhitespace || ",;:–—-".unicodeScalars.contains(last)
  {
    words.removeLast()
  }
  return String(String.UnicodeScalarView(words)) + "…"
}
