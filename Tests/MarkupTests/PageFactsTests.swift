import Markup
import TestSupport
import Testing

/// Which of the things that pages say counts, and what hostile ones may say.
@Suite struct PageFactsTests {
  private static let prose = String(
    repeating: "<p>Un long texte, qui est celui de l’article.</p>",
    count: 5
  )

  private func page(_ head: String, _ body: String = prose) throws -> HTMLPage {
    try HTMLPage(
      parsing: "<!DOCTYPE html><html><head>\(head)</head><body>\(body)</body></html>",
      from: .web(address: "https://a.example/p/1")
    )
  }

  private func page(linkedData: String) throws -> HTMLPage {
    try page("<title>T</title><script type='application/ld+json'>\(linkedData)</script>")
  }

  @Test(arguments: [
    #"{"@type": "Article", "headline": "H", "author": "A"}"#,
    #"[{"@type": "WebSite"}, {"@type": ["Thing", "BlogPosting"], "headline": "H", "author": ["A"]}]"#,
    #"{"@graph": [{"@type": "https://schema.org/NewsArticle", "headline": "H", "author": {"name": "A"}}]}"#,
    #"{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "H", "author": [{"name": "A"}, {"name": "a"}]}}"#,
    #"{"@graph": [{"@id": "/a", "name": "A"}, {"@type": "Article", "headline": "H", "author": {"@id": "/a"}}]}"#,
    #"<!-- {"@type": "Article", "headline": "H", "author": "A"} -->"#,
    #"//<![CDATA[\#n{"@type": "Article", "headline": "H", "author": "A"}\#n//]]>"#,
    #"<![CDATA[[{"@type": "Article", "headline": "H", "author": "A"}]]]>"#,
    #"{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;H&quot;, &quot;author&quot;: &quot;A&quot;};"#,
    #"{"@type": "Article", "headline": "<i>H</i>", "author": "A\#n"}"#,
    #"{"@type": "Article", "headline": "<script>alert(1)<\/script>H", "author": "A"}"#,
  ])
  func `JSON-LD is read in every form that pages give it`(_ script: String) throws {
    let found = try page(linkedData: script)
    #expect(found.title == "H")
    #expect(found.authors == ["A"])
  }

  @Test(arguments: [
    "", "{", "]", "[[[", "null", "{}", "\"Article\"", #"{"@type": 1, "headline": 2}"#,
    #"{"@type": "Article", "headline": ["", {}], "author": 3, "image": [[]], "datePublished": {}}"#,
    #"{"@type": "Product", "headline": "H"}"#, #"{"@type": "Article" "headline": "H"}"#,
    String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
    String(repeating: #"{"@graph":"#, count: 50_000) + "1" + String(repeating: "}", count: 50_000),
    #"{"@id": "a", "author": {"@id": "a"}, "@type": "Article"}"#,
    #"{"@graph": [{"@id": "a", "b": {"@id": "b"}}, {"@id": "b", "a": {"@id": "a"}}, {"@type": "Article", "author": {"@id": "a"}, "publisher": {"@id": "b"}}]}"#,
  ])
  func `JSON-LD that says nothing is passed over`(_ script: String) throws {
    let found = try page(linkedData: script)
    #expect(found.title == "T")
    #expect(found.authors.isEmpty)
  }

  @Test func `a megabyte of JSON-LD is read`() throws {
    let node = #"{"@type": "NewsArticle", "headline": "Autre", "author": {"name": "X"}},"#
    let nodes = String(repeating: node, count: 1_000_000 / node.utf8.count)
    let found = try page(
      linkedData:
        #"{"@graph": [\#(nodes) {"@type": "Article", "url": "https://a.example/p/1", "headline": "H"}]}"#
    )
    #expect(found.title == "H")
  }

  @Test func `of contradictory facts the most specific one counts`() throws {
    let head = """
      <title>Dans title | Site</title><meta property=og:title content="Dans og">
      <meta property=og:site_name content=Site><meta name=author content="Dans meta">
      <meta property=article:published_time content=2019-01-01>
      <meta name=date content=1999-01-01>
      """
    let microdata = """
      <div itemscope itemtype=http://schema.org/Article><h1 itemprop=headline>En microdata</h1>
      <time itemprop=datePublished datetime=2020-02-02>x</time>
      <span itemprop=author>Microdata</span><div itemprop=articleBody>\(Self.prose)</div></div>
      """
    let script = """
      <script type=application/ld+json>{"@type": "Article", "headline": "En JSON-LD",
      "datePublished": "2021-03-03", "author": "JSON-LD"}</script>
      """
    let all = try page(head + script, microdata)
    #expect(
      [all.title, all.published, all.authors.first] == ["En JSON-LD", "2021-03-03", "JSON-LD"]
    )
    let two = try page(head, microdata)
    #expect(
      [two.title, two.published, two.authors.first] == ["En microdata", "2020-02-02", "Microdata"]
    )
    let one = try page(head)
    #expect(
      [one.title, one.published, one.authors.first] == ["Dans og", "2019-01-01", "Dans meta"]
    )
  }

  @Test func `a date that is none gives way to one that is`() throws {
    let found = try page(
      """
      <meta property=article:published_time content=2026-01-01>
      <script type=application/ld+json>{"@type": "Article", "datePublished": "hier"}</script>
      """
    )
    #expect(found.published == "2026-01-01")
  }

  @Test func `of several articles in JSON-LD the one that is here counts`() throws {
    let found = try page(
      linkedData: """
        [{"@type": "Article", "headline": "Ailleurs", "url": "https://a.example/p/2"},
        {"@type": "Article", "headline": "Ici", "mainEntityOfPage": {"@id": "https://a.example/p/1"}}]
        """
    )
    #expect(found.title == "Ici")
  }

  @Test(
    arguments: [
      ("javascript:alert(1)", nil), ("file:///etc/passwd", nil), ("/b", "https://a.example/b"),
      ("c?d", "https://a.example/p/c?d"), ("https://b.example/x", "https://b.example/x"),
      ("data:text/html,x", nil),
    ] as [(String, String?)]
  )
  func `an address is one of the web, and absolute`(stated: String, address: String?) throws {
    let head =
      "<link rel='shortlink canonical' href='\(stated)'><meta property=og:image content='\(stated)'>"
    let found = try page(head)
    #expect(found.canonicalURL == address)
    #expect(found.image == address)
  }

  @Test(
    arguments: [
      ("<html lang=en><article lang=fr>\(prose)</article>", "fr"),
      ("<html lang=fr-CA>\(prose)", "fr-CA"),
      ("<meta property=og:locale content=es_AR>\(prose)", "es-AR"), (prose, nil),
    ] as [(String, String?)]
  )
  func `the language is that of the text`(html: String, language: String?) throws {
    let found = try HTMLPage(parsing: html, from: .web(address: "https://a.example/"))
    #expect(found.language == language)
  }
}

