import Importing
import Model
import Store

/// Brings the articles of a folder into the store.
///
/// Files that look as they did are not opened. What is new is read in the order of publication, so
/// that an untouched folder gives the same store on any machine.
final class FolderImport {
  private let context: ImportContext
  private let reader: ArticleReader
  private let source: FolderSource
  private let folder: SourceFolder
  private var report = ImportReport()

  private var store: any SourceStore { context.store }
  private var asOf: Instant { context.asOf }

  init(_ context: ImportContext, _ source: FolderSource) throws {
    self.context = context
    self.source = source
    reader = context.reader()
    folder = try SourceFolder(opening: source.path)
  }

  func run() throws -> ImportReport {
    try store.forgetStamps(of: source.name, derivedOtherwiseThan: ArticleReader.derivation)
    let difference = try FolderDifference(folder, source: source.name, store: store)
    report.unchanged = difference.unchanged
    report.problems = difference.problems
    try noteFiles(difference)
    try read(difference)
    try deleteGone(difference)
    return report
  }

  /// Where a file lies, as messages name it.
  private func path(_ key: String) -> String {
    source.name.hasSuffix("/") ? source.name + key : "\(source.name)/\(key)"
  }

  private func origin(_ key: String) -> Article.Origin {
    Article.Origin(source: source.name, key: key)
  }

  /// Counts the runs that have not found a file, and forgets the count of those found again.
  private func noteFiles(_ difference: FolderDifference) throws {
    let missing = difference.missing.map { ArticleChange.miss(origin($0.key)) }
    let found = difference.foundAgain.map { ArticleChange.touch(origin($0.key), stamp: $0.stamp) }
    for batch in batches(missing + found) { try store.write(batch, asOf: asOf) }
  }

  private func read(_ difference: FolderDifference) throws {
    var batch = ImportBatch(
      context,
      source: source.name,
      missing: Set(difference.missing.map(\.key))
    )
    for (number, file) in inOrderOfPublication(difference.changed).enumerated() {
      try read(file, into: &batch)
      context.progress("\(source.name): \(number + 1) of \(difference.changed.count)")
    }
    try batch.write()
  }

  /// What is wrong with one file goes into the report, and costs no other file.
  private func read(_ file: FolderFile, into batch: inout ImportBatch) throws {
    do {
      switch try folder.read(file.key) {
      case .growing: report.growing.append(file.key)
      case .content(let bytes, let stamp):
        let path = path(file.key)
        let draft = try reader.draft(of: bytes, origin: origin(file.key), path: path)
        try context.options.allow(draft.repairs, in: path)
        try batch.add(draft, in: path, stamp: .some(trusted(stamp)), &report)
      }
    } catch let problems as ImportProblems {
      report.problems += problems.problems
    } catch let problem as Problem {
      report.problems.append(problem)
    }
  }

  /// A file written in this very second may change again within it and look the same: it has no
  /// stamp, so that the next run reads it once more.
  private func trusted(_ stamp: FileStamp) -> FileStamp? {
    stamp.modified / 1_000_000_000 < context.now.seconds - 1 ? stamp : nil
  }

  /// Articles enter by date, then by path.
  ///
  /// The dates are read ahead, because all of the texts together may be more than memory should
  /// hold.
  private func inOrderOfPublication(_ files: [FolderFile]) -> [FolderFile] {
    guard files.count > 1 else { return files }
    return files.map { (published(in: $0), $0) }
      .sorted { $0.0 == $1.0 ? isBefore($0.1.key, $1.1.key) : $0.0 < $1.0 }
      .map(\.1)
  }

  private func published(in file: FolderFile) -> Instant {
    guard case .content(let bytes, _)? = try? folder.read(file.key) else { return asOf }
    return reader.statedPublication(in: bytes) ?? asOf
  }

  /// Deletes what two runs in a row have not found, unless so much is gone that the folder itself
  /// is likelier to be at fault.
  private func deleteGone(_ difference: FolderDifference) throws {
    // An article whose file was renamed has been found under its new name by now.
    let gone = try difference.missing.compactMap { file in
      try store.article(from: origin(file.key)).map { (file, $0.id) }
    }
    let acceptsAll = context.options.acceptsDeletions
    guard gone.count <= max(3, difference.known / 10) || acceptsAll else {
      report.guarded = GuardedSource(
        source: source.name,
        gone: gone.count,
        known: difference.known
      )
      return
    }
    let isLost = { (file: SourceFile) in acceptsAll || file.missedRuns > 0 }
    report.deleted = gone.map(\.0).filter(isLost).map(\.key)
    report.missing = gone.map(\.0).filter { !isLost($0) }.map(\.key)
    let changes = gone.filter { isLost($0.0) }.map {
      ArticleChange.setStanding(id: $0.1, .vanished)
    }
    for batch in batches(changes) { try store.write(batch, asOf: asOf) }
  }
}
