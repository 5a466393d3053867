import Model
import Store

/// An article in a list.
struct ArticleLine: Encodable {
  private let id: String
  private let slug: String
  private let file: String
  private let standing: String
  private let title: String
  private let topics: [String]
  private let published: String
  private let updated: String
  private let release: Int64?
  private let isArchive: Bool

  init(_ summary: ArticleSummary) {
    id = summary.id
    slug = summary.slug.text
    file = summary.origin.source + summary.origin.key
    standing = summary.standing.rawValue
    title = summary.title
    topics = summary.topics.map(\.text)
    published = summary.published.rfc3339
    updated = summary.updated.rfc3339
    release = summary.release
    isArchive = summary.isArchive
  }

  var text: String {
    let state = standing != "published" ? standing : release == nil ? "scheduled" : "published"
    return "\(published.prefix(10))  \(state.padding(to: 9))  \(slug)  \(title)"
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

/// An article with all that the store knows.
struct ArticlePage: Encodable {
  private let id: String
  private let slug: String
  private let file: String
  private let standing: String
  private let title: String
  private let summary: String
  private let language: String
  private let authors: [String]
  private let topics: [String]
  private let url: String?
  private let published: String
  private let updated: String
  private let content: String

  init(_ article: Article) {
    id = article.id
    slug = article.slug.text
    file = article.origin.source + article.origin.key
    standing = article.standing.rawValue
    title = article.title
    summary = article.summary
    language = article.language.tag
    authors = article.authors.map(\.name)
    topics = article.topics.map(\.text)
    url = article.url
    published = article.published.rfc3339
    updated = article.updated.rfc3339
    content = article.content
  }

  var lines: [String] {
    [
      "title:     \(title)", "id:        \(id)", "slug:      \(slug)", "file:      \(file)",
      "standing:  \(standing)", "published: \(published)", "updated:   \(updated)",
      "language:  \(language)", "authors:   \(authors.joined(separator: ", "))",
      "topics:    \(topics.joined(separator: ", "))", "url:       \(url ?? "")",
      "summary:   \(summary)", "",
    ] + content.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
