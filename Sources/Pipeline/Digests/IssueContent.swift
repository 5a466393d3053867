import Model
import Selecting
import Store

/// What the store has for an issue.
struct IssueContent {
  var articles: [IssueArticle]
  var errata: [IssueErratum] = []
  /// By subscriber, what went out during a pause and was not told yet.
  var absences: [Int64: [MissedIssue]] = [:]

  /// All that a message may name, by the store's keys.
  var entries: [Int64: Entry] {
    Dictionary(
      articles.map { ($0.key, $0.entry) } + errata.map { ($0.article, $0.entry) },
      uniquingKeysWith: { entry, _ in entry }
    )
  }
}

extension Candidate {
  init(_ article: IssueArticle) {
    self.init(
      key: article.key,
      release: article.release,
      firstRelease: article.firstRelease,
      readers: article.readers,
      published: article.entry.published,
      id: article.entry.id,
      topics: article.entry.topics
    )
  }
}

extension Erratum {
  init(_ erratum: IssueErratum) {
    self.init(
      article: erratum.article,
      text: erratum.text,
      release: erratum.release,
      readers: erratum.readers
    )
  }
}

extension Site {
  /// The pages of the topics, which have what a message has no room for.
  var topicURLs: [Slug: String] {
    Dictionary(
      topics.map { ($0.slug, feedsURL + FeedName.topic($0.slug).folder) },
      uniquingKeysWith: { url, _ in url }
    )
  }
}
