import Importing
import Model
import Store

/// Brings the entries of one source into the store, one after another.
struct EntryImport {
  private let context: ImportContext
  private let reader: ArticleReader
  private let source: String
  /// Whether the source says less than it knows, as feeds do.
  private let isPartial: Bool
  private var batch: ImportBatch
  private(set) var report = ImportReport()
  /// The entries so far; one that comes again is the same.
  private var seen: Set<String> = []

  /// - Parameter source: its name in the store.
  init(_ context: ImportContext, source: String, _ topics: EntryTopics, isPartial: Bool) {
    self.context = context
    self.source = source
    self.isPartial = isPartial
    reader = context.reader(topics)
    batch = ImportBatch(context, source: source)
  }

  /// Takes an entry of a document that is older than others, as archives are: what is known is
  /// newer, and stays.
  mutating func addOlder(_ entry: SourceEntry, in place: String) throws {
    let origin = Article.Origin(source: source, key: entry.key)
    guard try context.store.article(from: origin) == nil else { return }
    try add(entry, in: place)
  }

  /// Takes an entry.
  ///
  /// - Parameters:
  ///   - entry: what the source says.
  ///   - place: the file or address that it stands in, for messages.
  mutating func add(_ entry: SourceEntry, in place: String) throws {
    guard seen.insert(entry.key).inserted else {
      report.repeated += 1
      return
    }
    do {
      try take(entry, in: place)
    } catch let problems as ImportProblems {
      report.problems += problems.problems
    } catch let problem as Problem {
      report.problems.append(problem)
    }
  }

  mutating func note(_ problem: Problem) { report.problems.append(problem) }

  mutating func noteSkipped(_ reason: String) { report.skipped[reason, default: 0] += 1 }

  mutating func note(_ repairs: Repairs, in place: String) { report.note(repairs, in: place) }

  /// The entry with this id is withdrawn, if it came from here.
  mutating func withdraw(_ id: String) throws {
    guard let article = try context.store.article(id: id), article.origin.source == source,
      article.standing == .published
    else { return }
    report.deleted.append(article.origin.key)
    try context.store.write([.setStanding(id: id, .vanished)], asOf: context.asOf)
  }

  consuming func finish() throws -> ImportReport {
    try batch.write()
    return report
  }

  private mutating func take(_ entry: SourceEntry, in place: String) throws {
    let origin = Article.Origin(source: source, key: entry.key)
    var reading = try reader.draft(of: entry, origin: origin, path: place)
    reading.draft.isPartial = isPartial
    for category in reading.unknownCategories {
      report.unknownCategories[category, default: 0] += 1
    }
    let path = entry.line.map { "\(place):\($0)" } ?? place
    try context.options.allow(reading.draft.repairs, in: path)
    try batch.add(reading.draft, in: path, &report)
  }
}
