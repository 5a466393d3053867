import Foundation
import Glibc
import Markup
import Testing

@testable import Importing

struct WordPressContentTests {
  private func html(_ text: String) -> String {
    WordPressContent(text, images: { $0 < 100 ? "https://example.org/\($0).jpg" : nil }).html
      .replacing("\n", with: "")
  }

  private static let image = "<img src=\"a.jpg\" />"
  private static let linked = "<a href=\"b.html\"><img src=\"a.jpg\" /></a>"

  @Test(arguments: [
    // A picture, with and without a link, its caption in either place.
    (
      "[caption id=\"a\"]\(image) Le siège[/caption]",
      "<figure>\(image)<figcaption>Le siège</figcaption></figure>"
    ),
    (
      "[caption id=a width=300]\(linked) À <em>Montevideo</em>.[/caption]",
      "<figure>\(linked)<figcaption>À <em>Montevideo</em>.</figcaption></figure>"
    ),
    (
      "[caption caption=\"L'été\"]\(image)[/caption]",
      "<figure>\(image)<figcaption>L'été</figcaption></figure>"
    ),
    ("[caption id=\"a\"]\(image)[/caption]", "<figure>\(image)</figure>"),
    // Galleries, recordings, embedded pages.
    (
      "[gallery ids=\"1, 2,777\"]",
      "<figure><img src=\"https://example.org/1.jpg\" alt=\"\">"
        + "<img src=\"https://example.org/2.jpg\" alt=\"\"></figure>"
    ),
    (
      "[audio https://example.org/a.mp3]",
      "<p><audio controls src=\"https://example.org/a.mp3\"></audio></p>"
    ),
    (
      "[video mp4='https://example.org/a.mp4' poster=\"p.jpg\"][/video]",
      "<p><video controls src=\"https://example.org/a.mp4\" poster=\"p.jpg\"></video></p>"
    ),
    (
      "[embed width=\"500\"] https://example.org/v [/embed]",
      "<p><a href=\"https://example.org/v\">https://example.org/v</a></p>"
    ),
    (
      "[youtube https://example.org/v/]",
      "<p><a href=\"https://example.org/v/\">https://example.org/v/</a></p>"
    ),
    (
      "[youtube https://example.org/v]",
      "<p><a href=\"https://example.org/v\">https://example.org/v</a></p>"
    ),
    // Quotation marks of typographers, from a word processor.
    (
      "[audio src=“https://example.org/a.mp3”]",
      "<p><audio controls src=\"https://example.org/a.mp3\"></audio></p>"
    ),
    (
      "[caption caption=”Deux mots″]\(image)[/caption]",
      "<figure>\(image)<figcaption>Deux mots</figcaption></figure>"
    ),
  ])
  func `WordPress' own shortcodes become what they stand for`(text: String, expected: String) {
    #expect(html(text) == expected)
  }

  @Test(arguments: [
    ("[sic]", "<p>[sic]</p>"), ("[note 3] et [...]", "<p>[note 3] et [...]</p>"),
    ("a [b", "<p>a [b</p>"), ("[", "<p>[</p>"), ("[]", "<p>[]</p>"), ("[/x]", "<p>[/x]</p>"),
    ("[href=\"x\"]", "<p>[href=\"x\"]</p>"), ("[E = mc]", "<p>[E = mc]</p>"),
    ("[a b=\"c]", "<p>[a b=\"c]</p>"), ("[l'été", "<p>[l'été</p>"),
    ("[[caption]]", "<p>[caption]</p>"), ("[[gallery ids=\"1\"]]", "<p>[gallery ids=\"1\"]</p>"),
    ("[[box a=b]x[gallery ids=\"1\"]y[/box]]", "<p>[box a=b]x[gallery ids=\"1\"]y[/box]</p>"),
    ("[[x", "<p>[[x</p>"),
  ])
  func `brackets that people write stay`(text: String, expected: String) {
    let content = WordPressContent(text, images: { _ in nil })
    #expect(html(text) == expected)
    #expect(content.dropped == 0)
  }