/// What of a page's text is the article.
@Suite struct ArticleTextTests {
  private static let paragraph =
    "<p>Un paragraphe assez long pour être de la prose, avec des virgules, et une fin.</p>"
  private static let prose = String(repeating: paragraph, count: 4)
  private static let text = Array(
    repeating: "Un paragraphe assez long pour être de la prose, avec des virgules, et une fin.",
    count: 4
  ).joined(separator: "\n\n")

  private func text(of body: String) throws -> String {
    let html = "<html><head><title>Le titre</title></head><body>\(body)</body></html>"
    return try HTMLPage(parsing: html, from: .web(address: "https://a.example/")).body.plainText
  }

  @Test(arguments: [
    "<article><p>Un résumé.</p></article><article>\(prose)</article><article><p>Autre.</p></article>",
    "<main><p>Bref.</p></main><div>\(prose)</div>", "<div role=main>\(prose)</div><div>Pied</div>",
    "<div><div><div>\(prose)</div><ul><li><a>Un lien</a></ul></div></div>",
    "<article><h1>Le titre</h1>\(prose)</article>", "<article><h2>LE TITRE</h2>\(prose)</article>",
    "<article><nav>n</nav>\(prose)<aside>a</aside><form><p>f</p></form></article>",
    "<article>\(prose)<div class=sharedaddy>p</div><div id=jp-relatedposts>r</div></article>",
    "<article>\(prose)<div class='wp-block-newsletter-signup'><p>\(prose)</p></div></article>",
    "<article>\(prose)<p hidden>h</p><p aria-hidden=true>h</p><p style='DISPLAY : none'>h</p></article>",
    "<article>\(prose)<div role=complementary>c</div></article>",
    "<article>\(prose)<h3>Publications similaires</h3><p><a href=/a>Une autre</a></p></article>",
    "<article>\(prose)<div><div><h4>Lire aussi :</h4></div><ul><li>Ceci</li></ul></div></article>",
    "<article>\(prose)<p>Partagez</p><p><a href=/x>X</a></p></article>",
    "<article>\(prose)<p>Étiquettes : <a rel=tag>un</a>, <a rel=tag>deux trois</a></p></article>",
    "<form>\(prose)</form>", "<div hidden>\(prose)</div>", "<div class=sidebar>\(prose)</div>",
    "<div class='comments'><h1>Le titre</h1>\(prose)</div>",
    "<article class=newsletter>\(prose)</article>",
    "<article>\(prose)</article><div id=comments>\(prose)\(prose)</div>",
    "<article>\(prose)<section class=comments>\(prose)\(prose)</section></article>",
    "<div class=tag-social><div class=no-share><div class=category-menu>\(prose)</div></div></div>",
    "<header><h1>Le site</h1><p>\(paragraph)</header>\(prose)<footer>\(paragraph)</footer>",
  ])
  func `the article is kept, and only that`(_ body: String) throws {
    let found = try text(of: body)
    #expect(found == Self.text)
  }

