import Markup
import TestSupport
import Testing

/// Texts that take a parser without limits seconds, minutes or all memory.
@Suite struct HTMLLimitsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let html: String
    let error: HTMLError
  }

  @Test(arguments: cases) func `what would take too long is refused fast`(_ example: Case) {
    let time = processorTime {
      #expect(throws: example.error) { try HTMLFragment(parsing: example.html) }
      #expect(throws: example.error) { try HTMLPage(parsing: example.html) }
    }
    // A debug build with AddressSanitizer takes 50 seconds for one of them.
    #expect(time < .seconds(100))
    #expect(!"\(example.error)".isEmpty)
  }

  static let tooDeep = HTMLError.tooDeep(limit: 512)

  static let cases = [
    Case("many divisions", "<div>" * 50_000, tooDeep),
    Case("many unknown elements", "<x-y>" * 50_000, tooDeep),
    Case("ends that are in comments", "<div><!--</div>-->" * 1000, tooDeep),
    Case("ends that are in attributes", "<div><a title='</div>'></a>" * 1000, tooDeep),
    Case("ends that are in scripts", "<div><script></div></script>" * 1000, tooDeep),
    Case(
      "ends in scripts in scripts",
      "<div><script><!--<script></script></div>--></script>" * 1000,
      tooDeep
    ),
    Case(
      "ends in styles in foreign content",
      "<div><svg><style><g a='</style></svg></div>'>" * 1000,
      tooDeep
    ),
    Case(
      "ends in an overlooked style",
      "<div><select><style><option a='</style></div>'></select>" * 1000,
      tooDeep
    ),
    Case("ends in foreign character data", "<div><svg><![CDATA[></div>]]></svg>" * 1000, tooDeep),
    Case(
      "tags behind a comment that is none",
      "<svg><style><g a='</style><!--'>" + "<g>" * 1000,
      tooDeep
    ),
    Case("ends that a cell keeps away", "<div><table><td></div>" * 1000, tooDeep),
    Case("ends that a choice keeps away", "<div><select></div></select>" * 1000, tooDeep),
    Case("ends that a division keeps away", "<span><div></span>" * 1000, tooDeep),
    Case("ends of formatting around divisions", "<b><div></b>" * 1000, tooDeep),
    Case("ends of forms around divisions", "<form><div></form>" * 1000, tooDeep),
    Case("items of two kinds of list", "<dd><li>" * 1000, tooDeep),
    Case("formatting that overlaps", "<i><font></i>" * 1000, tooDeep),
    Case("slashes that close foreign roots", "<path/><math/>" * 1000, tooDeep),
    Case("parts of tables outside of any", "<ul></caption><caption>" * 1000, tooDeep),
    Case("ends of bodies", "<body><div></body>" * 1000, tooDeep),
    Case("slashes that close nothing", "<svg><div></div>" + "<g/>" * 1000, tooDeep),
    Case("slashes behind a heading", "<h1><svg></h2>" + "<g/>" * 1000, tooDeep),
    Case("slashes behind an item", "<li><svg></li>" + "<g/>" * 1000, tooDeep),
    Case("slashes outside", "<x-y/>" * 1000, tooDeep),
    Case(
      "paragraphs that open many elements again",
      (0..<200).map { "<font size=\($0)>" }.joined() + "<p>x" * 100_000,
      .tooIntricate
    ),
    Case("ends of what is not open", "<div>" * 500 + "</b>" * 100_000, .tooIntricate),
    Case(
      "a tag with many attributes",
      "<p " + (0..<8000).map { "a\($0) " }.joined() + ">",
      .tooIntricate
    ).repeated(20),
    Case("a long tag", "<p title='" + "a" * 70_000 + "'>", .tagTooLong(bytes: 65_536)),
    Case("a tag that never ends", "<p title='" + "a" * 70_000, .tagTooLong(bytes: 65_536)),
    Case("many bytes", "a" * 10_000_001, .tooLarge(bytes: 10_000_001)),
  ]

  @Test(arguments: [
    "<p>a" * 20_000, "<li>a" * 20_000, "<p><b>a</b> <i>b</i>" * 5000, "<div>" * 500,
    "<b>a</b><br>" * 20_000, "<p><b>a" * 300, "<!-- <div> -->" * 1000,
    "<script>if (a<b) { '<div>' }</script>" * 600, "<script><!-- x('<b>') --></script><div>" * 300,
    "a < b " * 10_000,
    "<svg><style>a{}</style></svg><p>x" * 1000,
    "<table>" + "<tr><td>a<td>b" * 5000, "<" * 10_000, "&amp;" * 100_000, "<ul><li>a</ul>" * 5000,
    "<svg>" + "<path d='m'/>" * 2000 + "</svg>", "<h1>a</h1><form><p>b</p></form><b>c</b>" * 600,
    "<table><tr><td><div>a</div></td></tr></table>" * 600, "<span><em>a</em></span>" * 600,

  ])
  func `what is only long or careless is read`(_ html: String) throws {
    let text = try HTMLFragment(parsing: html + "<p>fin</p>").plainText
    #expect(text.hasSuffix("fin"))
  }

  @Test(arguments: [
    "&#4294967361;", "&#99999999999;", "&#xFFFFFFFFFF41;", "&#x110000;", "&#18446744073709551681;",
  ])
  func `a reference past Unicode is dropped`(_ reference: String) throws {
    let html = try sanitised("a\(reference)b")
    #expect(html == "ab")
  }
}

extension HTMLLimitsTests.Case {
  init(_ description: String, _ html: String, _ error: HTMLError) {
    self.init(testDescription: description, html: html, error: error)
  }

  func repeated(_ count: Int) -> Self {
    Self(testDescription, html * count, error)
  }
}

private func * (text: String, count: Int) -> String {
  String(repeating: text, count: count)
}
