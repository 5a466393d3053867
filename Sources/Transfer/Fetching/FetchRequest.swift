/// A document of the web to be fetched.
package struct FetchRequest: Sendable {
  /// Of http or https, without a user name.
  package var address: String
  /// What came with the document when it was last fetched.
  package var validators: Validators
  /// The media types that are wanted, as the header field `Accept` lists them.
  package var accept: String

  package init(
    address: String,
    validators: Validators = Validators(),
    accept: String = "*/*"
  ) {
    self.address = address
    self.validators = validators
    self.accept = accept
  }
}

/// What a server knows a version of a document by (RFC 9110 §8.8); sent back as it came.
package struct Validators: Equatable, Sendable {
  package var etag: String?
  package var lastModified: String?

  package init(etag: String? = nil, lastModified: String? = nil) {
    self.etag = etag
    self.lastModified = lastModified
  }
}
