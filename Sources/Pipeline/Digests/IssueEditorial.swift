import Importing
import Model
import Rendering
import Selecting
package import Store

/// What the editor has written for an issue, with the articles that it names found in the store.
struct IssueEditorial: Sendable {
  var choice = EditorsChoice()
  /// What keeps it from being used; the issue waits until that is mended.
  var mistake: String?
  /// The file's text, by which it is known again: one text is for one issue.
  var source: String
  private var words = Editorial()

  /// The editorial, with the store's key of its lead where that is in the issue.
  func words(among articles: [IssueArticle]) -> Editorial {
    var words = words
    words.lead = articles.first { $0.entry.id == choice.lead }?.key
    return words
  }
}

extension IssueEditorial {
  /// Takes over what was written; an article that is in no store is a mistake.
  init(_ issue: NextIssue, path: String, store: any ArticleStore) throws {
    source = issue.source
    words.subject = issue.subject
    words.preheader = issue.preheader
    words.introduction = issue.introduction.map {
      Introduction(html: $0, text: issue.introductionText)
    }
    choice.lead = try issue.lead.flatMap { try id(of: $0, at: path, store) }
    choice.excluded = Set(try issue.excluded.compactMap { try id(of: $0, at: path, store) })
    if let lead = choice.lead, choice.excluded.contains(lead) {
      mistake = "\(path): the article that is to come first is also excluded"
    }
  }

  /// A text that cannot be used.
  init(unusable source: String, because mistake: String) {
    self.source = source
    self.mistake = mistake
  }

  private mutating func id(
    of name: String,
    at path: String,
    _ store: any ArticleStore
  ) throws -> String? {
    let bySlug = try Slug(name).flatMap { try store.article(slug: $0) }
    if let article = try bySlug ?? store.article(id: name) { return article.id }
    mistake = "\(path): no article has the slug or id “\(name)”; see “feedgen articles list”"
    return nil
  }
}

/// What planning asks of a store.
package typealias DigestPlanStore = ArticleStore & DeliveryQueue & IssueControl & IssueStore
  & RunStore & SubscriberStore & WebEditionStore
