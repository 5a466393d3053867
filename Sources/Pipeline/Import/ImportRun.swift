import Importing
package import Model
package import Store

/// A folder that articles are read from.
package struct FolderSource: Hashable, Sendable {
  /// Its permanent name, as the configuration has it: `articles/`.
  package var name: String
  package var path: String

  package init(name: String, path: String) {
    self.name = name
    self.path = path
  }
}

/// What holds for articles that do not state it themselves.
package struct ReadingDefaults: Sendable {
  package var topics: [Slug] = []
  package var published: Instant?

  package init() {}
}

/// One import of some or all sources.
package struct ImportRun {
  private let store: any ArticleStore
  private let site: Site
  private let options: ImportOptions
  private let defaults: ReadingDefaults
  private let asOf: Instant
  private let now: Instant
  private let progress: (String, Int, Int) -> Void

  package init(
    store: any ArticleStore,
    site: Site,
    options: ImportOptions,
    defaults: ReadingDefaults,
    asOf: Instant,
    now: Instant,
    progress: @escaping (String, Int, Int) -> Void
  ) {
    self.store = store
    self.site = site
    self.options = options
    self.asOf = asOf
    self.now = now
    self.progress = progress
    self.defaults = defaults
  }

  package func run(_ sources: [FolderSource]) throws -> ImportReport {
    guard !sources.isEmpty else { return ImportReport() }
    let reader = self.reader
    for source in sources {
      try store.forgetStamps(of: source.name, derivedOtherwiseThan: ArticleReader.derivation)
    }
    // Until readers have seen something, all that comes in is one history, however often the
    // import was begun.
    let isFirst = try store.counters().release == 0
    var report = ImportReport()
    for source in sources {
      let folder = try FolderImport(
        store: store,
        site: site,
        reader: reader,
        source: source,
        options: options,
        isFirst: isFirst,
        asOf: asOf,
        now: now,
        progress: { progress(source.name, $0, $1) }
      )
      report.add(try folder.run())
    }
    return report
  }

  private var reader: ArticleReader {
    ArticleReader(
      settings: ReadingSettings(
        zone: site.zone,
        language: site.language,
        topics: site.topics,
        defaultTopics: defaults.topics,
        defaultPublished: defaults.published
      )
    )
  }
}
