import Model
import Publishing
import Rendering
import Store

/// A feed's document, at one path.
struct FeedDocument {
  var feed: FeedRecord
  var path: String

  /// The record of the document, where it shows all that the feed has.
  func ifUpToDate(_ record: DocumentRecord) -> DocumentRecord? {
    record.revision >= feed.changed ? record : nil
  }
}

/// Documents that are written together: one pass over the store's rows, each entry rendered once
/// and copied into every document that lists it.
struct DocumentBatch {
  let store: any FeedStore
  let site: Site
  let output: OutputFolder
  let documents: [FeedDocument]

  func write() throws {
    var renderer = AtomRenderer(site: site)
    let writers = try documents.map { document in
      let writer = OpenDocument(document.feed.name, try output.begin(document.path))
      try writer.append(try opening(of: document, renderer))
      return writer
    }
    try store.eachEntry(of: Set(documents.map(\.feed.name))) { row in
      let listing = writers.filter { row.feeds.contains($0.feed) }
      try row.withContent { content in
        try renderer.entry(row.entry, content: content) { bytes in
          for writer in listing { try writer.append(bytes) }
        }
      }
    }
    for writer in writers {
      try writer.append(AtomRenderer.closing)
      try writer.end(in: output)
    }
  }

  private func opening(
    of document: FeedDocument,
    _ renderer: borrowing AtomRenderer
  ) throws -> [UInt8] {
    renderer.opening(
      document.feed.head(of: site),
      tombstones: try store.tombstones(of: document.feed.name),
      documentURL: site.feedsURL + document.feed.name.folder + FeedFormat.atom.fileName
    )
  }
}

/// A document that entries are still being added to.
private final class OpenDocument {
  let feed: FeedName
  private var writer: DocumentWriter?

  init(_ feed: FeedName, _ writer: consuming DocumentWriter) {
    self.feed = feed
    self.writer = consume writer
  }

  func append(_ bytes: Span<UInt8>) throws {
    try writer?.write(bytes)
  }

  func append(_ bytes: [UInt8]) throws {
    try append(bytes.span)
  }

  func end(in output: OutputFolder) throws {
    guard let writer = writer.take() else { return }
    try output.end(writer)
  }
}

extension FeedRecord {
  /// What the feed says of itself.
  ///
  /// Its id never changes, whatever its topic is called later.
  func head(of site: Site) -> FeedHead {
    let topic = name.topic.flatMap(site.topic)
    return FeedHead(
      name: name,
      id: site.id + (permanentName.isEmpty ? "feeds" : "feeds/\(permanentName)"),
      title: topic.map { "\($0.title) – \(site.title)" } ?? site.title,
      subtitle: topic?.description ?? "",
      updated: updated ?? created
    )
  }
}
