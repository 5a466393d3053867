import Foundation
import Markup
package import Model

/// Reads the files that editors write: Markdown, HTML, and plain text as scrapers leave it.
package struct ArticleReader: Sendable {
  /// Names the versions of everything between a source and its content.
  package static let derivation = "3"

  /// The ends of the names of files that are articles.
  package static let extensions = ["md", "markdown", "html", "htm", "txt"]

  let settings: ReadingSettings
  let topicNames: TopicNames

  package init(settings: ReadingSettings) {
    self.settings = settings
    topicNames = TopicNames(settings.topics)
  }

  /// Reads one file.
  ///
  /// - Parameters:
  ///   - bytes: what is in the file.
  ///   - origin: the key's extension says how to read it, and its name gives a slug.
  ///   - path: for messages.
  package func draft(
    of bytes: [UInt8],
    origin: Article.Origin,
    path: String
  ) throws(ImportProblems) -> ArticleDraft {
    let repaired = try text(of: bytes, path: path)
    let article = try cut(repaired.text, path: path)
    let reader = FrontMatterReader(article, zone: settings.zone)
    var repairs = repaired.repairs
    repairs.add(reader.repairs)
    let (topics, unknown) = resolve(reader.frontMatter.topics, in: article)
    repairs.note(.repetition, (reader.frontMatter.topics?.count ?? topics.count) - topics.count)
    let problems = reader.problems + unknown
    guard problems.isEmpty else { throw ImportProblems(problems) }
    let body = try body(of: article, as: Format(key: origin.key), reader.frontMatter)
    return draft(
      reader.frontMatter,
      body,
      topics,
      origin: origin,
      source: repaired.text,
      repairs: repairs
    )
  }
}

extension ArticleReader {
  func text(of bytes: [UInt8], path: String) throws(ImportProblems) -> RepairedText {
    let repaired = RepairedText(utf8: bytes)
    // An accented letter of windows-1252 is a repair too; no language has one in four.
    guard repaired.repairs.total <= max(16, bytes.count / 4) else {
      throw ImportProblems([Problem(path: path, message: "is not a text in UTF-8; save it as one")])
    }
    return repaired
  }

  func cut(_ text: String, path: String) throws(ImportProblems) -> ArticleText {
    do {
      return try ArticleText(text, path: path)
    } catch {
      throw ImportProblems([error])
    }
  }

  private func resolve(
    _ names: [Placed<String>]?,
    in text: ArticleText
  ) -> (topics: [Slug], unknown: [Problem]) {
    guard let names else { return (settings.defaultTopics, []) }
    var slugs: [Slug] = []
    var problems: [Problem] = []
    for name in names {
      guard let slug = topicNames[name.value] else {
        problems.append(text.problem(topicNames.advice(on: name.value), at: name.place))
        continue
      }
      if !slugs.contains(slug) { slugs.append(slug) }
    }
    return (slugs, problems)
  }

  private func body(
    of text: ArticleText,
    as format: Format,
    _ frontMatter: FrontMatter
  ) throws(ImportProblems) -> ArticleBody {
    let body = ArticleBody(text, as: format, frontMatter)
    guard body.title != nil else {
      let message = "has neither a title nor a text; write “title: …” in its front matter"
      throw ImportProblems([Problem(path: text.path, message: message)])
    }
    return body
  }
}
