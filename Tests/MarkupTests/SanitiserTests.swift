import Markup
import Testing

func sanitised(_ html: String, base: String? = "https://veille.example/articles/chili") throws
  -> String
{
  try HTMLFragment(parsing: html).sanitised(base: base).text
}

@Suite struct SanitiserTests {
  @Test(arguments: [
    ("<p>a <b>b</b> <i>i</i></p>", "<p>a <strong>b</strong> <em>i</em></p>"),
    ("<P CLASS=x ID=y STYLE='color:red' onclick=z>a</p>", "<p>a</p>"),
    ("a<script>alert(1)</script>b", "ab"),
    ("<p>a<!-- b --><?php c ?></p>", "<p>a</p>"),
    ("<a href='/x?a=1&amp;b=2'>l</a>", "<a href=\"https://veille.example/x?a=1&amp;b=2\">l</a>"),
    ("<a href='javascript:alert(1)'>l</a>", "l"),
    ("<a href='#fn-1'>1</a>", "<a href=\"https://veille.example/articles/chili#fn-1\">1</a>"),
    ("<img src=p.png width=1 height=1>a", "a"),
    (
      "<img data-src=p.png src=data:x alt=A>",
      "<img src=\"https://veille.example/articles/p.png\" alt=\"A\">"
    ),
    ("<pre>\n\n a\n</pre>", "<pre>\n\n a\n</pre>"),
    (
      "<form><p>a <a href=/b><button><a href=/c>c</a></button></a></p></form>",
      "<p>a <a href=\"https://veille.example/b\"></a><a href=\"https://veille.example/b\"></a>"
        + "<a href=\"https://veille.example/c\">c</a></p>"
    ),
    ("&eacute; &#233; &#128; &#x92; &nope; &amp;lt;", "é é € ’ &amp;nope; &amp;lt;"),
    ("a&#0;b&#x1F;c&#xD800;d&#1114112;e", "abcde"),
  ])
  func `a fragment is cleaned`(html: String, clean: String) throws {
    let result = try sanitised(html)
    #expect(result == clean)
  }

  /// The source has none of these characters; a parser makes them.
  @Test(arguments: [
    ("&#1;", ""), ("&#8;", ""), ("&#11;", ""), ("&#x1F;", ""), ("&#x7F;", ""), ("&#x81;", ""),
    ("&#xFFFE;", ""), ("&#xFFFF;", ""), ("&#xFDD0;", ""), ("&#x1FFFE;", ""), ("&#13;", "\n"),
    ("&#x85;", "…"), ("&#0;", ""), ("&#xD800;", ""), ("&#xFFFD;", ""),
  ])
  func `a reference to a character that breaks a feed is mended`(
    reference: String,
    mended: String
  ) throws {
    let html = try sanitised(
      "<p>x\(reference)y</p><img src=a alt='x\(reference)y'>",
      base: "https://v.example/"
    )
    let clean = "<p>x\(mended)y</p><img src=\"https://v.example/a\" alt=\"x\(mended)y\">"
    #expect(Array(html.utf8) == Array(clean.utf8))
    let text = try HTMLFragment(parsing: "<pre>x\(reference)y</pre>").plainText
    #expect(Array(text.utf8) == Array("x\(mended)y".utf8))
  }
}
