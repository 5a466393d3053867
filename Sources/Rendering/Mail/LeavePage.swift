/// A page of the web where one subscriber leaves (RFC 8058).
package struct LeavePage: Sendable {
  /// Over https, and hard to guess.
  package var url: String
  /// Whether a POST to it unsubscribes at once: that may only be said in a message whose DKIM
  /// signature covers the field that says it (RFC 8058 §4).
  package var takesOneClick: Bool

  package init(url: String, takesOneClick: Bool) {
    self.url = url
    self.takesOneClick = takesOneClick
  }
}
