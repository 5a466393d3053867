import Cryptography
import Markup
import Model

/// What all formats of feeds have in common.
extension SourceEntry {
  mutating func add(_ author: Person?) {
    guard let author, authors.count < SourceEntry.mostOfAKind,
      !authors.contains(where: { $0.name == author.name })
    else { return }
    authors.append(author)
  }

  mutating func addCategory(_ text: String) {
    let category = Category(singleLine(plainText(ofHTML: text)))
    guard !category.name.isEmpty, categories.count < SourceEntry.mostOfAKind,
      !categories.contains(category)
    else { return }
    categories.append(category)
  }

  /// No entry has more authors, categories or files; as each is compared with each, a hostile one
  /// would cost the square of them.
  static let mostOfAKind = 500

  mutating func addEnclosure(_ url: String?, type: String?, length: String?, title: String?) {
    guard let url, enclosures.count < SourceEntry.mostOfAKind,
      !enclosures.contains(where: { $0.url == url })
    else { return }
    enclosures.append(
      Enclosure(
        url: url,
        type: type.flatMap { mediaType($0) } ?? mediaType(of: url) ?? "application/octet-stream",
        length: length.flatMap { Int64($0.trimmingSpaces) }.flatMap { $0 > 0 ? $0 : nil },
        title: title?.nonEmpty
      )
    )
  }

  /// Gives the entry its name within the feed: its id, else its link, else what it says.
  ///
  /// - Parameter date: as it is written, for entries that have neither.
  mutating func nameKey(_ date: String) {
    key = id ?? link ?? ""
    guard key.isEmpty else { return }
    let words = [title?.line ?? "", date, title == nil ? summary?.line ?? "" : ""]
    key = "entry-" + Array(SHA256.hash(words.joined(separator: "\n")).prefix(12)).hexadecimal
  }
}

extension Person {
  /// Reads who wrote an entry: a name, `Name <address>`, or RSS' `address (Name)`; nil where there
  /// is an address alone.
  ///
  /// Addresses stay with their owners: a feed's readers have them, not ours.
  init?(sourceName text: String, uri: String? = nil) {
    let line = singleLine(plainText(ofHTML: text))
    let inBrackets = line.hasSuffix(")") ? line.split(separator: "(", maxSplits: 1) : []
    let isAddressed =
      inBrackets.count == 2 && EmailAddress(singleLine(String(inBrackets[0]))) != nil
    let byline = isAddressed ? String(inBrackets[1].dropLast()) : line
    guard EmailAddress(byline) == nil, let name = Person(byline: byline)?.name else { return nil }
    self.init(name: name, uri: uri)
  }
}
