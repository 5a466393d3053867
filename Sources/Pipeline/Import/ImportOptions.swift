import Importing
import Model

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
  /// Whether sources are read although nothing says that they have changed.
  package var readsAll = false
  /// Whether what needs a repair is refused.
  package var isStrict = false

  package init() {}

  /// Throws where something needs a repair and none is wanted.
  func allow(_ repairs: Repairs, in path: String) throws(ImportProblems) {
    guard isStrict, !repairs.isEmpty else { return }
    throw ImportProblems(
      repairs.descriptions.map { Problem(path: path, message: "would need a repair: \($0)") }
    )
  }
}
