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
  private var renderer: FeedRenderer
  private var documents: [OpenDocument?]
  private var openFiles = 0
  /// The documents that list the entry in hand: those that have room for its content, and those
  /// that have not.
  private var roomy: [OpenDocument] = []
  private var full: [OpenDocument] = []
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
    renderer = FeedRenderer(site: site)
    documents = records.map { _ in nil }
  }

  func write() throws {
    try store.eachEntry(of: records) { row in
      try row.withContent { try add(row.entry, $0, to: row.documents) }
    }
    for place in records.indices {
      if records[place].entryCount == 0 { _ = try begin(place) }
      try end(place)
    }
  }

  private func add(_ entry: Entry, _ content: Span<UInt8>, to places: [Int]) throws {
    for place in places { try list(entry, contentSize: content.count, at: place) }
    if !roomy.isEmpty { try copy(entry, content, to: roomy) }
    if !full.isEmpty { try copy(entry, content.extracting(first: 0), to: full) }
    roomy.removeAll(keepingCapacity: true)
    full.removeAll(keepingCapacity: true)
    for place in places where documents[place]?.remaining == 0 { try end(place) }
  }

  /// Sees to it that a document takes an entry.
  private func list(_ entry: Entry, contentSize: Int, at place: Int) throws {
    let document = try documents[place] ?? begin(place)
    try open(document)
    try document.list(entry, renderer)
    if document.takesContent(contentSize) { roomy.append(document) } else { full.append(document) }
  }

  private func copy(
    _ entry: Entry,
    _ content: Span<UInt8>,
    to documents: [OpenDocument]
  ) throws {
    try renderer.entry(entry, content: content, as: site.feeds.formats) { format, bytes in
      for document in documents { try document.append(bytes, as: format) }
    }
  }

  private func begin(_ place: Int) throws -> OpenDocument {
    let record = records[place]
    let head = record.head(of: site, tombstones: tombstones[place])
    let document = OpenDocument(record)
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

  /// Puts other documents aside where too many files would be open.
  private func open(_ document: OpenDocument) throws {
    guard !document.isOpen else { return }
    openFiles += document.fileCount
    if openFiles > DocumentSweep.filesAtOnce {
      for case let other? in documents where other.isOpen { try other.putAside() }
      openFiles = document.fileCount
    }
    document.isOpen = true
  }

  private func end(_ place: Int) throws {
    guard let document = documents[place] else { return }
    try document.end(in: output, renderer)
    if document.isOpen { openFiles -= document.fileCount }
    if records[place].part == .subscription { newest[records[place].feed.name] = document.newest }
    documents[place] = nil
  }
}

/// A document that entries are being added to, in each of its formats.
private final class OpenDocument {
  /// Readers and validators refuse documents over 5 MB; escaped, this comes to less.
  private static let longestContents = 3_500_000

  /// How many entries are still to come.
  private(set) var remaining: Int
  /// Whether its files are open, as they are while entries are added.
  var isOpen = false
  /// The entries that the page of its feed shows.
  private(set) var newest: [Entry] = []
  private let newestCount: Int
  private var contents = 0
  private var isEmpty = true
  private var writers: [(format: FeedFormat, writer: DocumentWriter)] = []

  init(_ record: DocumentRecord) {
    remaining = record.entryCount
    newestCount = record.part == .subscription ? PageRenderer.entriesShown : 0
  }

  var fileCount: Int { writers.count }

  func add(_ writer: DocumentWriter, as format: FeedFormat, opening: [UInt8]) throws {
    try writer.write(opening.span)
    writers.append((format, writer))
  }

  /// Counts an entry that comes next, and writes what stands between it and the one before.
  func list(_ entry: Entry, _ renderer: borrowing FeedRenderer) throws {
    remaining -= 1
    if newest.count < newestCount { newest.append(entry) }
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
    isOpen = false
  }

  func end(in output: OutputFolder, _ renderer: borrowing FeedRenderer) throws {
    for (format, writer) in writers {
      try writer.write(renderer.closing(as: format).span)
      try output.end(writer)
    }
  }
}
