import Model
import Transfer

/// Makes rows of a table's records.
struct RowReader {
  let table: SubscriberTable
  let topics: [String: Slug]
  let allTopics: [Slug]
  /// Lower case.
  private let columns: [String]
  /// The line of every address so far.
  private var lines: [String: Int] = [:]

  init(_ table: SubscriberTable, columns: [String]) {
    self.table = table
    self.columns = columns
    allTopics = table.site.topics.filter { !$0.isRetired }.map(\.slug)
    var topics: [String: Slug] = [:]
    for topic in table.site.topics {
      for old in topic.was { topics[old.text] = topic.slug }
    }
    for topic in table.site.topics {
      topics[topic.title.lowercased()] = topic.slug
      topics[topic.slug.text] = topic.slug
    }
    self.topics = topics
  }

  mutating func row(_ record: CSVRecord) -> Result<SubscriberTable.Row, Problem> {
    do throws(RowFault) {
      var row = try row(fields: try fields(of: record), line: record.line)
      try note(&row)
      return .success(row)
    } catch {
      return .failure(table.problem(error.message, line: record.line))
    }
  }

  private func row(
    fields: [String: String],
    line: Int
  ) throws(RowFault) -> SubscriberTable.Row {
    switch table.format {
    case .own: try ownRow(fields, line: line)
    case .foreign(let system, let consent):
      try foreignRow(system.subscriber(ForeignRow(fields), consent: consent), line: line)
    }
  }

  /// Looks whether the address was in an earlier row.
  private mutating func note(_ row: inout SubscriberTable.Row) throws(RowFault) {
    if case .leftOut = row.standing { return }
    let identity = row.subscriber.address.identity
    guard let line = lines.updateValue(row.line, forKey: identity) else { return }
    guard case .foreign(let system, _) = table.format, system.repeatsPeople else {
      throw RowFault("\(row.subscriber.address) was already in line \(line); remove one")
    }
    row.standing = .leftOut("was already in line \(line)")
  }

  /// The fields that are filled, by their columns.
  private func fields(of record: CSVRecord) throws(RowFault) -> [String: String] {
    if let fault = record.fault { throw RowFault(fault) }
    guard let texts = record.texts else {
      throw RowFault("not UTF-8; in a spreadsheet, save the table as “CSV UTF-8”")
    }
    guard texts.count <= columns.count else {
      throw RowFault(
        "\(texts.count) fields, and the first line names \(columns.count) columns; put quotes "
          + "around a field with the separator in it"
      )
    }
    let written = zip(columns, texts.map(trimmed)).filter { !$0.1.isEmpty }
    return Dictionary(written) { first, _ in first }
  }
}

/// What is wrong with a row.
struct RowFault: Error {
  let message: String

  init(_ message: String) { self.message = message }
}

/// A field without the white space around it.
func trimmed(_ text: String) -> String {
  var rest = Substring(text).unicodeScalars
  while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
  while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
  return String(rest)
}
