package import Model

/// What an import did, article by article where it matters to a person.
package struct ImportReport: Sendable {
  package var added = 0
  package var changed = 0
  package var unchanged = 0
  /// Of those added, how many are too old for any digest.
  package var archived = 0
  /// Paths of files whose article moved there.
  package var renamed: [String] = []
  package var withdrawn: [String] = []
  package var returned: [String] = []
  /// Files gone for two runs.
  package var deleted: [String] = []
  /// Files gone for the first time.
  package var missing: [String] = []
  /// Files of articles that `articles delete` holds back.
  package var heldBack: [String] = []
  /// Files without a date, which now have that of this run.
  package var undated: [String] = []
  /// Files that were being written, and wait for the next run.
  package var growing: [String] = []
  /// What was mended, by the path of the file.
  package var repairs: [String: Repairs] = [:]
  package var problems: [Problem] = []
  /// Too many files of a source were gone at once, so none was deleted.
  package var guarded: GuardedSource?

  package init() {}

  /// Adds what another source's import did.
  mutating func add(_ other: ImportReport) {
    added += other.added
    changed += other.changed
    unchanged += other.unchanged
    archived += other.archived
    renamed += other.renamed
    withdrawn += other.withdrawn
    returned += other.returned
    deleted += other.deleted
    missing += other.missing
    heldBack += other.heldBack
    undated += other.undated
    growing += other.growing
    repairs.merge(other.repairs) { $1 }
    problems += other.problems
    guarded = guarded ?? other.guarded
  }

  package var isChange: Bool {
    added + changed > 0
      || !(renamed.isEmpty && withdrawn.isEmpty && returned.isEmpty && deleted.isEmpty)
  }
}

/// A source of which so much is gone that a mistake is likelier than intent.
package struct GuardedSource: Equatable, Sendable {
  package var source: String
  package var gone: Int
  package var known: Int
}
