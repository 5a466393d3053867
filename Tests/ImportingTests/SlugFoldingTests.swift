import Importing
import Model
import Testing

@Suite struct SlugFoldingTests {
  @Test(arguments: [
    ("Amérique latine", "amerique-latine"),
    ("Ame\u{301}rique  LATINE !", "amerique-latine"),
    ("L’œuvre de Łódź, straße & Æsir Øst Đà", "l-oeuvre-de-lodz-strasse-aesir-ost-da"),
    ("İzmir ISPARTA", "izmir-isparta"),
    ("ﬁn № ２０２６", "fin-no-2026"),
    ("../../etc/passwd", "etc-passwd"),
    ("a\u{300}\u{301}\u{302}b", "ab"),
    ("--a--", "a"),
    ("index", "index-1"), ("CON", "con-1"), (".well-known", "well-known-1"),
    ("feeds", "feeds-1"), ("feeds-2", "feeds-2"),
  ])
  func `a text folds into a slug`(text: String, slug: String) {
    #expect(Slug(folding: text)?.text == slug)
  }

  @Test(arguments: ["", "—", "Минск", "🇧🇾", "\u{301}\u{302}"])
  func `a text without a letter that ASCII has folds into none`(text: String) {
    #expect(Slug(folding: text) == nil)
  }

  @Test func `a long text is cut between two words`() {
    let text = String(repeating: "neuf ", count: 40)
    let slug = Slug(folding: text)?.text
    #expect(slug == String(String(repeating: "neuf-", count: 16).dropLast()))
    #expect(Slug(folding: String(repeating: "a", count: 200))?.text.count == 80)
    #expect(Slug(folding: String(repeating: "a", count: 80) + " b")?.text.count == 80)
  }

  @Test(arguments: [
    ("2026/minsk.md", "minsk"), ("Минск.md", "article-"), ("index.md", "index-1"),
    ("v1.2.md", "v1-2"), ("deux mots.html", "deux-mots"),
  ])
  func `a file's name gives a slug`(name: String, slug: String) throws {
    let draft = try draft("Texte", named: name)
    #expect(draft.derivedSlug.text.hasPrefix(slug))
    let again = try ImportingTests.draft("Autre texte", named: name).derivedSlug
    #expect(draft.derivedSlug == again)
  }
}
