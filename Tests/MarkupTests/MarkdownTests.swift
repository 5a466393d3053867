import Markup
import Testing

@Suite struct MarkdownTests {
  @Test func `tables, footnotes and raw html come through`() throws {
    let html = try html(fromMarkdown: "|a|b|\n|-|-|\n|1|2|\n\nx[^1] ~~y~~ <u>z</u>\n\n[^1]: note\n")
    #expect(html.contains("<td>1</td>"))
    #expect(html.contains("<del>y</del> <u>z</u>"))
    #expect(html.contains("footnote-ref"))
  }
}
