import Model

/// A feed document as it was read, in whatever format it is written.
struct FeedDocument {
  let file: FeedFile
  /// Only Atom has it.
  var id: String?
  var title: String
  /// JSON Feed has none.
  var updated: WrittenDate?
  /// The page for people.
  var home: String?
  /// RSS has them from Atom; JSON Feed's are named after what they mean there.
  var links: [DocumentLink] = []
  /// Whether it says that it has all there is (RFC 5005 §2).
  var isComplete = false
  /// Whether it says that it is an archive document (RFC 5005 §4).
  var isArchive = false
  var tombstones: [ListedTombstone] = []
  var entries: [ListedEntry] = []

  init(_ file: FeedFile, title: String) {
    self.file = file
    self.title = title
  }

  var path: String { file.path }

  func link(_ rel: String) -> String? {
    links.first { $0.rel == rel }?.address
  }

  func error(_ message: String, line: Int? = nil) -> Finding {
    Finding(severity: .error, path: path, line: line, message: message)
  }
}

/// A link from a document to another (RFC 4287 §4.2.7).
struct DocumentLink {
  var rel: String
  var address: String
  var line: Int?
}

/// A deleted entry (RFC 6721).
struct ListedTombstone {
  var id: String
  var left: WrittenDate
  var line: Int
}

/// An entry as a document lists it.
struct ListedEntry {
  let path: String
  let line: Int?
  var id: String
  var title: String
  var address: String
  var published: WrittenDate?
  var updated: WrittenDate?
  var authors: [String] = []
  var topics: [String] = []
  var summary: String?
  /// HTML; nil where there is none.
  var content: String?
  /// In RSS what stands where other formats have either: a content without a summary, as HTML, or
  /// a summary without a content.
  var described: String?
  /// Those of its image and its files.
  var resources: [String] = []

  init(path: String, line: Int?, id: String, title: String, address: String) {
    self.path = path
    self.line = line
    self.id = id
    self.title = title
    self.address = address
  }

  func error(_ message: String) -> Finding { finding(.error, message) }

  func warning(_ message: String) -> Finding { finding(.warning, message) }

  private func finding(_ severity: Finding.Severity, _ message: String) -> Finding {
    Finding(
      severity: severity,
      path: path,
      line: line,
      article: id.isEmpty ? nil : id,
      title: title.isEmpty ? nil : title,
      message: message
    )
  }
}
