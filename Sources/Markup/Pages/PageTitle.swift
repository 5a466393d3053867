/// The title of a page: what is stated for the article, else its `<title>` without the name of the
/// site, else its heading.
func pageTitle(
  _ stated: String?,
  element: String?,
  heading: String?,
  _ siteName: String?
) -> String? {
  if let stated {
    let title = whole(stated, heading: heading)
    return siteName.flatMap { withoutName($0, title) } ?? title
  }
  guard let element else { return heading }
  if let heading, isPart(heading, of: element) { return heading }
  return siteName.flatMap { withoutName($0, element) } ?? element
}

/// The heading where a title is its beginning, cut to a search engine's length.
private func whole(_ title: String, heading: String?) -> String {
  guard let heading, let cut = ["…", "..."].first(where: title.hasSuffix) else { return title }
  let beginning = title.dropLast(cut.count)
  return beginning.utf8.count >= 20 && heading.hasPrefix(beginning) ? heading : title
}

/// Whether a heading is a title's beginning or end, apart from the rest.
private func isPart(_ heading: String, of title: String) -> Bool {
  if heading == title { return true }
  if title.hasPrefix(heading) {
    let rest = title.unicodeScalars.dropFirst(heading.unicodeScalars.count)
    return rest.first { $0 != " " && $0 != "\u{a0}" }.map(isSeparator) ?? true
  }
  guard title.hasSuffix(heading) else { return false }
  let rest = singleLine(String(title.unicodeScalars.dropLast(heading.unicodeScalars.count)))
  return rest.unicodeScalars.last.map(isSeparator) ?? true
}

private func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
  "-–—|·•:»«/".unicodeScalars.contains(scalar)
}

/// A title without ` – Name` at its end; nil where it has no such end.
private func withoutName(_ name: String, _ title: String) -> String? {
  guard title.hasSuffix(name) else { return nil }
  let rest = singleLine(String(title.dropLast(name.count)))
  guard rest.unicodeScalars.last.map(isSeparator) == true else { return nil }
  let line = singleLine(String(rest.unicodeScalars.dropLast()))
  return line.isEmpty ? nil : line
}

/// Whether two titles have the same letters, however they are typeset.
func areSameTitle(_ first: String, _ second: String) -> Bool {
  if first == second { return true }
  let wanted = letters(of: first)
  return !wanted.isEmpty && wanted == letters(of: second)
}

private func letters(of title: String) -> [Unicode.Scalar] {
  title.lowercased().unicodeScalars.filter {
    $0.properties.isAlphabetic || $0.properties.numericType != nil
  }
}
