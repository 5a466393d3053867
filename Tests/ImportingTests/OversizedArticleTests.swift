import Importing
import Model
import Testing

/// Articles that would cost time, memory or a feed: each comes in, told and in bounded time.
@Suite struct OversizedArticleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    /// What readers get: the words, or the summary and a link.
    var keepsText: Bool
    var repairs: [Repair]

    init(_ description: String, _ text: String, keepsText: Bool, _ repairs: Repair...) {
      testDescription = description
      self.text = text
      self.keepsText = keepsText
      self.repairs = repairs
    }
  }

  static let ten = String(repeating: "Un mot à lire. ", count: 25)

  static let cases = [
    Case(
      "10 MB",
      String(repeating: "<p>\(ten)</p>\n", count: 25_000),
      keepsText: false,
      .structure,
      .length
    ),
    Case("1 MB", String(repeating: "<p>\(ten)</p>\n", count: 2400), keepsText: false, .length),
    Case(
      "5,000 divisions",
      String(repeating: "<div>", count: 5000) + "Un mot à lire."
        + String(repeating: "</div>", count: 5000),
      keepsText: true,
      .structure
    ),
    Case(
      "100,000 attributes",
      "<p \((0..<100_000).map { "a\($0)" }.joined(separator: " "))>Un mot à lire.</p>",
      keepsText: true,
      .structure
    ),
    Case(
      "20,000 attributes",
      "<p \((0..<20_000).map { "a\($0 % 10)" }.joined(separator: " "))>Un mot à lire.</p>",
      keepsText: true,
      .structure
    ),
    Case(
      "an attribute that never ends",
      "Un mot à lire. <p title=\"" + ten + String(repeating: "x<p>", count: 20_000),
      keepsText: true,
      .structure
    ),
    Case(
      "a script that never ends, many times",
      String(repeating: "<div>", count: 600) + "Un mot à lire."
        + String(repeating: "<script><!--", count: 20_000),
      keepsText: true,
      .structure
    ),
    Case(
      "a picture of 1 MB",
      "<p>Un mot à lire.</p><img alt=\"Une carte\" src=\"data:image/png;base64,\(String(repeating: "A", count: 700_000))\">",
      keepsText: true,
      .embeddedImage
    ),
  ]

  @Test(.timeLimit(.minutes(3)), arguments: cases, ["a.html", "a.md"])
  func `it comes in as far as it can`(example: Case, name: String) throws {
    let text = "---\ntitle: T\nurl: https://a.example/x\n---\n\(example.text)"
    let draft = try draft(text, named: name)
    // Markdown takes an open tag for text.
    if name == "a.html" { #expect(Set(example.repairs).isSubset(of: draft.repairs.counts.keys)) }
    #expect(draft.content.utf8.count <= 500_000)
    #expect(draft.content.contains("Un mot à lire.") == example.keepsText)
    #expect(draft.summary.hasPrefix("Un mot à lire.") == !example.keepsText)
    #expect(draft.url == "https://a.example/x")
    #expect(draft.source == text)
  }

  @Test func `an entity bomb is not expanded, and no file read`() throws {
    let entities = (1...12).map {
      "<!ENTITY e\($0) \"\(String(repeating: "&e\($0 - 1);", count: 10))\">"
    }
    let bomb =
      "<!DOCTYPE x [<!ENTITY e0 \"boum\">\(entities.joined())<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
      + "<p>Un mot à lire. &e12; &f;</p>"
    for name in ["a.html", "a.md", "a.txt"] {
      let draft = try draft("---\ntitle: T\n---\n\(bomb)", named: name)
      #expect(draft.content.utf8.count < 10_000)
      #expect(draft.content.contains("Un mot à lire. &amp;e12; &amp;f;"))
      #expect(!draft.content.contains("root:"))
    }
  }

  @Test func `text that is kept without structure has its paragraphs and characters`() throws {
    let open = String(repeating: "<div>", count: 600)
    let draft = try draft(
      """
      \(open)<p title="a > b">Un &eacute;t&eacute;</p><!-- <p>non --><ul><li>Deux<li>a < b</ul>
      <script>if (a<b) {}</script>Trois <b>mots</b> ici<br>Quatre</div>
      """,
      named: "a.html"
    )
    #expect(
      draft.content == """
        <p>Un été</p>
        <p>Deux</p>
        <p>a &lt; b</p>
        <p>Trois mots ici</p>
        <p>Quatre</p>

        """
    )
  }
}
