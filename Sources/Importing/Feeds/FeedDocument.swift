import Markup
package import Model

/// One document of a feed, in any format that publications use.
package struct FeedDocument: Sendable {
  /// What the feed says of itself.
  package var about = Attribution(id: "", title: "")
  package var language: Language?
  /// In the order of the document.
  package var entries: [SourceEntry] = []
  /// Why entries are not among them, one word for each: `draft`, `comment`, `empty`.
  package var skipped: [String] = []
  /// The ids of entries that were withdrawn (RFC 6721).
  package var deleted: [String] = []
  /// The document with the entries before these: an archive (RFC 5005 §4) or the next page (§3).
  package var earlier: String?
  /// How long the feed asks to be left alone (RSS `ttl`).
  package var patience: Interval?
  /// What of the document had to be mended.
  package var repairs = Repairs()
  /// Where the document can be read no further; what comes before it was read.
  package var fault: Problem?

  /// Whose entries those are that name nobody.
  var authors: [Person] = []

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - bytes: the document, decoded but in its own charset.
  ///   - contentType: as the server gave it.
  ///   - address: where the document is; relative addresses begin from it.
  ///   - zone: whose clocks dates without a zone are of.
  /// - Throws: where it is no feed at all.
  package init(
    reading bytes: [UInt8],
    contentType: String?,
    at address: String,
    in zone: Zone
  ) throws(Problem) {
    let start = bytes.drop { $0 == 0xef || $0 == 0xbb || $0 == 0xbf || $0 <= 0x20 }
    let context = FeedContext(address: address, zone: zone)
    if start.first == UInt8(ascii: "{") {
      try readJSON(bytes, context)
    } else {
      try readXML(bytes, contentType, context)
    }
    about.feed = address
    if about.id.isEmpty { about.id = about.link ?? address }
    for index in entries.indices where entries[index].authors.isEmpty {
      entries[index].authors = authors
    }
  }

  /// Adds an entry, if it says anything.
  mutating func add(_ entry: SourceEntry) {
    let texts = [entry.title, entry.summary, entry.content]
    let isEmpty = entry.id == nil && entry.link == nil && texts.allSatisfy { $0 == nil }
    if isEmpty { skipped.append("empty") } else { entries.append(entry) }
  }
}

extension FeedDocument {
  private static let shape = XMLRecordReader.Shape(
    containers: ["rss", "channel", "RDF", "feed"],
    ignored: ["textinput", "skipDays", "skipHours"]
  )

  private mutating func readXML(
    _ bytes: [UInt8],
    _ contentType: String?,
    _ context: FeedContext
  ) throws(Problem) {
    var reader = XMLRecordReader(FeedDocument.shape)
    var records: [XMLRecord] = []
    var pieces = DecodedPieces(contentType: contentType)
    do {
      let text = pieces.decode(bytes, isLast: true)
      try reader.read(text.span, isLast: true) { records.append($0) }
    } catch let error as XMLFault {
      fault = context.problem(error.message, line: error.line)
    } catch {
      fault = context.problem("\(error)")
    }
    repairs = reader.repairs.0
    repairs.note(.encoding, pieces.malformedBytes)
    guard let root = reader.root, let format = FeedFormat(root) else {
      throw notAFeed(bytes, contentType, context)
    }
    language = root["xml:lang"].flatMap { Language($0) }
    let context = context.within(root)
    for record in records { format.read(record.element, into: &self, context) }
  }

  private func notAFeed(
    _ bytes: [UInt8],
    _ contentType: String?,
    _ context: FeedContext
  ) -> Problem {
    let page = DecodedText(bytes, contentType: contentType, as: .html).text.text
    let feeds = (try? feedAddresses(inPage: page, at: context.address)) ?? []
    if let feed = feeds.first {
      return context.problem("is a page, not a feed; it names its feed: \(feed)")
    }
    let reason = fault?.message ?? "it is neither RSS, Atom nor JSON Feed"
    return context.problem("is no feed: \(reason)", line: fault?.line)
  }
}

/// Which of the formats in XML a document has.
enum FeedFormat {
  /// RSS 0.9x and 2.0, and RSS 1.0 (RDF).
  case rss
  /// Atom 1.0 (RFC 4287) and 0.3.
  case atom

  init?(_ root: XMLElement) {
    switch root.name.lowercased() {
    case "rss", "rdf": self = .rss
    case "feed": self = .atom
    default: return nil
    }
  }

  func read(
    _ element: XMLElement,
    into document: inout FeedDocument,
    _ context: FeedContext
  ) {
    switch self {
    case .rss: document.readRSS(element, context)
    case .atom: document.readAtom(element, context)
    }
  }
}
