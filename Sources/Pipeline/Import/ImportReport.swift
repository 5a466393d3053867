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
  /// Articles that came from another source until now.
  package var adopted = 0
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
  /// Items of exports that stay out, by the reason.
  package var skipped: [String: Int] = [:]
  /// Categories that are no topic, with the number of entries that name them.
  package var unknownCategories: [String: Int] = [:]
  /// Entries of articles that another source has the say over.
  package var elsewhere = 0
  /// Entries that came more than once.
  package var repeated = 0
  /// What was added, by topic and year.
  package var arrivals: [Arrival: Int] = [:]
  /// Sources on the web of which nothing could be read.
  package var troubles: [SourceTrouble] = []
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
    adopted += other.adopted
    withdrawn += other.withdrawn
    returned += other.returned
    deleted += other.deleted
    missing += other.missing
    heldBack += other.heldBack
    undated += other.undated
    growing += other.growing
    for (place, repairs) in other.repairs { note(repairs, in: place) }
    problems += other.problems
    guarded = guarded ?? other.guarded
    skipped.merge(other.skipped, uniquingKeysWith: +)
    unknownCategories.merge(other.unknownCategories, uniquingKeysWith: +)
    elsewhere += other.elsewhere
    repeated += other.repeated
    arrivals.merge(other.arrivals, uniquingKeysWith: +)
    troubles += other.troubles
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

/// The topic and the year of articles that came in; nil for those without a topic.
package struct Arrival: Hashable, Sendable {
  package var topic: Slug?
  package var year: Int
}

extension ImportReport {
  /// More places than a person reads; an export may have a hundred thousand.
  private static let mostRepaired = 1000

  mutating func note(_ repairs: Repairs, in place: String) {
    guard !repairs.isEmpty else { return }
    let place = self.repairs.count < ImportReport.mostRepaired ? place : "in further places"
    self.repairs[place, default: Repairs()].add(repairs)
  }

  mutating func noteArrival(of article: Article, in zone: Zone) {
    let year = zone.civil(article.published).date.year
    let topics = article.topics.isEmpty ? [nil] : article.topics.map(Slug?.some)
    for topic in topics { arrivals[Arrival(topic: topic, year: year), default: 0] += 1 }
  }
}

/// A source on the web of which nothing could be read.
package struct SourceTrouble: Equatable, Sendable {
  /// Its address.
  package var source: String
  package var reason: String
  /// Whether it is likely to end by itself, and has not lasted yet.
  package var isPassing: Bool
}
