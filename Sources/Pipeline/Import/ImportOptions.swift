/// What a person can decide about an import.
package struct ImportOptions: Sendable {
  /// What becomes of new articles that are older than any digest looks back.
  package enum OldArticles: Sendable {
    /// Those that come after the first import are archive material.
    case automatic
    case archive
    case intoDigest
  }

  package var acceptsDeletions = false
  package var oldArticles = OldArticles.automatic
  /// Whether what needs a repair is refused.
  package var isStrict = false

  package init() {}
}
