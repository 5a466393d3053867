package import Model
import Publishing
package import Rendering
package import Store

/// What publishing the feeds did.
package struct FeedReport: Equatable, Sendable {
  /// Articles that readers see for the first time.
  package var released = 0
  /// Paths below the output folder.
  package var written: [String] = []
  package var removed: [String] = []

  /// Adds what a second publication of the same run did.
  mutating func add(_ later: FeedReport) {
    released += later.released
    written += later.written.filter { !written.contains($0) }
    removed += later.removed
  }

  package var isChange: Bool { released > 0 || !written.isEmpty || !removed.isEmpty }
}

/// Brings the feeds in the output folder up to date with the store.
///
/// The cost grows with what changed: where nothing did, a few rows of the store are read, and the
/// manifest, of which the checksum says whether the folder is as it was left.
package struct FeedPublication {
  private let store: any ArticleStore & FeedStore & WebEditionStore
  private let site: Site
  private let templates: () throws -> Templates
  private let outputPath: String
  private let asOf: Instant

  package init(
    store: any ArticleStore & FeedStore & WebEditionStore,
    site: Site,
    templates: @escaping () throws -> Templates,
    outputPath: String,
    asOf: Instant
  ) {
    self.store = store
    self.site = site
    self.templates = templates
    self.outputPath = outputPath
    self.asOf = asOf
  }

  /// - Parameter isVerifying: whether files that are missing, or not as they were written, make all
  ///   be written again.
  package func publish(isVerifying: Bool = false) throws -> FeedReport {
    var report = FeedReport()
    report.released = try store.release(asOf: asOf, blockSize: site.feeds.entries)
    let publication = try currentPublication()
    let isDamaged = try isVerifying && !OutputFolder(path: outputPath).differences().isEmpty
    let last = try isDamaged ? nil : lastPublication()
    guard try last != publication || store.hasStaleWebEditions() else { return report }
    let changes = try write(since: last.flatMap { baseline($0, for: publication) })
    try store.recordPublication(try described(publication))
    try store.recordWebEditions()
    report.written = changes.written
    report.removed = changes.removed
    return report
  }

  /// Brings the pages of issues up to date, and nothing else.
  package func publishWebEditions() throws -> FeedReport {
    let before = try currentPublication()
    let last = try lastPublication()
    let output = try OutputFolder(path: outputPath, isPrecompressing: site.feeds.isPrecompressed)
    let gone = try webEditions(to: output).write(.stale)
    let changes = try output.publish(.changes(removed: gone))
    // What else the folder shows is as old as it was, and known as far as it was.
    if let last, last.output == before.output { try store.recordPublication(described(last)) }
    try store.recordWebEditions()
    return FeedReport(written: changes.written, removed: changes.removed)
  }

  /// The documents that a publication would render again, without doing it.
  package func stalePaths() throws -> [String] {
    let publication = try currentPublication()
    let last = try lastPublication()
    guard last != publication else { return [] }
    return try documents(since: last.flatMap { baseline($0, for: publication) }).flatMap { record in
      site.feeds.formats.flatMap { record.paths(as: $0, asOf: asOf) }
    }
  }

  /// The pages of issues that a publication would write again, and what lists them, without doing
  /// it.
  package func staleIssuePaths() throws -> [String] {
    guard try store.hasStaleWebEditions(), try store.hasWebEditions() else { return [] }
    var paths: [String] = []
    try store.eachWebEdition(.stale) { paths.append(WebEditionPlace.page(of: $0.name)) }
    return paths + [WebEditionPlace.index, WebEditionPlace.feed]
  }

  /// How many entries each document lists; empty where the store has changed since the last
  /// publication.
  package func entryCounts() throws -> [String: Int] {
    guard try lastPublication() == currentPublication() else { return [:] }
    let counts = try documents(since: nil).flatMap { record in
      site.feeds.formats.flatMap { record.paths(as: $0, asOf: asOf) }
        .map { ($0, record.entryCount) }
    }
    return Dictionary(counts) { first, _ in first }
  }

  /// What a publication would be made from now, and what lies in the folder now.
  private func currentPublication() throws -> Publication {
    try described(
      Publication(
        revision: try store.counters().revision,
        fingerprint: try fingerprint(),
        output: nil
      )
    )
  }

  private func described(_ publication: Publication) throws -> Publication {
    var publication = publication
    publication.output = try OutputFolder.checksum(
      outputPath,
      witnesses: ["feeds.opml", "site.css"]
    )
    return publication
  }

  /// The last publication that left a folder of which the state is known.
  private func lastPublication() throws -> Publication? {
    try store.publication().flatMap { $0.output == nil ? nil : $0 }
  }

  /// The revision from which on documents have to be rendered again; nil where all have to: other
  /// settings, another folder, or one in which somebody else has published since.
  private func baseline(_ last: Publication, for next: Publication) -> Int64? {
    last.fingerprint == next.fingerprint && last.output == next.output ? last.revision : nil
  }

  private func documents(since revision: Int64?) throws -> [DocumentRecord] {
    try store.documents(changedAfter: revision)
      .filter { site.feeds.hasArchives || $0.part == .subscription }
  }

  /// Renders what changed, and puts it in place.
  private func write(since revision: Int64?) throws -> PublishedChanges {
    let output = try OutputFolder(
      path: outputPath,
      isPrecompressing: site.feeds.isPrecompressed
    )
    let records = try documents(since: revision)
    let sweep = try DocumentSweep(of: records, store: store, site: site, output: output, asOf: asOf)
    try sweep.write()
    try writePages(around: records, newest: sweep.newest, since: revision, to: output)
    let gone = try webEditions(to: output).write(revision == nil ? .all : .stale)
    guard revision != nil else { return try output.publish(.everything) }
    return try output.publish(.changes(removed: store.gonePages().map(pagePath) + gone))
  }

  private func webEditions(to output: OutputFolder) throws -> WebEditionPublication {
    try WebEditionPublication(store: store, site: site, output: output, templates: templates())
  }

  private func writePages(
    around records: [DocumentRecord],
    newest: [FeedName: [Entry]],
    since revision: Int64?,
    to output: OutputFolder
  ) throws {
    let pages = PagePublication(
      store: store,
      site: site,
      output: output,
      renderer: try PageRenderer(
        site: site,
        templates: templates(),
        linksIssues: store.hasWebEditions()
      )
    )
    try pages.writeArticles(changedAfter: revision)
    try pages.writeIndexes(of: records, newest: newest)
    try pages.writeFeedList()
    if revision == nil { try pages.writeFixed() }
  }

  /// The settings count, and the folder: another one has other documents in it.
  private func fingerprint() throws -> String {
    let formerNames = try store.formerSlugs()
      .map { "\($0.slug)\(asOf.since($0.since) < .days(90) ? "" : " past")" }
    let pages = PageRenderer.fingerprint(
      of: site,
      templates: try templates(),
      linksIssues: try store.hasWebEditions()
    )
    return ([site.feedFingerprint, pages, outputPath] + formerNames).joined(separator: "\u{2}")
  }
}

extension Site {
  /// Changes whenever documents rendered from the same store would.
  ///
  /// Not hashed: a run with nothing to do need not wait for libcrypto to start.
  fileprivate var feedFingerprint: String {
    let topics = topics.map { "\($0.slug)\u{1}\($0.title)\u{1}\($0.description)" }
    let parts: [String] =
      [
        FeedRenderer.version, title, url, feedsURL, language.tag, author.name, author.email ?? "",
        author.uri ?? "", id, icon ?? "", logo ?? "", rights ?? "", license ?? "",
        feeds.content.rawValue, "\(feeds.hasArchives) \(feeds.isPrecompressed)",
      ] + feeds.formats.map(\.rawValue) + feeds.hubs + topics
    return parts.joined(separator: "\u{2}")
  }
}
