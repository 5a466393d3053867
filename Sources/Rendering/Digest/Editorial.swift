package import Markup

/// What the editor says of one issue, in place of what it would say by itself.
package struct Editorial: Sendable {
  package var subject: String?
  package var preheader: String?
  package var introduction: Introduction?
  /// The store's key of the article to begin with, for readers who get it.
  package var lead: Int64?

  package init(
    subject: String? = nil,
    preheader: String? = nil,
    introduction: Introduction? = nil,
    lead: Int64? = nil
  ) {
    self.subject = subject
    self.preheader = preheader
    self.introduction = introduction
    self.lead = lead
  }
}

/// Some paragraphs before the articles.
package struct Introduction: Sendable {
  package var html: SanitisedHTML
  /// The same as plain text, paragraphs with an empty line between.
  package var text: String

  package init(html: SanitisedHTML, text: String) {
    self.html = html
    self.text = text
  }
}
