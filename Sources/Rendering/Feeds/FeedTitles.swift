internal import Markup
internal import Model

/// A text as a title, or another where it has no words.
func titleText(_ text: String, else other: String) -> String {
  let title = singleLine(text)
  return looksEmpty(title) ? singleLine(other) : title
}

/// The title of an article; without one the start of its summary, for no reader shows an entry
/// without a title well.
func titleText(_ text: String, else summary: String, language: Language) -> String {
  let title = singleLine(text)
  if !looksEmpty(title) { return title }
  if !looksEmpty(summary) { return beginning(of: summary) }
  return language.primary == "fr" ? "Sans titre" : "Untitled"
}

/// The first words of a line, up to eighty characters.
private func beginning(of line: String) -> String {
  let scalars = line.unicodeScalars
  guard scalars.count > 80 else { return line }
  let cut = scalars.prefix(80)
  let words = cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut
  return String(words) + "…"
}
