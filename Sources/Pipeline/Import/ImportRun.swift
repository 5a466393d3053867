package import Importing
package import Model
package import Store

/// One import of some or all sources.
package struct ImportRun {
  private let settings: Settings
  private let store: any SourceStore

  package struct Settings {
    package var site: Site
    /// All sources of the site, also those that are not read now.
    package var sources: [ArticleSource]
    package var options = ImportOptions()
    package var defaults = ReadingDefaults()
    package var asOf: Instant
    /// The real time.
    package var now: Instant
    /// Asks sources on the web; made only where there are any.
    package var remote: () -> RemoteSources
    package var progress: (String) -> Void
    package var shouldStop: () -> Bool

    package init(
      site: Site,
      sources: [ArticleSource],
      asOf: Instant,
      now: Instant,
      remote: @escaping () -> RemoteSources,
      progress: @escaping (String) -> Void,
      shouldStop: @escaping () -> Bool
    ) {
      self.site = site
      self.sources = sources
      self.asOf = asOf
      self.now = now
      self.remote = remote
      self.progress = progress
      self.shouldStop = shouldStop
    }
  }

  package init(store: any SourceStore, settings: Settings) {
    self.store = store
    self.settings = settings
  }

  package func run(_ sources: [ArticleSource]) throws -> ImportReport {
    guard !sources.isEmpty else { return ImportReport() }
    let context = try context()
    var report = ImportReport()
    for source in sources {
      switch source {
      case .folder(let folder): report.add(try FolderImport(context, folder).run())
      case .export(let export): report.add(try ExportImport(context, export).run())
      case .feed, .page: continue
      }
    }
    let remote = sources.filter(\.isRemote)
    if !remote.isEmpty { report.add(try RemoteImport(context, settings.remote).run(remote)) }
    return report
  }

  private func context() throws -> ImportContext {
    ImportContext(
      store: store,
      site: settings.site,
      options: settings.options,
      defaults: settings.defaults,
      asOf: settings.asOf,
      now: settings.now,
      // Until readers have seen something, all that comes in is one history, however often the
      // import was begun.
      isFirst: try store.counters().release == 0,
      sources: Set(settings.sources.map(\.storeName)),
      progress: settings.progress,
      shouldStop: settings.shouldStop
    )
  }
}
