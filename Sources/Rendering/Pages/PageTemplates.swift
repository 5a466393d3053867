import Model
import Mustache

/// The templates of the public pages, parsed, with the pieces that they share.
struct PageTemplates {
  /// Pieces that a template includes: `{{> masthead}}`.
  static let pieces = [
    "page-head", "masthead", "footer", "article-list", "article-item", "feed-list", "feed-badges",
    "door-head", "choices", "address-field", "problems",
  ]

  private let library: MustacheLibrary

  /// Parses them, and checks that every name in them exists.
  init(_ templates: Templates) throws(Problem) {
    var library = MustacheLibrary()
    for name in Page.allCases.map(\.template) + Self.pieces {
      let file = try templates.page(name)
      library.register(try file.parsed(), named: name)
    }
    for page in Page.allCases { try PageTemplateCheck(templates).check(page) }
    self.library = library
  }

  /// Renders a page; values are text, lists and truths, already escaped.
  func render(_ page: Page, _ values: [String: Any]) -> [UInt8] {
    Array((library.render(values, withTemplate: page.template) ?? "").utf8)
  }
}

extension Templates {
  /// The file of a page's template, or of a piece of pages.
  func page(_ name: String) throws(Problem) -> TemplateFile {
    try file(name.contains(".") ? "\(name).mustache" : "\(name).html.mustache")
  }
}
