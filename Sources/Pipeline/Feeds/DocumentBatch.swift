import Model
import Publishing
import Rendering
import Store

/// A feed's document, at one path.
struct FeedDocument {
  var feed: FeedRecord
  var format: FeedFormat
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
    var renderer = FeedRenderer(site: site)
    let writers = try documents.map { document in
      let name = document.feed.name
      let writer = OpenDocument(
        name,
        document.format,
        separator: renderer.separator(as: document.format),
        try output.begin(document.path)
      )
      try writer.append(
        renderer.opening(
          DocumentHead(
            feed: document.feed.head(of: site),
            tombstones: try store.tombstones(of: name)
          ),
          as: document.format
        )
      )
      return writer
    }
    try store.eachEntry(of: Set(documents.map(\.feed.name))) { row in
      let listing = writers.filter { row.feeds.contains($0.feed) }
      try row.withContent { content in
        try renderer.entry(row.entry, content: content, as: site.feeds.formats) { format, bytes in
          for writer in listing where writer.format == format {
            try writer.append(entry: bytes)
          }
        }
      }
    }
    for writer in writers {
      try writer.append(renderer.closing(as: writer.format))
      try writer.end(in: output)
    }
  }
}

/// A document that entries are still being added to.
private final class OpenDocument {
  let feed: FeedName
  let format: FeedFormat
  private let separator: [UInt8]
  private var hasEntries = false
  private var writer: DocumentWriter?

  init(
    _ feed: FeedName,
    _ format: FeedFormat,
    separator: [UInt8],
    _ writer: consuming DocumentWriter
  ) {
    self.feed = feed
    self.format = format
    self.separator = separator
    self.writer = consume writer
  }

  func append(entry: Span<UInt8>) throws {
    if hasEntries { try append(separator) }
    hasEntries = true
    try append(entry)
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
