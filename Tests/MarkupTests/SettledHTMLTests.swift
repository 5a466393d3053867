import TestSupport
import Testing

@testable import Markup

/// What is written is not parsed again where it is certain that this would change nothing.
@Suite struct SettledHTMLTests {
  private static let base = WebAddress("https://v.example/d/e")

  @Test(arguments: [
    "", "<p>Un <b>deux</b> &amp; «\u{202f}trois\u{202f}» \u{1f600}</p>", "<p>a<p>b", "<P>a</P>",
    "<p class=\"x\" style='y'>a</p><!-- b -->", "<ul><li><a href=\"/x?y&amp;z#1\">a</a></li></ul>",
    "<figure><img src=\"é.jpg\" alt=\"\" width=\"640\"><figcaption>a</figcaption></figure>",
    "<img data-src=\"b.jpg\" src=\"data:x\">", "<a name=\"x\">a</a>", "<h2>a</h2><hr><p>b<br>c</p>",
    "<x-y><p>a</p></x-y>", "<script>a</script>b", "<iframe src=\"//v.example/1\"></iframe>",
    "<q cite=\"https://A.example\">a</q>", "<table><tr><td>a</td></tr></table>",
    "<pre>\n\na</pre>", "<dl><dt>a<dd>b</dl>",
  ])
  func `most HTML is written once`(html: String) throws {
    let written = try Self.written(html)
    #expect(written.isSettled)
    #expect(HTMLFragment.settled(written.html, base: Self.base) == written.html)
  }

  @Test(arguments: [
    "<table><caption>a</caption></table>",
    "<a href=\"a\"><iframe src=\"b\"></iframe></a>",
    "<img src=\"a\" width=\"+1\">", "<h2><x-y><h3>a</h3></x-y></h2>", "&#xf000;",
    "<button><li>a</li></button>",
    "<p>a<button><p>b</p></button></p>",
  ])
  func `what a parser may change is parsed again`(html: String) throws {
    let written = try Self.written(html)
    #expect(!written.isSettled)
  }

  /// Pieces put together at random: wherever it is certain, the long way gives the same.
  @Test func `it is never certain and wrong`() throws {
    var generator = SeededGenerator(seed: 11)
    var count = 0
    for _ in 0..<8_000 {
      let html = (0..<Int.random(in: 1...10, using: &generator))
        .map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
      let written = try Self.written(html)
      guard written.isSettled else { continue }
      count += 1
      let again = try Self.written(written.html).html
      #expect(again == written.html, "\(html)")
    }
    #expect(count > 500, "\(count) were certain")
  }

  private static func written(_ html: String) throws -> (html: String, isSettled: Bool) {
    try Sanitiser.written(HTMLFragment(parsing: html).tokens, base: base)
  }

  private static let pieces =
    [
      "p", "b", "a href='x'", "a href=\"https://a.example/b?c#d\"", "a", "ul", "li", "h2", "div",
      "table", "tbody", "tr", "td", "dl", "dd", "pre", "x-y", "button", "figure",
      "p lang='fr' dir='RTL'", "ol start='+3'",
      "q cite='javascript:x'", "strike", "object",
    ].flatMap { ["<\($0)>", "</\($0.split(separator: " ")[0])>"] }
    + [
      "texte", " ", "\n", "été", "&lt;b&gt;", "\"", "&", "<!--a-->", "&nbsp;", "\u{1f600}", "<hr>",
      "<br/>", "\u{f000}", "&#xfb01;", "\u{85}", "<", "<iframe src='/v'></iframe>",
      "<img src='a' width='+1'>", "<img src='a' height='007' alt='&quot;é'>", "<img alt='seul'>",
      "<img src='data:image/png;base64,AA =='>", "<img srcset='a 1x, javascript:b 2x'>",
      "<img data-src='https://a.example/../é'>", "<img src='https://a.example' style='width:1px'>",
    ]
}
