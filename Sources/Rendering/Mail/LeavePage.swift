package import Model

/// A page of the web where one subscriber leaves (RFC 8058).
package struct LeavePage: Sendable {
  /// Over https, and hard to guess.
  package var url: String
  /// Whether a POST to it unsubscribes at once: that may only be said in a message whose DKIM
  /// signature covers the field that says it (RFC 8058 §4).
  package var takesOneClick: Bool
  /// Where they change what they chose; nil where there is no such page.
  package var preferencesURL: String?
  /// Where they leave one topic; nil where there are no such pages.
  package var topicURL: (@Sendable (Slug) -> String)?

  package init(url: String, takesOneClick: Bool) {
    self.url = url
    self.takesOneClick = takesOneClick
  }
}
