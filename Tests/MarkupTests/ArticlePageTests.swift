import Foundation
import Markup
import Testing

/// Pages in the shapes that real software makes; each says what it was modelled on.
///
/// Beside each lies what must be found in it, fact by fact, then the exact text. `FEEDGEN_RECORD=1`
/// writes these anew.
@Suite struct ArticlePageTests {
  @Test(arguments: [
    "blogger", "density", "drupal", "elementor", "ghost", "hugo", "medium", "microdata",
    "newspaper", "spip", "squarespace", "wordpress-blocks", "wordpress-classic",
  ])
  func `the article is found in a page`(_ name: String) throws {
    let html = try String(contentsOf: fixture("\(name).html"), encoding: .utf8)
    let page = try HTMLPage(parsing: html, from: .web(address: "https://page.example/a/\(name)"))
    let found = description(of: page)
    if ProcessInfo.processInfo.environment["FEEDGEN_RECORD"] != nil {
      try found.write(to: fixture("\(name).txt"), atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: fixture("\(name).txt"), encoding: .utf8)
    #expect(found == expected)
  }
}

private func fixture(_ name: String) -> URL {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  return tests.appending(path: "Fixtures/pages/\(name)")
}

private func description(of page: HTMLPage) -> String {
  let facts: [(String, String?)] = [
    ("title", page.title), ("authors", page.authors.joined(separator: "; ")),
    ("published", page.published), ("modified", page.modified), ("language", page.language),
    ("url", page.canonicalURL), ("site", page.siteName), ("image", page.image),
    ("description", page.description),
  ]
  let lines = facts.map { "\($0): \($1 ?? "none")\n" }
  return lines.joined() + "\n" + page.body.plainText + "\n"
}
