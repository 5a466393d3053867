import Cryptography
package import Model
import Publishing
import Rendering
package import Store

/// What publishing the feeds did.
package struct FeedReport: Equatable, Sendable {
  /// Articles that readers see for the first time.
  package var released = 0
  /// Paths below the output folder.
  package var written: [String] = []
  package var removed: [String] = []

  package var isChange: Bool { released > 0 || !written.isEmpty || !removed.isEmpty }
}

/// Brings the feeds in the output folder up to date with the store.
///
/// The cost grows with what changed: where nothing did, two rows of the store are read and the
/// manifest's presence is looked at.
package struct FeedPublication {
  private let store: any ArticleStore & FeedStore
  private let site: Site
  private let outputPath: String
  private let asOf: Instant

  package init(
    store: any ArticleStore & FeedStore,
    site: Site,
    outputPath: String,
    asOf: Instant
  ) {
    self.store = store
    self.site = site
    self.outputPath = outputPath
    self.asOf = asOf
  }

  package func publish() throws -> FeedReport {
    var report = FeedReport()
    report.released = try store.release(asOf: asOf, blockSize: site.feeds.entries)
    let publication = Publication(
      revision: try store.counters().revision,
      fingerprint: fingerprint
    )
    let isPublished = OutputFolder.isPublished(outputPath)
    if isPublished, try store.publication() == publication { return report }
    let changes = try write(publication, isPublished: isPublished)
    report.written = changes.written
    report.removed = changes.removed
    return report
  }

  /// The documents that a publication would render again, without doing it.
  package func stalePaths() throws -> [String] {
    let publication = Publication(
      revision: try store.counters().revision,
      fingerprint: fingerprint
    )
    let current =
      OutputFolder.isPublished(outputPath) ? try currentRecords(publication) : [:]
    return try documents().filter { current[$0.path].flatMap($0.ifUpToDate) == nil }.map(\.path)
  }

  /// Renders the documents that changed, and puts them in place with those that did not.
  private func write(_ publication: Publication, isPublished: Bool) throws -> PublishedChanges {
    let output = try OutputFolder(path: outputPath)
    let current = isPublished ? try currentRecords(publication) : [:]
    let documents = try documents()
    let kept = documents.compactMap { current[$0.path].flatMap($0.ifUpToDate) }
    let keptPaths = Set(kept.map(\.path))
    let stale = documents.filter { !keptPaths.contains($0.path) }
    for start in stride(from: 0, to: stale.count, by: documentsAtOnce) {
      let batch = stale[start..<min(start + documentsAtOnce, stale.count)]
      try DocumentBatch(store: store, site: site, output: output, documents: Array(batch)).write()
    }
    let changes = try output.publish(keeping: keptPaths)
    let records = changes.documents.map {
      DocumentRecord(
        path: $0.path,
        sha256: $0.sha256,
        size: $0.size,
        revision: publication.revision,
        fingerprint: publication.mark
      )
    }
    try store.recordPublication(publication, documents: kept + records)
    return changes
  }

  /// The folder counts: another one has other documents in it.
  private var fingerprint: String { site.feedFingerprint + "\u{2}" + outputPath }

  /// Every document that the site has: each feed's, and the copies under its topic's old names.
  private func documents() throws -> [FeedDocument] {
    try store.feeds().flatMap { feed in
      let names = [feed.name] + currentFormerNames(of: feed)
      return site.feeds.formats.flatMap { format in
        names.map { FeedDocument(feed: feed, format: format, path: $0.folder + format.fileName) }
      }
    }
  }

  /// Readers who follow a topic under its old name find its entries there for 90 days.
  private func currentFormerNames(of feed: FeedRecord) -> [FeedName] {
    feed.former.filter { asOf.since($0.since) < .days(90) }.map { .topic($0.slug) }
  }

  /// The records of the documents that were rendered as they would be now, by path.
  private func currentRecords(_ publication: Publication) throws -> [String: DocumentRecord] {
    let records = try store.documents().filter { $0.fingerprint == publication.mark }
    return Dictionary(uniqueKeysWithValues: records.map { ($0.path, $0) })
  }
}

/// So many files are open at once at most.
private let documentsAtOnce = 100

extension Publication {
  /// The fingerprint, short enough to stand beside every document.
  fileprivate var mark: String { SHA256.hash(fingerprint).hexadecimal }
}

extension Site {
  /// Changes whenever documents rendered from the same store would.
  ///
  /// Not hashed: a run with nothing to do need not wait for libcrypto to start.
  var feedFingerprint: String {
    let topics = topics.map { "\($0.slug)\u{1}\($0.title)\u{1}\($0.description)\u{1}\($0.was)" }
    let parts: [String] =
      [
        FeedRenderer.version, title, url, feedsURL, language.tag, author.name, author.email ?? "",
        author.uri ?? "", id, icon ?? "", logo ?? "", rights ?? "", license ?? "",
        feeds.content.rawValue,
      ] + feeds.formats.map(\.rawValue) + topics
    return parts.joined(separator: "\u{2}")
  }
}
