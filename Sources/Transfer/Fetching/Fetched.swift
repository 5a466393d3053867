package import Model

/// What a server answered in the end; with any status, and an empty body for 304.
package struct Fetched: Equatable, Sendable {
  package var status: Int
  /// Where the document was in the end.
  package var address: String
  /// Where permanent redirects alone led: the address to ask from now on.
  package var movedTo: String?
  package var contentType: String?
  /// What to send with the next request; those of the request where a 304 names none.
  package var validators: Validators
  /// How long the server wants to be left alone; as it says, so it may be too long.
  package var retryAfter: Interval?
  /// How long the document stays fresh; as the server says, so it may be too long.
  package var maxAge: Interval?
  /// Without any content coding.
  package var body: [UInt8]

  package var isSuccess: Bool { (200...299).contains(status) }
  package var isNotModified: Bool { status == 304 }
}