  @Test(arguments: [
    ("[form id=\"1\"]", "", 1), ("[form-7 id=1 /]", "", 1), ("[box a=b]x[/box]", "<p>x</p>", 1),
    ("[box]x[/box]", "<p>x</p>", 1), ("[a x=1][b y=2]x[/b][/a]", "<p>x</p>", 2),
    ("[a x=1][a y=2]x[/a][/a]", "<p>x</p>", 2), ("[a x=1]y[/b]", "<p>y[/b]</p>", 1),
    ("[a x=1]y[b z=2][/a]w[/b]", "<p>yw[/b]</p>", 2), ("[gallery ids=\"777\"]", "", 1),
    ("[embed]nul[/embed]", "", 1), ("[a\nx=1]y", "<p>y</p>", 1),
    ("[box a=b][sic][/box]", "<p>[sic]</p>", 1), ("[a t=\"]\"]y", "<p>y</p>", 1),
    ("[a t='[b]']y", "<p>y</p>", 1), ("[a t=l'été]y", "<p>y</p>", 1),
  ])
  func `shortcodes of plugins go, and are counted`(text: String, expected: String, dropped: Int) {
    #expect(html(text) == expected)
    #expect(WordPressContent(text, images: { _ in nil }).dropped == dropped)
  }

  @Test(arguments: ["pre", "code", "script", "style", "textarea"])
  func `where code is shown nothing is replaced`(element: String) {
    let text = "<\(element) class=\"x\">[gallery ids=\"1\"] a[href=\"b\"]</\(element)>"
    #expect(html(text).contains(text))
    #expect(html(text + "[form id=1]").contains(text))
    #expect(!html(text + "[form id=1]").contains("form"))
  }

  @Test func `comments hide their brackets`() {
    #expect(html("<!-- wp:x {\"a\":\"[form id=1]\"} --><p>y</p>").contains("[form id=1]"))
  }

  @Test func `shortcodes in others become both what they stand for`() {
    let text =
      "[box a=b][caption id=\"a\"]\(Self.image) Voir [embed]https://e.org/a[/embed][/caption][/box]"
    #expect(html(text).contains("<figure>\(Self.image)<figcaption>"))
    #expect(html(text).contains("<a href=\"https://e.org/a\">"))
  }

  @Test(arguments: [
    "https://example.org/v", "  https://example.org/v\t", "<p>https://example.org/v</p>",
  ])
  func `an address alone on a line becomes a link`(line: String) {
    let link = "<p><a href=\"https://example.org/v\">https://example.org/v</a></p>"
    #expect(html("Avant\n\n\(line)\n\naprès") == "<p>Avant</p>\(link)<p>après</p>")
  }

  @Test(arguments: [
    "voir https://example.org/v", "https://example.org/v ici", "ftp://example.org", "http",
    "https://",
  ])
  func `an address within a line stays text`(line: String) {
    #expect(html(line) == "<p>\(line)</p>")
  }

  @Test func `posts of the block editor keep their paragraphs`() {
    let text = "<!-- wp:paragraph -->\n<p>Un\ndeux</p>\n<!-- /wp:paragraph -->\n\ntexte"
    #expect(WordPressContent(text, images: { _ in nil }).html == text)
  }

  @Test(arguments: [
    "[", "[a", "[a]", "[a b=c]", "[a \"", "[[a]]", "[/a]", "<", "<a", "<a \"", "<div>", "</div>",
    "<pre>", "<!--", "<br>", "\n", "x\n\n", "[caption]", "[name b=c]x",
  ])
  func `a long post costs no more than its length`(unit: String) {
    func seconds(_ count: Int) -> Double {
      let text = String(repeating: unit, count: count)
      let start = cpuSeconds()
      _ = WordPressContent(text, images: { _ in nil })
      return cpuSeconds() - start
    }
    // Sixteen times as long takes sixteen times as long, not 256 times.
    let short = (0..<3).map { _ in seconds(2_000) }.min() ?? 0
    #expect(seconds(32_000) < max(short * 80, 0.05))
  }

  @Test func `shortcodes deep in each other are not a stack's depth`() {
    let text =
      String(repeating: "[caption]", count: 20_000) + "x"
      + String(repeating: "[/caption]", count: 20_000)
    let content = WordPressContent(text, images: { _ in nil })
    #expect(content.html.contains("x"))
    #expect(content.dropped > 19_000)
  }
}

/// What the thread has cost so far: other tests run beside this one.
private func cpuSeconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
