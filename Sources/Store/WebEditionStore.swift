package import Model

/// Which issues are asked for.
package enum WebEditionScope: Sendable {
  case all
  /// Those of which the page is not what it should be.
  case stale
  case latest(Int)
}

/// What anybody may read of issues.
///
/// An issue has a page while it is `planned` and has deliveries: not before it goes out, and not
/// after it was cancelled.
package protocol WebEditionStore: AnyObject, Sendable {
  /// Freezes what an issue's page shows; at most one for each issue.
  func addWebEdition(_ edition: WebEdition, to issue: Int64) throws

  /// Visits the issues that have a page, the latest first, without the articles withdrawn since.
  func eachWebEdition(_ scope: WebEditionScope, _ visit: (WebEdition) throws -> Void) throws

  /// The issues that have a page, the latest first, without what they list.
  func webEditionHeads() throws -> [WebEdition]

  /// The issues whose pages are to go, if they are there.
  func goneWebEditions() throws -> [IssueName]

  /// Whether any page has to be written, or has to go.
  func hasStaleWebEditions() throws -> Bool

  /// Whether any issue has a page.
  func hasWebEditions() throws -> Bool

  /// Records that all pages are as they should be.
  func recordWebEditions() throws
}
