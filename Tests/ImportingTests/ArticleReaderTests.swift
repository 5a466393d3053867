import Foundation
import Importing
import Model
import TestSupport
import Testing

@Suite struct ArticleReaderTests {
  static let folder = repository.appending(path: "articles")

  @Test(arguments: files(in: folder, ending: ".md"))
  func `each of the sample publication's articles is read`(file: URL) throws {
    let draft = try draft(bytes: [UInt8](Data(contentsOf: file)), named: file.lastPathComponent)
    #expect(draft.repairs.isEmpty)
    #expect(!draft.topics.isEmpty && !draft.authors.isEmpty && draft.published != nil)
    #expect(draft.content.utf8.count > 1500)
    #expect(draft.derivedSlug.text + ".md" == file.lastPathComponent)
  }

  @Test(arguments: [
    ("# Un *titre* #\n\nTexte.", "Un titre", "<p>Texte.</p>\n"),
    (
      "```\n# code\n```\n\nTitre\n=====\nTexte.", "Titre",
      "<pre><code># code\n</code></pre>\n<p>Texte.</p>\n"
    ),
    ("## Petit\n\nTexte.", "Petit", "<h2>Petit</h2>\n<p>Texte.</p>\n"),
    ("Une phrase. Une autre.", "Une phrase", "<p>Une phrase. Une autre.</p>\n"),
    ("Une phrase . Une autre.", "Une phrase", "<p>Une phrase . Une autre.</p>\n"),
    ("Une phrase .", "Une phrase", "<p>Une phrase .</p>\n"),
    ("---\ntitle: T\n---\n# T\n\nTexte.", "T", "<p>Texte.</p>\n"),
    ("---\ntitle: T\n---\n# U\n\nTexte.", "T", "<h1>U</h1>\n<p>Texte.</p>\n"),
  ])
  func `the title is the front matter's, else the first heading, else the first sentence`(
    text: String,
    title: String,
    content: String
  ) throws {
    let draft = try draft(text)
    #expect(draft.title == title)
    #expect(draft.content == content)
  }

  @Test func `a file without title and text is a problem`() {
    #expect(problems("---\ndate: 2026-11-20\n---\n").count == 1)
    #expect(problems("", named: "vide.txt").count == 1)
    #expect(problems(" \n ", named: "vide.html").count == 1)
  }

  @Test func `content is sanitised, with addresses below the article's own`() throws {
    let draft = try draft(
      "---\ntitle: T\nurl: https://example.org/a/b\n---\n[x](../c)<script>alert(1)</script>"
    )
    #expect(draft.content.contains(#"href="https://example.org/c""#))
    #expect(!draft.content.contains("script"))
  }

  @Test func `a page in HTML says what it is itself`() throws {
    let draft = try draft(
      """
      <!doctype html><html lang="en"><head><title>A title | Site</title>
      <meta name="description" content="What it is."><meta name="author" content="Ann">
      <meta property="article:published_time" content="2026-11-20T07:30:00+01:00">
      <link rel="canonical" href="https://example.org/a"></head>
      <body><nav>Menu</nav><main><h1>A title</h1><p>Text <a href="b">b</a>.</p></main></body></html>
      """,
      named: "page.html"
    )
    #expect(draft.title == "A title")
    #expect(draft.summary == "What it is.")
    #expect(draft.language == .english)
    #expect(draft.authors == [Person(name: "Ann")])
    #expect(draft.url == "https://example.org/a")
    #expect(draft.published?.rfc3339 == "2026-11-20T06:30:00Z")
    #expect(draft.content.contains(#"<p>Text <a href="https://example.org/b">b</a>.</p>"#))
  }

  @Test func `front matter wins over what a page says`() throws {
    let draft = try draft(
      "---\ntitle: Mine\nsummary: S\nlanguage: de\n---\n<html lang=en><title>T</title><p>x",
      named: "page.htm"
    )
    #expect(draft.title == "Mine")
    #expect(draft.summary == "S")
    #expect(draft.language.tag == "de")
  }

  @Test func `what an article does not say comes from the settings`() throws {
    var settings = sampleSettings
    settings.defaultTopics = [sampleTopics[1].slug]
    settings.defaultPublished = Instant(seconds: 1)
    let said = try draft("---\ntopics: []\ndate: 2026-11-05\n---\nx", settings)
    #expect(said.topics == [])
    #expect(said.published?.rfc3339 == "2026-11-04T23:00:00Z")
    let unsaid = try draft("x", settings)
    #expect(unsaid.topics == [sampleTopics[1].slug])
    #expect(unsaid.published == Instant(seconds: 1))
    #expect(unsaid.language == .french)
    #expect(try draft("x").published == nil)
  }

  @Test func `windows-1252 is read, and what is no text is refused`() throws {
    let latin = try draft(bytes: Array("caf".utf8) + [0xe9] + Array(" noir".utf8), named: "a.md")
    #expect(latin.title == "café noir")
    #expect(latin.repairs.total == 1)
    let cyrillic = [UInt8](repeating: 0xd0, count: 200)
    #expect(throws: ImportProblems.self) { try draft(bytes: cyrillic, named: "a.txt") }
  }

  @Test func `limits of Markdown are told with the file's line, and the words are kept`() throws {
    let draft = try draft("---\ntitle: T\n---\n\n|\(String(repeating: "a|", count: 600))\n\nfin")
    let told = draft.repairs.descriptions
    #expect(told.count == 1)
    #expect(told.first?.contains("structure: line 5 has more than 500 table columns") == true)
    #expect(draft.content.hasSuffix("<p>fin</p>\n"))
  }

  /// With anything quadratic in it, this would take minutes.
  @Test(
    .timeLimit(.minutes(5)),
    arguments: ["a.md", "a.html", "a.txt"],
    ["\u{301}", "a\n", "Photo a\n\n", "# a\n"]
  )
  func `time grows with the length of a text, whatever is in it`(name: String, piece: String) {
    let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
    expectDraftOrProblems(Array(text.utf8), name)
  }

  @Test func `random bytes never crash, and say their path when they are refused`() {
    var random = SeededGenerator()
    let pieces = [
      "---\n", "title: ", "topics: [", "# ", "<p>", "\u{0}", "\r", "&#x0;", "- ", "\"", "é", ": ",
      "Photo ", "```", "|", "[^1]", "<![CDATA[", "\u{2028}", "*a", "&a ", "\t", "{", "!!x ",
    ]
    for round in 0..<SeededGenerator.rounds {
      var bytes: [UInt8] = round.isMultiple(of: 2) ? Array("---\n".utf8) : []
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        if Bool.random(using: &random) {
          bytes += (pieces.randomElement(using: &random) ?? "").utf8
        } else {
          bytes.append(UInt8.random(in: 0...255, using: &random))
        }
      }
      if round.isMultiple(of: 4) { bytes += Array("\n---\ntext".utf8) }
      for name in ["a.md", "a.html", "a.txt"] { expectDraftOrProblems(bytes, name) }
    }
  }

  private func expectDraftOrProblems(_ bytes: [UInt8], _ name: String) {
    do {
      let draft = try draft(bytes: bytes, named: name)
      #expect(!draft.title.isEmpty && draft.sourceHash.count == 32)
    } catch {
      #expect(!error.problems.isEmpty, "\(bytes)")
      #expect(error.problems.allSatisfy { $0.path == "articles/\(name)" })
    }
  }
}
