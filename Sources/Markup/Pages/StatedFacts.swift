/// What is said of an article in one way or another, as it is written there.
struct StatedFacts {
  var title: String?
  var description: String?
  var language: String?
  var url: String?
  var siteName: String?
  var image: String?
  var authors: [String] = []
  var published: String?
  var modified: String?
  /// The article's text, where it is repeated.
  var bodyText: String?

  /// Takes what is missing from what is less specific; a date also where this one is none.
  mutating func fill(from other: StatedFacts) {
    title = title ?? other.title
    description = description ?? other.description
    language = language ?? other.language
    url = url ?? other.url
    siteName = siteName ?? other.siteName
    image = image ?? other.image
    if authors.isEmpty { authors = other.authors }
    published = better(published, other.published)
    modified = better(modified, other.modified)
  }

  /// Adds names, each once, at most as many as any article has.
  mutating func add(authors names: [String]) {
    for name in names.map({ withoutPreposition(singleLine($0)) }) where authors.count < 20 {
      let isName = !name.isEmpty && name.utf8.count <= 200 && !name.contains("://")
      // A box about an author begins with the name.
      let isKnown = authors.contains { areSameTitle($0, name) || name.contains($0) }
      if isName, !isKnown { authors.append(name) }
    }
  }
}

/// A name without the “par” or “by” that bylines have.
private func withoutPreposition(_ name: String) -> String {
  let start = ["par ", "by "].first { name.lowercased().hasPrefix($0) }
  return start.map { String(name.dropFirst($0.count)) } ?? name
}

private func better(_ first: String?, _ second: String?) -> String? {
  guard let first else { return second }
  return !looksLikeDate(first) && second.map(looksLikeDate) == true ? second : first
}

/// Whether a text begins with a year and a month, as dates for programs do.
private func looksLikeDate(_ text: String) -> Bool {
  let start = text.utf8.prefix(7).map { isASCIIDigit($0) ? UInt8(ascii: "0") : $0 }
  return start == Array("0000-00".utf8) || start.starts(with: "000000".utf8)
}
