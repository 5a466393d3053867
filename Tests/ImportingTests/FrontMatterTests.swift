import Importing
import Model
import Testing

@Suite struct FrontMatterTests {
  private static let everyKey = """
    ---
    title: "Minsk : une ville"
    date: 2026-11-20T07:30:00+01:00
    updated: 2026-11-21 08:00
    topics: [Biélorussie, amerique-du-sud, BIE\u{301}LORUSSIE]
    authors:
      - Anna Kos <anna@example.org>
      - {name: Jan Nowak, email: jan@example.org, uri: "https://example.org/jan"}
    summary: >
      Deux
      lignes.
    language: pt-BR
    url: https://example.org/é?q=1 2
    image: http://example.org/a.jpg
    slug: minsk
    id: tag:example.org,2026:minsk
    draft: yes
    minor: true
    digest: no
    erratum: Il fallait lire 1999.
    typography: keep
    ---
    Texte.
    """

  @Test func `what the front matter says of the text is read`() throws {
    let draft = try draft(Self.everyKey)
    #expect(draft.title == "Minsk : une ville")
    #expect(draft.summary == "Deux lignes.")
    #expect(draft.language.tag == "pt-BR")
    #expect(draft.erratum == "Il fallait lire 1999.")
    #expect(draft.content == "<p>Texte.</p>\n")
  }

  @Test func `who wrote it, when and on what is read`() throws {
    let draft = try draft(Self.everyKey)
    #expect(draft.published?.rfc3339 == "2026-11-20T06:30:00Z")
    #expect(draft.updated?.rfc3339 == "2026-11-21T07:00:00Z")
    #expect(draft.topics.map(\.text) == ["bielorussie", "amerique-latine"])
    let anna = Person(name: "Anna Kos", email: "anna@example.org")
    let jan = Person(name: "Jan Nowak", email: "jan@example.org", uri: "https://example.org/jan")
    #expect(draft.authors == [anna, jan])
  }

  @Test func `where it is and what becomes of it is read`() throws {
    let draft = try draft(Self.everyKey)
    #expect(draft.url == "https://example.org/%C3%A9?q=1%202")
    #expect(draft.image == "http://example.org/a.jpg")
    #expect(draft.statedSlug?.text == "minsk")
    #expect(draft.derivedSlug.text == "note")
    #expect(draft.statedID == "tag:example.org,2026:minsk")
    #expect(draft.isDraft && draft.isMinor && !draft.inDigest)
  }

  @Test func `scalars are read as they are written`() throws {
    let draft = try draft("---\ntitle: 012\nlanguage: no\nauthor: 1984\nsummary: ~\n---\nA.")
    #expect(draft.title == "012")
    #expect(draft.language.tag == "no")
    #expect(draft.authors == [Person(name: "1984")])
    #expect(draft.summary == "")
  }

  @Test func `all problems of a file are found in one pass, in its order`() {
    let found = problems(
      """

      ---
      titel: A
      title: [a, b]
      topics: [Bielorusie, Chine]
      draft: maybe
      title: B
      authors: [{nom: A}]
      ---
      """
    )
    let places = ["3:1", "4:8", "5:10", "5:22", "6:8", "7:1", "8:11", "8:12"]
    #expect(found.map { $0.prefix { $0 != " " } } == places.map { "articles/note.md:\($0):" })
  }

  /// What is wrong with a line, and the column where it begins.
  static let problemsOfLines = [
    ("titel: A", 1, "unknown key “titel”; did you mean “title”?"),
    ("title: [a, b]", 8, "“title” takes one value, not a list or a mapping"),
    (
      "date: 5 novembre 2026", 7,
      "“5 novembre 2026” is no date; write 2026-11-20, 2026-11-20 07:30 or"
        + " 2026-11-20T07:30:00+01:00"
    ),
    (
      "topics: [Bielorusie]", 10,
      "unknown topic “Bielorusie”; did you mean “bielorussie”? the site has: Amérique latine"
        + " (amerique-latine), Biélorussie (bielorussie)"
    ),
    (
      "topics: [Bielorussie, Chine]", 23,
      "unknown topic “Chine”; the site has: Amérique latine (amerique-latine), Biélorussie"
        + " (bielorussie)"
    ),
    ("draft: maybe", 8, "“draft” is true or false, not “maybe”"),
    (
      "id: minsk", 5,
      "“minsk” is no id; an id is an absolute URI in ASCII, such as"
        + " tag:example.org,2026:articles/minsk"
    ),
    (
      "url: /minsk", 6,
      "“/minsk” is no address of the web; write it whole, with https:// and, for a name beyond"
        + " ASCII, its xn-- form"
    ),
    (
      "slug: Été à Minsk", 7,
      "“Été à Minsk” is no slug; write lower-case letters without accents, digits and hyphens, at"
        + " most 80 in all: ete-a-minsk"
    ),
    ("authors: [{nom: A}]", 11, "an author must have a name"),
    ("authors: [{name: A, nom: A}]", 21, "unknown key “nom”; an author has name, email and uri"),
  ]

