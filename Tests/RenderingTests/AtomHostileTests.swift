import Model
import Rendering
import Testing

/// Characters that break a document, in every text that a document has.
@Suite struct AtomHostileTests {
  static let hostile: [String] =
    (0x00...0x1f).map { "\(Unicode.Scalar(UInt8($0)))" } + [
      "\u{7f}", "\u{85}", "\u{fffe}", "\u{ffff}", "\u{feff}", "\r\n", "\r", "]]>", "<![CDATA[",
      "<?xml?>", "<!--", "--", "&", "&amp;", "&eacute;", "<", ">", "\"", "'", "<\u{301}",
      "&\u{fe0f}", "\"\u{200d}", "</title>", "<script>", "\u{202e}", "\u{2028}",
      "👩\u{200d}👩\u{200d}👧", "e\(String(repeating: "\u{301}", count: 300))",
    ]

  static let positions: [@Sendable (String) -> String] = [
    { "\($0)texte" }, { "te\($0)xte" }, { "texte\($0)" }, { "0123456789abcde\($0)" }, { $0 },
  ]

  @Test(arguments: hostile) func `nothing makes a document invalid`(_ text: String) throws {
    for place in AtomHostileTests.positions {
      let document = try document(with: place(text))
      let violations = try atomViolations(in: Array(document.utf8))
      #expect(violations == [])
    }
  }

  private func document(with text: String) throws -> String {
    var site = try AtomExample.site()
    site.title = text
    site.url += text
    site.author = Person(name: text, uri: text)
    site.icon = text
    site.rights = text
    site.license = text
    site.topics[0].title = text
    var head = AtomExample.head(.topic(try AtomExample.slug("amerique-latine")))
    head.title = text
    head.subtitle = text
    head.id = text
    let entry = try AtomExample.entry {
      $0.id = text
      $0.title = text
      $0.summary = text
      $0.url = text
      $0.authors = [Person(name: text, email: "a@\(text)", uri: text)]
    }
    let tombstone = Tombstone(id: text, left: entry.updated)
    return AtomExample.document(
      site: site,
      head: head,
      tombstones: [tombstone],
      entries: [(entry, text)]
    )
  }
}
