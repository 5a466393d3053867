import Markup
import Testing

@Suite struct PlainTextTests {
  @Test(arguments: [
    ("<p>Un  <b>deux</b>\n trois</p><p>quatre</p>", "Un deux trois\n\nquatre"),
    ("<h2>T</h2><p>a<br>b</p>", "T\n\na\nb"),
    ("<ul><li>a<li>b<ul><li>c</ul></ul>d", "• a\n• b\n  • c\n\nd"),
    ("<p>x</p><ol start=3><li><p>a</p></li><li>b</li></ol>", "x\n\n3. a\n\n4. b"),
    ("<pre>a\n  b</pre>c", "a\n  b\n\nc"), ("a<img alt='une carte'>b", "aune carteb"),
    ("<p>l<em>e</em>s</p>", "les"), ("<p><b>a </b>b <i> c</i></p>", "a b c"),
    ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "a | b\n1 | 2"),
    ("<dl><dt>a<dd>b</dl>", "a\nb"),
    ("a\u{a0}: «\u{202f}b\u{202f}»", "a\u{a0}: «\u{202f}b\u{202f}»"),
    ("<script>x</script><style>y</style><title>z</title>a<!-- b -->", "a"),
    ("", ""), ("  \n ", ""), ("&lt;b&gt;", "<b>"), ("<p>a</p>\n\n<p> </p>\n<p>b</p>", "a\n\nb"),
    ("<blockquote><p>a</p></blockquote><hr><div>b</div>", "a\n\nb"),
  ])
  func `a fragment is read as text`(html: String, text: String) throws {
    let result = try HTMLFragment(parsing: html).plainText
    #expect(result == text)
  }

  @Test func `sanitised html is read as text`() {
    #expect(
      SanitisedHTML(trusted: "<p>a &amp; b</p><ul><li>c</li></ul>").plainText == "a & b\n\n• c"
    )
  }

  @Test(
    arguments: [
      ("<p>a</p><h2> Le <em>titre</em>\n</h2><h1>b</h1>", "Le titre"), ("<p>a</p>", nil),
      ("<h1> </h1>", nil),
    ] as [(String, String?)]
  )
  func `the first heading is found`(html: String, heading: String?) throws {
    let result = try HTMLFragment(parsing: html).firstHeading
    #expect(result == heading)
  }
}