  @Test(arguments: [
    "<h2 id=le-dialogue-social>Le dialogue social</h2>", "<h2 id=menu>Au menu</h2>",
    "<p id=comment-faire>Comment faire</p>", "<h2>Lire aussi Kapuściński</h2>",
    "<aside class=x></aside><footer class=footnotes>Une note</footer>",
    "<ul><li><a href=/a>Une source</a></li></ul>", "<p class=has-social-color>Du social</p>",
  ])
  func `what only looks like chrome stays`(_ element: String) throws {
    let words = try HTMLFragment(parsing: element).plainText
    let found = try text(of: "<article>\(Self.prose)\(element)\(Self.prose)</article>")
    #expect(found == Self.text + "\n\n" + words + "\n\n" + Self.text)
  }

  @Test func `a heading of a tail with paragraphs behind it stays`() throws {
    let found = try text(of: "<article>\(Self.prose)<h2>Commentaires</h2>\(Self.prose)</article>")
    #expect(found == Self.text + "\n\nCommentaires\n\n" + Self.text)
  }

  @Test func `an article that the page repeats is not taken for a part of it`() throws {
    let script = #"{"@type": "Article", "articleBody": "\#(Self.text.replacing("\n", with: " "))"}"#
    let found = try text(
      of: """
        <script type=application/ld+json>\(script)</script>
        <div><article>\(Self.paragraph)\(Self.paragraph)</article>\(Self.paragraph)\(Self.paragraph)</div>
        """
    )
    #expect(found == Self.text)
  }

  @Test func `nothing empty is left where something was`() throws {
    let html =
      "<article><div><header><nav>n</nav></header></div>\(Self.paragraph)<hr><p><br></p></article>"
    let page = try HTMLPage(parsing: html, from: .web(address: "https://a.example/"))
    #expect(page.body.sanitised(base: nil).text == Self.paragraph + "<hr><p><br></p>")
  }

  @Test(arguments: ["", "<p>Bonjour", "<article></article>", "<body hidden>", "<title>T</title>"])
  func `a page of few words gives what it has`(_ html: String) throws {
    let page = try HTMLPage(parsing: html, from: .web(address: "https://a.example/"))
    let whole = try HTMLFragment(parsing: html).plainText
    #expect(page.body.plainText == whole)
  }

  @Test func `scripts and drawings do not make a page too deep`() throws {
    let drawing = "<div><svg><style>a{}</style></svg><script>'</div>'</script></div>"
    let hidden = String(repeating: drawing, count: 600)
    let script = #"{"@type": "Article", "headline": "H"}"#
    let html = """
      \(hidden)<script type=application/ld+json>\(script)</script><!-- -->
      <article>\(Self.prose)</article><script>
      """
    #expect(throws: HTMLError.tooDeep(limit: 512)) { try HTMLPage(parsing: html) }
    let page = try HTMLPage(parsing: html, from: .web(address: "https://a.example/"))
    #expect(page.title == "H")
    #expect(page.body.plainText == Self.text)
  }

  @Test(arguments: ["<div>", "<!-- <div>", "<script>", "<svg><div>", "<<div"])
  func `a page that is too deep is refused`(_ start: String) throws {
    let html = String(repeating: "<div>", count: 600) + String(repeating: start, count: 50_000)
    #expect(throws: HTMLError.tooDeep(limit: 512)) {
      try HTMLPage(parsing: html, from: .web(address: "https://a.example/"))
    }
  }

  @Test func `an editor's page keeps all of its text`() throws {
    let body = "<aside>Encadré</aside><p>a</p><form>b</form><div class=related>c</div>"
    let file = try HTMLPage(parsing: "<title>T</title><body>\(body)")
    #expect(file.body.plainText == "Encadré\n\na\n\nb\n\nc")
  }

  @Test func `a saved page is read as one of the web`() throws {
    let html = """
      <title>T</title><link rel=canonical href=https://a.example/x>
      <article>\(Self.prose)<div class=related>c</div></article>
      """
    #expect(try HTMLPage(parsing: html).body.plainText == Self.text)
  }

  @Test(
    arguments: [
      String(repeating: "<div class='share related comments'>", count: 400) + prose,
      String(repeating: "<h1>a</h1><h2>b</h2>", count: 5000) + prose,
      String(repeating: "<time datetime=1>x</time><a rel='author tag'>y</a>", count: 2500)
        + prose,
      String(
        repeating: "<article itemprop=articleBody><div class=nav>a</div></article>",
        count: 2500
      ),
      String(
        repeating: "<div itemscope itemtype=Article itemprop=author><i itemprop=name>a</i></div>",
        count: 2000
      ),
      "<p " + (0..<5000).map { "a\($0)=b " }.joined() + ">" + prose,
      "<div class='" + String(repeating: "nav-", count: 15_000) + "'>" + prose,
      "<div class='" + String(repeating: "a ", count: 30_000) + "'>" + prose,
      String(repeating: "<p>\(String(repeating: "mot ", count: 40))</p>", count: 2500),
      String(repeating: "<footer>", count: 400) + String(repeating: "<p><a>b</a>", count: 5000),
    ]
  )
  func `a hostile page costs little`(_ body: String) throws {
    let time = try processorTime { _ = try text(of: body) }
    #expect(time < .seconds(20))
  }
}
