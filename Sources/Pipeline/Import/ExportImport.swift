import Importing
import Model
import Store

/// Brings the posts of an export of WordPress into the store.
///
/// An export is a snapshot: what it lacks is not gone, and what it has again is the same.
struct ExportImport {
  private let context: ImportContext
  private let source: ExportSource
  private var files: [WordPressExport] { source.paths.map(WordPressExport.init) }

  init(_ context: ImportContext, _ source: ExportSource) {
    self.context = context
    self.source = source
  }

  func run() throws -> ImportReport {
    var report = ImportReport()
    do {
      let stamps = try files.map { try $0.stamp() }
      guard try context.options.readsAll || isChanged(stamps) else { return report }
      report = try read()
      if report.problems.isEmpty { try note(stamps) }
    } catch let problem as Problem {
      report.problems.append(problem)
    }
    return report
  }

  private func read() throws -> ImportReport {
    var index = WordPressIndex()
    for file in files {
      try file.addIndex(to: &index) { context.tell("looking through", $0, of: file.path) }
    }
    let name = SourceKind.export.name(of: index.site ?? source.name)
    var entries = EntryImport(context, source: name, source.topics, isPartial: false)
    for file in files { try read(file, index, into: &entries) }
    return try entries.finish()
  }

  /// What is wrong with a file costs only what comes after it in that file.
  private func read(
    _ file: WordPressExport,
    _ index: WordPressIndex,
    into entries: inout EntryImport
  ) throws {
    do {
      let (repairs, line) = try file.eachItem(
        index,
        source.selection,
        in: context.site.zone,
        progress: { context.tell("importing", $0, of: file.path) },
        visit: { item in
          switch item {
          case .entry(let entry): try entries.add(entry, in: file.path)
          case .skipped(let reason): entries.noteSkipped(reason)
          case .faulty(let problem): entries.note(problem)
          }
        }
      )
      entries.note(repairs, in: line.map { "\(file.path):\($0)" } ?? file.path)
    } catch let problem as Problem {
      entries.note(problem)
    }
  }
}

/// Exports that have not changed are not read: cron would otherwise read gigabytes each time.
extension ExportImport {
  /// Names the way in which the files are read, as another way has to read them again.
  private var noteName: String { "wxr-file:\(context.reading(source.topics))" }

  private func isChanged(_ stamps: [FileStamp]) throws -> Bool {
    var known: [String: FileStamp] = [:]
    try context.store.eachFile(of: noteName) { known[$0.key] = $0.stamp }
    return zip(source.paths, stamps).contains { known[$0] != $1 }
  }

  private func note(_ stamps: [FileStamp]) throws {
    let changes = zip(source.paths, stamps).map { path, stamp in
      ArticleChange.touch(Article.Origin(source: noteName, key: path), stamp: stamp)
    }
    for batch in batches(changes) { try context.store.write(batch, asOf: context.asOf) }
  }
}

extension ImportContext {
  /// Says how far the reading of a file is.
  fileprivate func tell(_ action: String, _ fraction: Double, of path: String) {
    progress("\(path): \(action), \(Int(fraction * 100)) %")
  }

  /// Names how entries are read: what was read otherwise has to be read again.
  func reading(_ topics: EntryTopics) -> String {
    let all = topics.categories.merging(defaults.categories) { $1 }.sorted { $0.key < $1.key }
    let categories = all.map { category, meaning in
      if case .topic(let slug) = meaning { "\(category)=\(slug)" } else { "\(category)=" }
    }
    let names = site.topics.map { "\($0.slug)/\($0.title)" }
    return ([ArticleReader.derivation] + topics.standard.map(\.text) + categories + names)
      .joined(separator: "\n")
  }
}
