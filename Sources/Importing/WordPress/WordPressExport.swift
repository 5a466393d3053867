import Markup
package import Model

/// A file that WordPress' “Tools → Export” wrote (WXR), read as a stream.
package struct WordPressExport {
  package let path: String

  /// What of an export comes in.
  package struct Selection: Hashable, Sendable {
    package var types: Set<String> = ["post"]
    package var statuses: Set<String> = ["publish"]

    package init() {}

    /// Statuses that may be asked for; what only editors may see is never brought in.
    package static let possibleStatuses: Set = ["publish", "future"]
  }

  /// What an item of an export is to an import.
  package enum Item: Sendable {
    case entry(SourceEntry)
    /// It stays out, and why, in few words: `draft`.
    case skipped(String)
    case faulty(Problem)
  }

  /// Comments have their writers' addresses in them; nothing of them is ever read.
  private static let shape = XMLRecordReader.Shape(
    containers: ["rss", "channel"],
    ignored: ["comment", "commentmeta"]
  )
  /// The texts, which are most of an export, say nothing of what posts refer to.
  private static let indexShape = XMLRecordReader.Shape(
    containers: ["rss", "channel"],
    ignored: ["comment", "commentmeta", "encoded", "postmeta"]
  )

  package init(path: String) { self.path = path }

  /// Adds what the export says of its site, authors and files.
  ///
  /// - Parameter progress: how much of the file was read, from 0 to 1.
  /// - Throws: a ``Problem`` where the file is no export of WordPress or cannot be read at all; one
  ///   that was cut is read to where it was.
  package func addIndex(to index: inout WordPressIndex, progress: (Double) -> Void) throws {
    var isExport = false
    do {
      _ = try read(WordPressExport.indexShape, progress) { record in
        let element = record.element
        isExport = isExport || isWordPress(element.namespace) || element.isPost
        index.add(element)
      }
    } catch let problem as Problem where isExport && problem.line != nil {
      return
    }
    guard isExport else {
      throw problem(
        "is no export of WordPress: it has no item of its kind; a "
          + "feed goes under “sources” as {feed: https://…}"
      )
    }
  }

  /// Visits the items in the order of the file, those before a fault too.
  ///
  /// - Returns: what of the file had to be mended, and the line on which that began.
  package func eachItem(
    _ index: WordPressIndex,
    _ selection: Selection,
    in zone: Zone,
    progress: (Double) -> Void,
    visit: (Item) throws -> Void
  ) throws -> (repairs: Repairs, line: Int?) {
    try read(WordPressExport.shape, progress) { record in
      guard record.element.name == "item" else { return }
      try visit(item(record, index, selection, zone))
    }
  }

  private func item(
    _ record: XMLRecord,
    _ index: WordPressIndex,
    _ selection: Selection,
    _ zone: Zone
  ) -> Item {
    let post = WordPressPost(record.element)
    guard selection.types.contains(post.type) else { return .skipped(post.type) }
    guard Selection.possibleStatuses.contains(post.status),
      selection.statuses.contains(post.status)
    else { return .skipped(post.status) }
    guard !post.hasPassword else { return .skipped("password") }
    guard !record.isCut else {
      return .faulty(
        problem(
          "has an item of more than \(XMLRecordReader.largestRecord) bytes, "
            + "which was left out",
          line: record.element.line
        )
      )
    }
    let entry = post.entry(index, in: zone)
    guard !entry.key.isEmpty else {
      return .faulty(
        problem(
          "has an item without number, guid or link, which was left out",
          line: record.element.line
        )
      )
    }
    return .entry(entry)
  }

  private func read(
    _ shape: XMLRecordReader.Shape,
    _ progress: (Double) -> Void,
    visit: (XMLRecord) throws -> Void
  ) throws -> (repairs: Repairs, line: Int?) {
    var file = try ExportFile(opening: path)
    var reader = XMLRecordReader(shape)
    var pieces = DecodedPieces()
    do {
      while let bytes = try file.next() {
        if file.isAtStart, let reason = reasonNotToRead(bytes) { throw problem(reason) }
        let text = pieces.decode(bytes, isLast: file.isAtEnd)
        try reader.read(text.span, isLast: file.isAtEnd, visit: visit)
        progress(file.fractionRead)
      }
    } catch let fault as XMLFault {
      throw problem(fault.message, line: fault.line)
    }
    var (repairs, line) = reader.repairs
    repairs.note(.encoding, pieces.malformedBytes)
    return (repairs, line)
  }

  /// Exports come packed where a host sends them by mail.
  private func reasonNotToRead(_ start: [UInt8]) -> String? {
    if start.isEmpty { return "is empty; export again, or fetch the file again" }
    if start.starts(with: [0x1f, 0x8b]) { return "is packed with gzip; unpack it first: gunzip" }
    if start.starts(with: "PK".utf8) { return "is a ZIP file; unpack it first: unzip" }
    return nil
  }

  private func problem(_ message: String, line: Int? = nil) -> Problem {
    Problem(path: path, line: line, message: message)
  }
}

extension XMLElement {
  fileprivate var isPost: Bool {
    name == "item" && children.contains { isWordPress($0.namespace) }
  }
}

extension WordPressExport {
  /// What the file looks like.
  package func stamp() throws(Problem) -> FileStamp { try ExportFile(opening: path).stamp }
}
