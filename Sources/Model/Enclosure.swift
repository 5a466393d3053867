/// A file that belongs to an article: a report, a recording (RFC 4287 §4.2.7.2).
package struct Enclosure: Hashable, Sendable, Codable {
  package var url: String
  /// Its media type, `application/pdf`.
  package var type: String
  /// In bytes, where it is known.
  package var length: Int64?
  /// What it is called, where it has a name.
  package var title: String?

  package init(url: String, type: String, length: Int64? = nil, title: String? = nil) {
    self.url = url
    self.type = type
    self.length = length
    self.title = title
  }
}
