import Markup
import Testing

@Suite struct HTMLPageTests {
  @Test func `a page says what it is`() throws {
    let page = try HTMLPage(
      parsing: """
        <!DOCTYPE html><html lang="fr-FR"><head><meta charset="utf-8">
        <title>Le corridor – Veille</title>
        <meta name="Description" content=" Une  route. ">
        <meta name="author" content="Inés Valcourt">
        <meta property="article:published_time" content="2026-11-20T08:00:00+01:00">
        <link rel="canonical" href="https://veille.example/corridor">
        </head><body><nav>menu</nav><main><article><h1>Le corridor</h1><p>Du texte.</p></article></main>
        <footer>pied</footer></body></html>
        """
    )
    #expect(page.title == "Le corridor")
    #expect(page.description == "Une route.")
    #expect(page.language == "fr-FR")
    #expect(page.canonicalURL == "https://veille.example/corridor")
    #expect(page.authors == ["Inés Valcourt"])
    #expect(page.published == "2026-11-20T08:00:00+01:00")
    #expect(page.body.sanitised(base: nil).text == "<p>Du texte.</p>")
  }

  @Test(arguments: [
    ("<main><h1>a</h1></main><p>b", "a"), ("<article>a</article><article>b</article>", "a\n\nb"),
    ("<article>a</article><p>b", "a"), ("<p>a", "a"), ("", ""), ("<div role=main>a</div>b", "a"),
  ])
  func `what there is to read is found`(body: String, text: String) throws {
    let page = try HTMLPage(parsing: "<html><head><title>t</title></head><body>\(body)")
    #expect(page.body.plainText == text)
  }

  @Test(
    arguments: [
      ("<meta property=og:title content=A><title>B</title><h1>C</h1>", "A", "C"),
      ("<title>B</title><h1>C</h1>", "B", "C"), ("<h1>C</h1>d", "C", "d"),
      ("<title>C | Veille</title><h1>C</h1>d", "C", "d"), ("<p>d", nil, "d"),
    ] as [(String, String?, String)]
  )
  func `a heading that repeats the title goes`(html: String, title: String?, text: String) throws {
    let page = try HTMLPage(parsing: html)
    #expect(page.title == title)
    #expect(page.body.plainText == text)
  }

  @Test func `a time is a date`() throws {
    let page = try HTMLPage(parsing: "<article><time datetime=2026-11-20>hier</time>a</article>")
    #expect(page.published == "2026-11-20")
  }
}
