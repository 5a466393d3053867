import Importing
import Model
import Testing

@Suite struct DraftHashTests {
  static let text = "---\ntitle: Minsk\nsummary: Une ville.\n---\nLe texte, en été.\n"

  @Test(arguments: [
    ("---\ntitle: Minsk !\nsummary: Une ville\n---\n*Le* texte en été…\n"),
    ("---\nsummary: Une ville.\ntitle: Minsk\ndate: 2026-11-20\n---\nLe texte, en e\u{301}te\u{301}."),
    ("---\ntitle: Minsk\nsummary: Une ville.\ntopics: bielorussie\n---\nLe texte,\n\nen été.\n"),
  ])
  func `signs, marks, topics and dates leave the words as they are`(other: String) throws {
    let first = try draft(DraftHashTests.text)
    let second = try draft(other)
    #expect(first.wordsHash == second.wordsHash)
    #expect(first.sourceHash != second.sourceHash)
  }

  @Test(arguments: [
    "---\ntitle: Minsk 2\nsummary: Une ville.\n---\nLe texte, en été.\n",
    "---\ntitle: Minsk\nsummary: Deux villes.\n---\nLe texte, en été.\n",
    "---\ntitle: Minsk\nsummary: Une ville.\n---\nLe texte, en Été.\n",
    "---\ntitle: ville. Minsk\nsummary: Une\n---\nLe texte, en été.\n",
    "---\ntitle: Minsk\nsummary: Une ville.\n---\nLe texte, en été. Да.\n",
  ])
  func `a letter or digit more is another text`(other: String) throws {
    let first = try draft(DraftHashTests.text)
    let second = try draft(other)
    #expect(first.wordsHash != second.wordsHash)
  }

  /// Nearly all texts are read byte by byte; what must be composed first is not.
  @Test func `both ways to read words find the same`() throws {
    let scalars = [0x21...0x7e, 0xa1...0x2ff, 0x2010...0x203f].joined()
    let text = scalars.compactMap { Unicode.Scalar(UInt32($0)).map(String.init) }
      .joined(separator: " ")
    let plain = try draft("---\ntitle: T\n---\n\(text)")
    let other = try draft("---\ntitle: T\n---\n\(text) ☺")
    #expect(plain.wordsHash == other.wordsHash)
  }

  @Test(arguments: [
    "updated: 2026-11-20", "author: A", "author: {name: A, uri: \"a:b\"}", "language: en",
    "url: https://example.org/", "image: https://example.org/a.png", "slug: a", "id: a:b",
    "draft: true", "digest: false", "erratum: E", "typography: keep", "date: 2026-11-20",
    "topics: bielorussie",
  ])
  func `each key counts as a change of the source`(key: String) throws {
    let first = try draft("---\ntitle: T\n---\nx")
    let second = try draft("---\ntitle: T\n\(key)\n---\nx")
    #expect(first.sourceHash != second.sourceHash)
    #expect(first.wordsHash == second.wordsHash)
  }

  @Test func `order, quotation marks and “minor” say nothing new`() throws {
    let first = try draft("---\ntitle: T\ndate: 2026-11-20\n---\nx")
    let second = try draft("---\ndate: \"2026-11-20 00:00\"\nminor: true\ntitle: \"T\"\n---\nx")
    #expect(first.sourceHash == second.sourceHash)
  }

  @Test func `tags of a page are no words, and yet part of the source`() throws {
    let first = try draft("<title>T</title><p>Un texte", named: "a.html")
    let second = try draft("<title>T</title><p class=x>Un <b>texte</b>", named: "a.html")
    #expect(first.wordsHash == second.wordsHash)
    #expect(first.sourceHash != second.sourceHash)
  }
}
