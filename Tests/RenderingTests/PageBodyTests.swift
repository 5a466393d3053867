import Testing

@testable import Rendering

@Suite struct PageBodyTests {
  @Test(arguments: [
    ("<h1>A</h1><h4>B</h4><h4>C</h4><h2>D</h2>", "<h2>A</h2><h3>B</h3><h3>C</h3><h3>D</h3>"),
    ("<h3>A</h3><h2>B</h2><h3>C</h3>", "<h2>A</h2><h2>B</h2><h3>C</h3>"),
    ("<h2 lang=\"en\">A</h2>", "<h2 lang=\"en\">A</h2>"),
    (
      "<h1>1</h1><h2>2</h2><h3>3</h3><h4>4</h4><h5>5</h5><h6>6</h6>",
      "<h2>1</h2><h3>2</h3><h4>3</h4><h5>4</h5><h6>5</h6><h6>6</h6>"
    ),
    ("<h1><div><h2>A</h2></div></h1>", "<h2><div><h3>A</h3></div></h2>"),
    ("<header><hr></header>", "<header><hr></header>"),
  ])
  func `headings come below the title without leaving out a level`(content: String, body: String) {
    #expect(html(content) == body)
  }

  @Test func `a table has a frame, a table within it has none of its own`() {
    let frame = "<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">"
    #expect(
      html("a<table><tr><td><table></table></td></tr></table>b<table></table>")
        == "a\(frame)<table><tr><td><table></table></td></tr></table></div>b\(frame)<table></table></div>"
    )
  }

  @Test func `a landmark becomes a block`() {
    #expect(html("<main dir=\"ltr\"><nav>a</nav></main>") == "<div dir=\"ltr\"><div>a</div></div>")
  }

  @Test(arguments: ["", "text", "<p>é &lt;h1&gt;</p>", "<p title=\"&lt;table&gt;\">a</p>b"])
  func `everything else stays as it is`(content: String) {
    #expect(html(content) == content)
  }

  private func html(_ content: String) -> String {
    let bytes = Array(content.utf8)
    return PageBody(bytes.span, tableLabel: "Table").html
  }
}
