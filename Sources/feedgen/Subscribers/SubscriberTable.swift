import Glibc
import Model

/// Subscribers as a table of comma-separated values (RFC 4180).
///
/// The first line names the columns, in any order; only `email` must be there. A bad row is a
/// problem with its line, and does not stop the others.
struct SubscriberTable {
  enum Column: String, CaseIterable {
    case email, name, topics, language, cadence, status
    case consentAt = "consent_at"
    case consentSource = "consent_source"
  }

  /// A row that can be put into the store.
  struct Row: Equatable, Sendable {
    enum Standing: Equatable, Sendable {
      /// The consent is nil where the row has none: the command then needs `--consent`.
      case active(Consent?)
      case suppressed(SuppressionReason)
      /// No subscriber and none that has left: for instance who never confirmed; and why.
      case leftOut(String)
    }

    var line: Int
    var subscriber: Subscriber
    var standing: Standing
  }

  /// Whose columns the first line names.
  enum Format {
    case own
    /// Another system's, with how the rows asked to be written to, where its table does not say.
    case foreign(ForeignSystem, consent: String?)
  }

  /// Named in problems.
  let path: String
  let site: Site
  /// The time of the import: no consent is later.
  let now: Instant
  var format = Format.own
}

extension SubscriberTable {
  /// Reads a file, row by row.
  ///
  /// - Throws: a `Problem` where the file or its header line cannot be read, and what `visit`
  ///   throws.
  func read(_ visit: (Result<Row, Problem>) throws -> Void) throws {
    let file = try opened()
    try read(pieces: { try file.read(atMost: 65_536) }, visit)
  }

  private func opened() throws(SubscriberTableError) -> OpenFile {
    do throws(FileError) {
      return try OpenFile(path, O_RDONLY)
    } catch {
      throw .unreadable(path: path, detail: error.description)
    }
  }

  /// Reads bytes that come in pieces, of which the last is empty.
  func read(
    pieces: () throws -> [UInt8],
    _ visit: (Result<Row, Problem>) throws -> Void
  ) throws {
    var parser = CSVParser()
    var rows: RowReader?
    var isAtEnd = false
    while !isAtEnd {
      let piece = try pieces()
      isAtEnd = piece.isEmpty
      if isAtEnd { parser.finish() } else { parser.feed(piece) }
      for record in parser.takeRecords() where !record.isBlank {
        if rows == nil {
          rows = RowReader(self, columns: try names(in: record))
        } else if let result = rows?.row(record) {
          try visit(result)
        }
      }
    }
    if rows == nil { throw problem("empty; a line that names the columns is expected", line: 1) }
  }

  func problem(_ message: String, line: Int) -> Problem {
    Problem(path: path, line: line, message: message)
  }
}
