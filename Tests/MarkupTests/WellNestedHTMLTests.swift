import Foundation
import TestSupport
import Testing

@testable import Markup

/// What is read without gumbo is read as gumbo reads it.
@Suite struct WellNestedHTMLTests {
  static let read = [
    "", "texte seul", "<p>Un &amp; deux &eacute;&#8217;&#xe9;</p>\n<p>R&D <em>a <b>b</b></em></p>",
    "<ul><li>un<ul><li>deux</li></ul></li>\n<li>trois</li></ul>", "<!-- wp:paragraph --><p>a</p>",
    "a<!-- b -->c", "<a href=\"?a=1&b=2&amp;c\" title='&lt;' download>x</a>",
    "<figure><img src=\"a.jpg\" alt=\"\"/><figcaption>A<br>b</figcaption></figure><hr/>",
    "<h2>Un</h2><div><p>a</p><blockquote><p>b</p></blockquote></div>",
    "<em><p>dans</p></em>suite", "<strong><a href=\"/\">a</a></strong> <a href=\"/\">b</a>",
    """
    <table>
    <thead>\t<tr>
    <th>a</th><th align="right"><b>b</b> c</th></tr></thead>
    <tbody><tr><td><p>d</p><table><tbody></tbody></table></td> </tr>
    </tbody></table>e
    """,
    "<b><table><tbody><!-- a --><tr><td><i>b</i></td></tr></tbody></table></b>",
    "<pre><code>a\n</code></pre><pre> a</pre>", "<dl><dt>a</dt> <dd>b<p>c</p></dd></dl>",
    "AT&T, R&D, Q&A", "<div a=1></div>", "<p>&copy fin</p>", "<h2><em><h3>a</h3></em></h2>",
  ]
  /// What HTML5 has rules of its own for.
  static let left = [
    "<p>a<p>b", "<p><div></div></p>", "<ul><ul></ul></li></ul>", "<div><li>a</li></div>",
    "<a href=x><a href=y></a></a>", "<b><i></b></i>", "</p>", "<table><tr><td>a</table>",
    "<h1><h2></h2></h1>", "<p><hr></p>", "a < b", "<P>a</P>", "<p/>a", "<svg></svg>", "&notin;",
    "&#150;", "&#0;", "&lang;", "\u{fffd}", "<!---->", "<!-- a --!> b -->", "<p a a>x</p>", "<p",
    "<p title=\"", "<script>a</script>", "<?php a ?>", "<pre>\n\na</pre>", "&amp", "<p>&copy=</p>",
    "<table>a<tbody></tbody></table>", "<table><tbody>&eacute;</tbody></table>",
    "<table><tr><td>a</td></tr></table>", "<table><b><tbody></tbody></b></table>",
    "<table><tbody><td>a</td></tbody></table>", "<p><table></table></p>", "<pre>&#10;a</pre>",
    "<dl><dt><dd></dd></dt></dl>", "<table><caption>a</caption></table>",
    "&copyx", "&GTx", "<a title='&copy x'>a</a>", "<a title='&#58a=b'>c</a>",
  ]

  @Test(arguments: read)
  func `what is well nested is read, as a parser of HTML5 reads it`(html: String) throws {
    if let tokens = tokens(of: html) { #expect(try tokens == parsed(html)) }
  }

  @Test(arguments: read.dropLast(3))
  func `and is not given back`(html: String) { #expect(tokens(of: html) != nil) }

  @Test(arguments: left)
  func `what is not is left to the parser`(html: String) throws {
    if let tokens = tokens(of: html) { #expect(try tokens == parsed(html)) }
  }

  /// Pieces put together at random: wherever both read, they read the same.
  @Test func `no mixture is read otherwise`() throws {
    let pieces =
      [
        "p", "em", "a href='x'", "ul", "li", "h2", "div", "figure", "blockquote", "b", "span",
        "table", "tbody", "tr", "td", "dl", "dd", "pre",
      ]
      .flatMap { ["<\($0)>", "</\($0.split(separator: " ")[0])>"] }
      + ["texte", " ", "\n", "<br>", "<hr>", "<img src=\"a&amp;b\">", "&eacute;", "&", "<!--a-->"]
      + [
        "<em title='&lt;\"é' class=\"a&b &#233;\" data-x lang=''>", "</em>", "été", "&#x1f600;",
        "\"",
      ]
    let nested = ["<table><tbody>", "<tr><td>", "</td></tr>", "</tbody></table>", "<dl><dt>"]
    var generator = SeededGenerator(seed: 7)
    var count = 0
    for _ in 0..<60_000 {
      let html = (0..<Int.random(in: 1...14, using: &generator))
        .map { _ in (pieces + nested).randomElement(using: &generator) ?? "" }.joined()
      guard let tokens = tokens(of: html) else { continue }
      count += 1
      #expect(try tokens == parsed(html), "\(html)")
    }
    #expect(count > 1000, "\(count) were read")
  }

  private func tokens(of html: String) -> [HTMLToken]? {
    var html = html
    return html.withUTF8 { unsafe WellNestedHTML.tokens(of: $0) }
  }

  /// The tokens that gumbo makes of a page with this body.
  private func parsed(_ html: String) throws -> [HTMLToken] {
    let page = try parsePage("<!DOCTYPE html><body>" + html)
    let body = page.tokens[...].firstElement { $0.name == "body" } ?? []
    return Array(body.dropFirst().dropLast())
  }
}
