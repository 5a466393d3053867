/// The feed that an article was first published in, where that is another's (RFC 4287 §4.2.11).
package struct Attribution: Hashable, Sendable, Codable {
  /// The feed's permanent id.
  package var id: String
  package var title: String
  /// Where people read it.
  package var link: String?
  /// Where its feed is.
  package var feed: String?

  package init(id: String, title: String, link: String? = nil, feed: String? = nil) {
    self.id = id
    self.title = title
    self.link = link
    self.feed = feed
  }
}
