import Model
import Publishing
import Rendering
import Store

/// Writes feed documents in one pass over their entries, newest first: each is rendered once, and
/// copied into every document that lists it.
///
/// A document is begun with its first entry and ended after its last, so that only a few are open
/// at a time where articles were released in the order of their dates.
final class DocumentSweep {
  /// So many files are open at once at most; more documents are put aside until they are needed.
  private static let filesAtOnce = 240

  private let store: any FeedStore
  private let site: Site
  private let output: OutputFolder
  private let records: [DocumentRecord]
  private let tombstones: [[Tombstone]]
  private let asOf: Instant
  private var documents: [OpenDocument?]
  /// The documents whose files are open, and how many these are.
  private var active: [Int: Int] = [:]
  /// The newest entries of the subscription documents, for their pages.
  private(set) var newest: [FeedName: [Entry]] = [:]

  init(
    of records: [DocumentRecord],
    store: any FeedStore,
    site: Site,
    output: OutputFolder,
    asOf: Instant
  ) throws {
    self.records = records
    tombstones = try store.tombstones(of: records)
    self.store = store
    self.site = site
    self.output = output
    self.asOf = asOf
    documents = records.map { _ in nil }
  }

  func write() throws {
    var renderer = FeedRenderer(site: site)
    try store.eachEntry(of: records) { row in
      for place in row.documents { try prepare(place, for: row.entry, renderer) }
      try row.withContent { content in
        let roomy = row.documents.filter { documents[$0]?.takesContent(content.count) == true }
        try copy(row.entry, content, to: roomy, &renderer)
        guard roomy.count < row.documents.count else { return }
        let full = row.documents.filter { !roomy.contains($0) }
        try copy(row.entry, content.extracting(first: 0), to: full, &renderer)
      }
      for place in row.documents where documents[place]?.remaining == 0 {
        try end(place, renderer)
      }
    }
    try endOthers(renderer)
  }

  private func copy(
    _ entry: Entry,
    _ content: Span<UInt8>,
    to places: [Int],
    _ renderer: inout FeedRenderer
  ) throws {
    guard !places.isEmpty else { return }
    try renderer.entry(entry, content: content, as: site.feeds.formats) { format, bytes in
      for place in places { try documents[place]?.append(bytes, as: format) }
    }
  }

  /// Sees to it that a document takes an entry.
  private func prepare(
    _ place: Int,
    for entry: Entry,
    _ renderer: borrowing FeedRenderer
  ) throws {
    try putAsideIfTooMany(place)
    let document = try documents[place] ?? begin(place, renderer)
    try document.beginEntry(renderer)
    let record = records[place]
    guard record.part == .subscription,
      newest[record.feed.name, default: []].count < PageRenderer.entriesShown
    else { return }
    newest[record.feed.name, default: []].append(entry)
  }

  private func putAsideIfTooMany(_ place: Int) throws {
    guard active[place] == nil else { return }
    let record = records[place]
    let names = record.part == .subscription ? 1 + record.feed.former.count : 1
    active[place] = names * site.feeds.formats.count
    guard active.values.reduce(0, +) > DocumentSweep.filesAtOnce else { return }
    for other in active.keys where other != place { try documents[other]?.putAside() }
    active = [place: names * site.feeds.formats.count]
  }

  private func begin(
    _ place: Int,
    _ renderer: borrowing FeedRenderer
  ) throws -> OpenDocument {
    let record = records[place]
    let head = record.head(of: site, tombstones: tombstones[place])
    let document = OpenDocument(entryCount: record.entryCount)
    for format in site.feeds.formats {
      let opening = renderer.opening(head, as: format)
      for path in record.paths(as: format, asOf: asOf) {
        let writer = try output.begin(path, stage: record.part == .subscription ? 1 : 0)
        try document.add(writer, as: format, opening: opening)
      }
    }
    documents[place] = document
    return document
  }

  private func end(_ place: Int, _ renderer: borrowing FeedRenderer) throws {
    try documents[place]?.end(in: output, renderer)
    documents[place] = nil
    active[place] = nil
  }

  /// Ends what is still open, and writes the documents that list nothing.
  private func endOthers(_ renderer: borrowing FeedRenderer) throws {
    for place in records.indices {
      if records[place].entryCount == 0 { _ = try begin(place, renderer) }
      try end(place, renderer)
    }
  }
}

/// A document that entries are being added to, in each of its formats.
private final class OpenDocument {
  /// Readers and validators refuse documents over 5 MB; escaped, this comes to less.
  private static let longestContents = 3_500_000

  /// How many entries are still to come.
  private(set) var remaining: Int
  private var contents = 0
  private var isEmpty = true
  private var writers: [(format: FeedFormat, writer: DocumentWriter)] = []

  init(entryCount: Int) { remaining = entryCount }

  func add(_ writer: DocumentWriter, as format: FeedFormat, opening: [UInt8]) throws {
    try writer.write(opening.span)
    writers.append((format, writer))
  }

  /// Writes what stands between two entries.
  func beginEntry(_ renderer: borrowing FeedRenderer) throws {
    remaining -= 1
    if isEmpty {
      isEmpty = false
      return
    }
    for (format, writer) in writers { try writer.write(renderer.separator(as: format).span) }
  }

  /// Whether there is room for a content of so many bytes, which is then taken; the entries for
  /// which there is none have a summary and a link only.
  func takesContent(_ count: Int) -> Bool {
    guard contents + count <= OpenDocument.longestContents else { return false }
    contents += count
    return true
  }

  func append(_ bytes: Span<UInt8>, as format: FeedFormat) throws {
    for (own, writer) in writers where own == format { try writer.write(bytes) }
  }

  func putAside() throws {
    for (_, writer) in writers { try writer.putAside() }
  }

  func end(in output: OutputFolder, _ renderer: borrowing FeedRenderer) throws {
    for (format, writer) in writers {
      try writer.write(renderer.closing(as: format).span)
      try output.end(writer)
    }
  }
}
