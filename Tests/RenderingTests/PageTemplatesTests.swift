import Model
import Testing

@testable import Rendering

@Suite struct PageTemplatesTests {
  @Test(arguments: [
    ("index.html.mustache", "<h1>{{publicaton}}</h1>\n", 1, 5, "did you mean “publication”?"),
    ("topic.html.mustache", "{{#articles}}\n{{/articles}}\n{{title}}\n", 3, 1, "no value “title”"),
    ("article.html.mustache", "a\n{{#heading}}\nb\n", 4, nil, "a section is not closed"),
    ("article-list.html.mustache", "{{#articles}}\n {{titel}}{{/articles}}", 2, 2, "“title”?"),
    ("feed-badges.html.mustache", "\n{{#badges}}{{url}}{{/badges}}", 2, 12, "no value “url”"),
    ("footer.html.mustache", "{{> mastheads}}", 1, 1, "did you mean “masthead”?"),
    ("footer.html.mustache", "x {{> footer}}", 1, 3, "“footer” would include itself"),
    ("site.css.mustache", "a { color: {{acent}} }", 1, 12, "did you mean “accent”?"),
  ])
  func `a template's error has its place`(
    name: String,
    text: String,
    line: Int,
    column: Int?,
    message: String
  ) throws {
    let file = TemplateFile(name: name, text: text, path: "t/\(name)")
    let templates = try Templates(overrides: [file])
    let problem = #expect(throws: Problem.self) { try templates.check() }
    #expect(problem?.path == "t/\(name)")
    #expect(problem?.line == line)
    if let column { #expect(problem?.column == column) }
    #expect(problem?.message.contains(message) == true, "\(problem?.message ?? "")")
  }

  @Test func `a site's own piece is in every page`() throws {
    let file = TemplateFile(
      name: "footer.html.mustache",
      text: "<footer>{{publication}} &amp; {{noCookies}}</footer>\n",
      path: "t"
    )
    let templates = try Templates(overrides: [file])
    try templates.check()
    let renderer = try PageRenderer(site: SamplePages.site, templates: templates)
    let page = renderer.index(of: SamplePages.homeFeed, entries: [])
    #expect(
      String(decoding: page, as: UTF8.self).contains(
        "</main>\n<footer>Veille géopolitique &amp; Ce site ne dépose"
      )
    )
  }

  /// Else an element of a list that lacks a value would show the page's.
  @Test(arguments: Page.allCases)
  func `no value in a list has the name of one around it`(page: Page) {
    for section in page.names {
      expectNew(Page.names(inside: section), around: page.names)
    }
  }

  private func expectNew(_ names: Set<String>, around: Set<String>) {
    #expect(names.isDisjoint(with: around))
    for name in names {
      expectNew(Page.names(inside: name), around: around.union(names))
    }
  }
}