  @Test(arguments: problemsOfLines)
  func `a problem names its place and how to mend it`(line: String, column: Int, words: String) {
    let caret = String(repeating: " ", count: column - 1) + "^"
    let expected = "articles/note.md:2:\(column): \(words)\n  \(line)\n  \(caret)"
    #expect(problems("---\n\(line)\n---\n").contains(expected))
  }

  @Test func `a key that stands twice names both places`() {
    let expected = """
      articles/note.md:4:1: “title” stands here for the second time; the first is on line 2
        title: B
        ^
      """
    #expect(problems("---\ntitle: A\ndraft: no\ntitle: B\n---\n") == [expected])
  }

  @Test(arguments: [
    ("---\ntitle: A\n\nText", "1:1: the front matter is opened here and never closed"),
    ("---\ntitle: Minsk : une ville\n---\n", "2:14: the front matter is not YAML"),
    ("---\ntopics:\n\t- a\n---\n", "3:1: the front matter is not YAML"),
    ("---\n- title\n---\n", "2:1: the front matter is not a list"),
    ("---\ntitle: *x\n---\n", "2:8: the front matter is not YAML: found undefined alias"),
    (
      "---\ntitle: \"A\nurl: b\n---\nx",
      "2:8: the front matter is not YAML: what begins here is never"
    ),
    ("---\ntopics: [a\n---\nx", "2:9: the front matter is not YAML: what begins here is never"),
    ("---\nurl: https://user:pw@example.org/\n---\nx", "2:6: “https://user:pw@example.org/” is no"),
    ("---\nurl: https://example.org:x/\n---\nx", "2:6: “https://example.org:x/” is no address"),
    ("---\nurl: javascript:alert(1)\n---\nx", "2:6: “javascript:alert(1)” is no address"),
    ("---\ndate: 2026-02-30\n---\nx", "2:7: “2026-02-30” is no date"),
    ("---\nid: tag:é,2026:x\n---\nx", "2:5: “tag:é,2026:x” is no id"),
    ("---\n? [a]\n: b\n---\nx", "2:3: a key must be a word"),
  ])
  func `what is no front matter is a problem with its place`(text: String, message: String) {
    let found = problems(text)
    #expect(found.count == 1)
    #expect(found.first?.contains(message) == true, "\(found)")
  }

  @Test func `tabs and colons come with the advice that mends them`() {
    #expect(problems("---\ntopics:\n\t- a\n---\n").first?.contains("not with tabs") == true)
    #expect(
      problems("---\ntitle: Minsk : une ville\n---\n").first?.contains("quotation marks") == true
    )
  }

  @Test(arguments: [
    ("Anna Kos", Person(name: "Anna Kos")),
    ("  Anna\tKos <anna@example.org> ", Person(name: "Anna Kos", email: "anna@example.org")),
    ("anna@example.org", Person(name: "anna", email: "anna@example.org")),
    ("<b>Anna</b> <i>Kos</i>", Person(name: "Anna Kos")),
    ("{name: <b>Anna</b>}", Person(name: "Anna")),
  ])
  func `an author is a name, without an address and tags`(author: String, person: Person) throws {
    let draft = try draft("---\nauthor: \(author)\n---\nx")
    #expect(draft.authors == [person])
  }

  @Test func `asterisks and ampersands are text where YAML lets them be`() throws {
    let draft = try draft("---\ntitle: \"A, *b* & *c*\"\nsummary: >\n  *d*, *e*\n---\nx")
    #expect(draft.title == "A, *b* & *c*")
    #expect(draft.summary == "*d*, *e*")
  }

  @Test(.timeLimit(.minutes(5)))
  func `aliases of aliases are refused before they are counted out`() {
    let bomb = (1...40).map { "k\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
    let text = "---\nk0: &a0 [x]\n\(bomb.joined(separator: "\n"))\n? *a40\n: x\n---\nx"
    let found = problems(text)
    #expect(found.count == 1)
    #expect(found.first?.contains("too many anchors") == true)
  }

  @Test func `nesting without end is a problem`() {
    let nested = String(repeating: "[", count: 30_000)
    #expect(problems("---\ntitle: \(nested)\n---\n").count == 1)
    #expect(problems("---\n\(String(repeating: "- ", count: 30_000))\n---\n").count == 1)
    #expect(problems("---\ntitle: \(String(repeating: "a", count: 70_000))\n---\n").count == 1)
  }

  @Test func `a rule at the start of a text without front matter needs no more than that`() throws {
    let draft = try draft("Minsk\n\n---\n\nTexte")
    #expect(draft.content == "<p>Minsk</p>\n<hr>\n<p>Texte</p>\n")
  }
}
