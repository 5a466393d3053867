package import Markup
package import Model

/// What the editor has written for the next issue of a digest.
package struct NextIssue: Sendable {
  /// The digest that it is meant for; nil for the first one of the site.
  package var digest: String?
  package var subject: String?
  package var preheader: String?
  /// The article that comes first.
  package var lead: ArticleName?
  /// The articles that wait for the issue after it.
  package var excluded: [ArticleName] = []
  /// What stands before the articles; nil where nothing is written.
  package var introduction: SanitisedHTML?
  /// The same as plain text.
  package var introductionText = ""
  /// The file's text.
  package let source: String

  init(source: String) { self.source = source }

  enum Key: String, CaseIterable {
    case subject, preheader, lead, exclude, digest
  }
}

/// The slug or id by which the editor names an article, and where that stands.
package struct ArticleName: Sendable {
  package var text: String
  var place: Problem

  /// Something wrong with it, with its line.
  package func problem(_ message: String) -> Problem {
    var problem = place
    problem.message = message
    return problem
  }
}

/// Reads `digests/next.md`: front matter, and an introduction in Markdown.
package struct NextIssueReader: Sendable {
  /// In bytes; about ten times what most editors write.
  private static let longestIntroduction = 16_384

  let language: Language

  /// - Parameter language: in which the editor writes.
  package init(language: Language) {
    self.language = language
  }

  /// - Parameter path: for messages.
  package func read(_ bytes: [UInt8], path: String) throws(ImportProblems) -> NextIssue {
    let source = RepairedText(utf8: bytes).text
    let text: ArticleText
    do {
      text = try ArticleText(source, path: path)
    } catch {
      throw ImportProblems([error])
    }
    let yaml = FrontMatterYAML(text)
    var issue = NextIssue(source: source)
    var problems = yaml.problems
    for (key, value) in yaml.pairs { problems += read(key, value, of: text, into: &issue) }
    problems += tooLong(text)
    guard problems.isEmpty else { throw ImportProblems(problems) }
    readIntroduction(text, into: &issue)
    return issue
  }

  /// A message that is too heavy is cut off by mail clients, and an introduction is never shortened.
  private func tooLong(_ text: ArticleText) -> [Problem] {
    let (count, most) = (text.body.utf8.count, Self.longestIntroduction)
    guard count > most else { return [] }
    let message =
      "the introduction has \(count) bytes, and at most \(most) fit into a message; "
      + "publish the rest as an article"
    return [text.problem(message, at: Place(line: text.bodyLine, column: 1))]
  }

  private func readIntroduction(_ text: ArticleText, into issue: inout NextIssue) {
    var fragment = fragment(ofMarkdown: String(text.body), line: text.bodyLine)
    if FrenchTypography.applies(to: language) { fragment = fragment.typesetInFrench() }
    guard !looksEmpty(fragment.plainText) else { return }
    let html = fragment.sanitised(base: nil)
    issue.introduction = html
    issue.introductionText = ([html.plainText] + addresses(in: html)).joined(separator: "\n\n")
  }

  /// Where its links lead, which plain text cannot show in their places.
  private func addresses(in html: SanitisedHTML) -> [String] {
    let all = (try? linkedAddresses(inPage: html.text, at: "https://site.invalid/")) ?? []
    return all.filter { html.text.contains("href=\"\($0.replacing("&", with: "&amp;"))\"") }
  }
}
