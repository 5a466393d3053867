import Markup
import TestSupport
import Testing

@Suite struct MarkdownTests {
  @Test(arguments: [
    (
      "# T\n\nUn *deux* **trois**\n", "<h1>T</h1>\n<p>Un <em>deux</em> <strong>trois</strong></p>\n"
    ),
    (
      "~~a~~ https://x.example/",
      "<p><del>a</del> <a href=\"https://x.example/\">https://x.example/</a></p>\n"
    ),
    ("<u>z</u>\n", "<p><u>z</u></p>\n"), ("", ""), ("a\r\nb", "<p>a\nb</p>\n"),
    ("3. a\n4. b\n", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"),
    ("\"a\" -- é", "<p>&quot;a&quot; -- é</p>\n"),
  ])
  func `a text becomes html`(markdown: String, expected: String) throws {
    let result = try html(fromMarkdown: markdown)
    #expect(result == expected)
  }

  @Test func `tables and footnotes survive the sanitiser`() throws {
    let markdown =
      "|a|b|\n|-|:-:|\n|1|<b onclick=x>2</b>|\n\nx[^n]\n\n[^n]: note <script>y</script>\n"
    let result = try sanitised(html(fromMarkdown: markdown), base: "https://v.example/a")
    #expect(SafeHTMLGrammar(result).faults == [])
    #expect(result.contains("<th>a</th>"))
    #expect(result.contains("<td><strong>2</strong></td>"))
    #expect(result.contains("<sup><a href=\"https://v.example/a#fn-n\">1</a></sup>"))
    #expect(result.contains("note "))
  }

  @Test(arguments: [
    (String(repeating: "a", count: 1_000_001), MarkdownError.tooLarge(bytes: 1_000_001)),
    ("a\n" + String(repeating: "|a", count: 10_000), .tooManyColumns(line: 2)),
    ("a\n\n" + String(repeating: "> ", count: 10_000), .tooDeep(line: 3)),
    (String(repeating: "- ", count: 1000), .tooDeep(line: 1)),
  ])
  func `what takes too long is refused`(markdown: String, error: MarkdownError) {
    #expect(throws: error) { try html(fromMarkdown: markdown) }
    #expect(!"\(error)".isEmpty)
  }

  /// Each is known to have been quadratic in one Markdown parser or another.
  @Test(arguments: [
    "*a **a ", "a**b", "[", "![l", "`a``b", "<!--", "<a ", "[a](<b", "_(__a", "*a_ ", "[^a]:\n",
    "www.", "a@b.",
    "~~a~", "|a|\n|-|\n", "- a\n", "&", "\\", "<?", "<!A ", "[a](", "https://a.", "\n> ", "*", "~",
  ])
  func `what is repeated takes little time`(_ piece: String) throws {
    let text = String(repeating: piece, count: 20_000)
    let time = processorTime { _ = try? html(fromMarkdown: text) }
    #expect(time < .seconds(5))
  }
}
