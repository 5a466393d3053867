import Importing
import Model
import Store

/// Brings what is new in feeds and on pages into the store.
///
/// A source that fails costs no other, nor the run: what is wrong is kept with the source until it
/// can be read again.
struct RemoteImport {
  private let context: ImportContext
  private let remote: () -> RemoteSources

  /// Cron's ticks come a few seconds early or late.
  private static let slack = Interval(seconds: 60)

  init(_ context: ImportContext, _ remote: @escaping () -> RemoteSources) {
    self.context = context
    self.remote = remote
  }

  func run(_ sources: [ArticleSource]) throws -> ImportReport {
    try takeOverFormerNames(of: sources)
    let known = try context.store.remoteSources()
    var visits = sources.compactMap { RemoteVisit($0, known, context) }
    var report = ImportReport()
    let client = remote()
    var due = visits.indices.filter { isDue(visits[$0]) }
    while !due.isEmpty, !context.shouldStop() {
      report.add(try ask(client, due, &visits))
      // Those that have archives which were never read are asked for them.
      due = due.filter { visits[$0].hasMore }
    }
    report.troubles = visits.compactMap(\.trouble)
    return report
  }

  private func isDue(_ visit: RemoteVisit) -> Bool {
    context.options.readsAll
      || visit.notBefore.seconds <= context.now.seconds + RemoteImport.slack.seconds
  }

  /// One round of questions, and what came of it.
  private func ask(
    _ client: RemoteSources,
    _ due: [Int],
    _ visits: inout [RemoteVisit]
  ) throws -> ImportReport {
    var report = ImportReport()
    var failure: (any Error)?
    var states: [(source: String, state: RemoteSourceState)] = []
    var ended = 0
    client.ask(
      due.map { visits[$0].question },
      shouldStop: { failure != nil || context.shouldStop() },
      each: { place, answer in
        guard failure == nil else { return }
        do {
          report.add(try visits[due[place]].take(answer))
          states.append(visits[due[place]].noted)
        } catch {
          failure = error
        }
        ended += 1
        if due.count > 1 { context.progress("sources on the web: \(ended) of \(due.count)") }
      }
    )
    for batch in batches(states) { try context.store.note(batch) }
    if let failure { throw failure }
    return report
  }

  private func takeOverFormerNames(of sources: [ArticleSource]) throws {
    let known = try context.store.remoteSources()
    for source in sources {
      for former in source.formerStoreNames where known[former] != nil {
        try context.store.renameSource(former, to: source.storeName)
      }
    }
  }
}

extension ArticleSource {
  fileprivate var formerStoreNames: [String] {
    switch self {
    case .folder, .export: []
    case .feed(let remote): remote.was.map(SourceKind.feed.name)
    case .page(let remote): remote.was.map(SourceKind.page.name)
    }
  }
}
