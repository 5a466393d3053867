import Markup
import Testing

@testable import Importing

/// What WordPress' wpautop makes of the same text, worked out by hand, but for tags without
/// partners, which it leaves and a parser mends.
struct ClassicParagraphsTests {
  private func html(_ text: String) -> String {
    String(decoding: ClassicParagraphs(of: Array(text.utf8)).html, as: UTF8.self)
      .replacing(">\n", with: ">")
  }

  @Test(arguments: [
    ("", ""), (" \n\n ", ""), ("Un", "<p>Un</p>"), ("Un\n\nDeux", "<p>Un</p><p>Deux</p>"),
    ("Un\n \t\nDeux", "<p>Un</p><p>Deux</p>"), ("\n\nUn\n\n\n\nDeux\n", "<p>Un</p><p>Deux</p>"),
    ("Un\ndeux", "<p>Un<br>deux</p>"), ("Un  \n  deux", "<p>Un<br>deux</p>"),
    ("Un<br />\ndeux", "<p>Un<br>deux</p>"), ("Un<br />deux", "<p>Un<br>deux</p>"),
    ("Un<br><br/>\nDeux", "<p>Un</p><p>Deux</p>"), ("3 < 4", "<p>3 < 4</p>"), ("<", "<p><</p>"),
    ("a <b>b</b> <i>c</i>", "<p>a <b>b</b> <i>c</i></p>"),
    ("<em\nclass=\"x\">a</em>", "<p><em\nclass=\"x\">a</em></p>"),
    ("<img alt=\"a > b\n\nc\">", "<p><img alt=\"a > b\n\nc\"></p>"),
  ])
  func `text becomes paragraphs`(text: String, expected: String) { #expect(html(text) == expected) }

  @Test(arguments: [
    ("<h2>T</h2>\nUn", "<h2>T</h2><p>Un</p>"),
    ("Un\n<h2>T</h2>\nDeux", "<p>Un</p><h2>T</h2><p>Deux</p>"),
    ("Un<div>d</div>deux", "<p>Un</p><div>d</div><p>deux</p>"),
    ("<p>Un</p>\n\n<p>Deux</p>", "<p>Un</p><p>Deux</p>"), ("<p>Un\ndeux</p>", "<p>Un<br>deux</p>"),
    ("<p>Un\n\nDeux</p>", "<p>Un</p><p>Deux</p>"), ("<p>Un\n\n<p>Deux", "<p>Un<p>Deux"),
    ("<ul>\n\t<li>a</li>\n\t<li>b</li>\n</ul>", "<ul><li>a</li><li>b</li></ul>"),
    ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
    ("<ul><li>a\n\nb</li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
    ("<blockquote>a</blockquote>", "<blockquote><p>a</p></blockquote>"),
    ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
    ("<div>a\n\nb</div>", "<div><p>a</p><p>b</p></div>"), ("<div>a\nb</div>", "<div>a<br>b</div>"),
    ("<h2>a\n\nb</h2>", "<h2>a<br><br>b</h2>"),
    (
      "<table>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</table>",
      "<table><tr><td>a</td><td>b</td></tr></table>"
    ),
    ("Un\n<hr />\ndeux", "<p>Un</p><hr /><p>deux</p>"), ("</div>Un", "</div><p>Un</p>"),
    (
      "<figure><img><figcaption>c</figcaption></figure>",
      "<figure><img><figcaption>c</figcaption></figure>"
    ),
    ("<LI>a</LI>", "<LI>a</LI>"), ("<divan>a", "<p><divan>a</p>"),
  ])
  func `blocks stay what they are`(text: String, expected: String) {
    #expect(html(text) == expected)
  }

  @Test(arguments: [
    ("Un\n\n<!--more-->\n\nDeux", "<p>Un</p><p>Deux</p>"),
    ("Un<!-- a\n\nb -->deux", "<p>Undeux</p>"),
    ("Un <!-- sans fin\n\nDeux", "<p>Un</p>"),
    ("a\n<pre>1\n\n2</pre>\nb", "<p>a</p><pre>1\n\n2</pre><p>b</p>"),
    ("<pre>1\n\n2", "<pre>1\n\n2\n"),
    ("<PRE>1\n\n2</Pre >b", "<PRE>1\n\n2</Pre ><p>b</p>"),
    ("<script>a\n\n<p>b</script>", "<script>a\n\n<p>b</script>"),
  ])
  func `comments go, and code is as it was`(text: String, expected: String) {
    #expect(html(text) == expected)
  }
}
