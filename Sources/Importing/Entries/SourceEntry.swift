import Markup
package import Model

/// What an export, a feed or a page says of one article, read and not yet judged.
package struct SourceEntry: Sendable {
  /// A text as its source marks it.
  package enum Text: Equatable, Sendable {
    case plain(String)
    case html(String)
  }

  /// Its name within the source, which never changes.
  package var key: String
  /// The permanent id that the source states, as it is written.
  package var id: String?
  /// A name for addresses, as the source has it.
  package var name: String?
  package var title: Text?
  package var summary: Text?
  package var content: Text?
  package var authors: [Person] = []
  /// Its subjects, in the source's order.
  package var categories: [Category] = []
  /// Absolute.
  package var link: String?
  /// What relative addresses in its texts begin from; the link where there is none.
  package var base: String?
  package var published: Instant?
  package var updated: Instant?
  package var language: Language?
  package var image: String?
  package var enclosures: [Enclosure] = []
  /// The feed that it was taken from by whoever lists it (RFC 4287 §4.2.11).
  package var attribution: Attribution?
  /// Where in the document it begins.
  package var line: Int?
  /// What had to be mended to read it.
  package var repairs = Repairs()

  package init(key: String) { self.key = key }

  /// Whether there is a form for a password where the text should be, as WordPress writes it.
  package var isLocked: Bool {
    Array((content?.source ?? "").utf8).end(of: "post-password-form") != nil
  }

  /// A subject as the source calls it.
  package struct Category: Hashable, Sendable {
    package var name: String
    /// The names of what it is part of, the nearest first.
    package var ancestors: [String]

    package init(_ name: String, ancestors: [String] = []) {
      self.name = name
      self.ancestors = ancestors
    }
  }
}

extension SourceEntry.Text {
  /// The text as its source has it.
  var source: String {
    switch self {
    case .plain(let text), .html(let text): text
    }
  }

  /// nil where there is nothing in it.
  var nonEmpty: SourceEntry.Text? { source.utf8.allSatisfy(isSpace) ? nil : self }

  /// One line of plain text.
  package var line: String {
    switch self {
    case .plain(let text): singleLine(RepairedText(text).text)
    case .html(let html): singleLine(plainText(ofHTML: html))
    }
  }
}

/// The words of a piece of HTML; of one that cannot be parsed, the words between its tags.
func plainText(ofHTML html: String) -> String {
  guard html.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else {
    return RepairedText(html).text
  }
  return fragment(of: html).plainText
}
