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
  private var lead: ArticleName?

  /// What keeps it from being used for an issue, of which the articles are known by now: no reader
  /// of it gets the article that is to come first.
  ///
  /// That some readers do not is as it should be: they have other topics.
  func mistake(unless isListed: (String) -> Bool) -> String? {
    guard mistake == nil, let lead, let id = choice.lead, !isListed(id) else { return mistake }
    return lead.problem(
      "“\(lead.text)” is not in this issue: an earlier one had it, or its date or “digest: false” "
        + "keeps it out; name another article, or take the line out"
    ).description
  }

  /// The editorial, with the store's key of its lead where that is in the issue.
  func words(among articles: [IssueArticle]) -> Editorial {
    var words = words
    words.lead = articles.first { $0.entry.id == choice.lead }?.key
    return words
  }
}

extension IssueEditorial {
  /// Takes over what was written; an article that is in no store is a mistake.
  init(_ issue: NextIssue, store: any ArticleStore) throws {
    source = issue.source
    words.subject = issue.subject
    words.preheader = issue.preheader
    words.introduction = issue.introduction.map {
      Introduction(html: $0, text: issue.introductionText)
    }
    lead = issue.lead
    choice.lead = try issue.lead.flatMap { try id(of: $0, store) }
    choice.excluded = Set(try issue.excluded.compactMap { try id(of: $0, store) })
    if let lead, let id = choice.lead, choice.excluded.contains(id) {
      mistake = lead.problem("the article that is to come first is also excluded").description
    }
  }

  /// A text that cannot be used.
  init(unusable source: String, because mistake: String) {
    self.source = source
    self.mistake = mistake
  }

  private mutating func id(of name: ArticleName, _ store: any ArticleStore) throws -> String? {
    let bySlug = try Slug(name.text).flatMap { try store.article(slug: $0) }
    if let article = try bySlug ?? store.article(id: name.text) { return article.id }
    let message = "no article has the slug or id “\(name.text)”; see “feedgen articles list”"
    mistake = name.problem(message).description
    return nil
  }
}

/// What planning asks of a store.
package typealias DigestPlanStore = ArticleStore & DeliveryQueue & IssueControl & IssueStore
  & RunStore & SubscriberStore & WebEditionStore
