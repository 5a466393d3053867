/// Who wrote something (RFC 4287 §3.2).
package struct Person: Hashable, Sendable, Codable {
  package var name: String
  package var email: String?
  package var uri: String?

  package init(name: String, email: String? = nil, uri: String? = nil) {
    self.name = name
    self.email = email
    self.uri = uri
  }
}
