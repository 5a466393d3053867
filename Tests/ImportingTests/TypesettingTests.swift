import Importing
import Model
import Testing

@Suite struct TypesettingTests {
  static let words =
    "title: \"L'été : quoi ?\"\nsummary: \"L'an 1 000 !\"\nerratum: \"Lire \\\"mai\\\".\""
  static let text = "L'*État* : 10 % ! `l'x !`\n"

  @Test func `title, summary, erratum and text of a French article are typeset`() throws {
    let draft = try draft("---\n\(Self.words)\n---\n\(Self.text)")
    #expect(draft.title == "L’été\u{202f}: quoi\u{202f}?")
    #expect(draft.summary == "L’an 1\u{202f}000\u{202f}!")
    #expect(draft.erratum == "Lire «\u{a0}mai\u{a0}».")
    #expect(
      draft.content
        == "<p>L’<em>État</em>\u{202f}: 10\u{202f}%\u{202f}! <code>l'x !</code></p>\n"
    )
    #expect(draft.repairs.isEmpty)
  }

  @Test(arguments: ["typography: keep", "language: en", "language: fr-CA", "language: pt-BR"])
  func `what is not to be typeset stays as it is`(key: String) throws {
    let draft = try draft("---\n\(Self.words)\n\(key)\n---\n\(Self.text)")
    #expect(draft.title == "L'été : quoi ?")
    #expect(draft.summary == "L'an 1 000 !")
    #expect(draft.erratum == "Lire \"mai\".")
    #expect(draft.content == "<p>L'<em>État</em> : 10 % ! <code>l'x !</code></p>\n")
  }

  @Test func `a page says its language itself`() throws {
    let page = "<title>L'eau</title><p>l'eau !"
    let english = try draft("<html lang=en>\(page)", named: "a.html")
    let french = try draft("<html lang=fr-BE>\(page)", named: "a.html")
    #expect(english.title == "L'eau")
    #expect(english.content == "<p>l'eau !</p>")
    #expect(french.title == "L’eau")
    #expect(french.content == "<p>l’eau\u{202f}!</p>")
  }

  @Test(arguments: ["a.md", "a.html", "a.txt"])
  func `a title that a text gives is typeset`(name: String) throws {
    #expect(try draft("L'eau : quoi ?", named: name).title == "L’eau\u{202f}: quoi\u{202f}?")
  }

  /// A new derivation reads files again: no reader may see the articles as new for it.
  @Test func `typography moves neither “updated” nor a hash`() throws {
    let typeset = try draft("---\n\(Self.words)\n---\n\(Self.text)")
    let slug = try #require(Slug("note"))
    let asOf = Instant(seconds: 1_800_000_000)
    var old = typeset.article(
      id: "a:b",
      slug: slug,
      replacing: nil,
      derivation: "1",
      asOf: asOf
    )
    old.title = "L'été : quoi ?"
    old.content = "<p>L'<em>État</em></p>"
    #expect(!typeset.isSame(as: old, derivation: ArticleReader.derivation))
    let new = typeset.article(
      id: "a:b",
      slug: slug,
      replacing: old,
      derivation: ArticleReader.derivation,
      asOf: Instant(seconds: 1_900_000_000)
    )
    #expect(new.updated == old.updated)
    #expect(new.published == old.published)
    #expect(new.title == typeset.title)
    #expect(ArticleReader.derivation != old.derivation)
  }

  @Test func `the words of a text are those that were read, however they are set`() throws {
    let straight = try draft("---\ntitle: L'eau\n---\nL'eau : \"oui\"...")
    let curly = try draft("---\ntitle: L’eau\n---\nL’eau\u{202f}: «\u{a0}oui\u{a0}»…")
    #expect(straight.title == curly.title)
    #expect(straight.content == curly.content)
    #expect(straight.wordsHash == curly.wordsHash)
    #expect(straight.sourceHash != curly.sourceHash)
  }
}
