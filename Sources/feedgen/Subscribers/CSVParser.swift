/// One line of a table, or several where a quoted field has line breaks in it.
struct CSVRecord: Equatable {
  /// Where it begins, from 1.
  var line: Int
  var fields: [[UInt8]]
  /// Why its fields cannot be told apart.
  var fault: String?

  var isBlank: Bool {
    fault == nil && fields.allSatisfy { $0.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
  }

  /// The fields as texts; nil where one is not UTF-8.
  var texts: [String]? {
    let texts = fields.map { String(validating: $0, as: UTF8.self) }
    return texts.contains(nil) ? nil : texts.compactMap { $0 }
  }
}

/// Cuts bytes into the records and fields of RFC 4180, as they come.
///
/// The separator is the comma; where the header line has none, the semicolon or the tab that
/// spreadsheets write in countries with a decimal comma.
struct CSVParser {
  private enum State {
    case fieldStart, plain, quoted, quoteInQuoted
    /// Before the end of a line that is too long.
    case skipping
  }

  /// A longer record is one whose quote was never closed.
  static let longestRecord = 16_384

  private var state = State.fieldStart
  private var record = CSVRecord(line: 1, fields: [])
  private var field: [UInt8] = []
  /// The bytes of the record as read, to read its other lines again if a quote is never closed.
  private var raw: [UInt8] = []
  private var line = 1
  private var separator: UInt8?
  private var mayHaveMark = true
  private var records: [CSVRecord] = []

  mutating func feed(_ bytes: [UInt8]) {
    for byte in bytes { feed(byte) }
  }

  mutating func finish() {
    while state == .quoted { giveUpRecord() }
    if !raw.isEmpty || state == .skipping { endRecord() }
  }

  mutating func takeRecords() -> [CSVRecord] {
    defer { records = [] }
    return records
  }
}

extension CSVParser {
  private mutating func feed(_ byte: UInt8) {
    if byte == .lineFeed { line += 1 }
    if state != .skipping { raw.append(byte) }
    switch state {
    case .quoted where byte == .quote: state = .quoteInQuoted
    case .quoted: field.append(byte)
    case .fieldStart where byte == .quote: state = .quoted
    case .quoteInQuoted where byte == .quote:
      field.append(byte)
      state = .quoted
    case .fieldStart, .plain, .quoteInQuoted: feedPlain(byte)
    case .skipping: if byte == .lineFeed { endRecord() }
    }
    if mayHaveMark, raw.count == 3 { dropByteOrderMark() }
    if raw.count > Self.longestRecord, state != .skipping { giveUpRecord() }
  }

  /// Forgets what spreadsheets put before the first column.
  private mutating func dropByteOrderMark() {
    mayHaveMark = false
    if raw == [0xEF, 0xBB, 0xBF] { beginRecord() }
  }

  private mutating func feedPlain(_ byte: UInt8) {
    if byte == .lineFeed {
      endRecord()
    } else if isSeparator(byte) {
      endField()
    } else if state != .quoteInQuoted {
      if byte == .quote { fault("a quote inside a field; put the field between quotes") }
      field.append(byte)
      state = .plain
    } else if byte != .carriageReturn {
      fault("there is text behind a closing quote; double the quotes inside a field")
      state = .plain
    }
  }

  private mutating func fault(_ message: String) {
    record.fault = record.fault ?? message
  }

  private mutating func isSeparator(_ byte: UInt8) -> Bool {
    if let separator { return byte == separator }
    guard [.comma, .semicolon, .tab].contains(byte) else { return false }
    separator = byte
    return true
  }

  private mutating func endField() {
    record.fields.append(field)
    field = []
    state = .fieldStart
  }

  private mutating func endRecord() {
    if state != .quoteInQuoted, field.last == .carriageReturn { field.removeLast() }
    endField()
    // What was read of a faulty line is not what was meant.
    if record.fault != nil { record.fields = [] }
    records.append(record)
    separator = separator ?? .comma
    beginRecord()
  }

  private mutating func beginRecord() {
    record = CSVRecord(line: line, fields: [])
    field = []
    raw = []
    state = .fieldStart
  }

  /// Leaves out a line that is too long, or whose quote was never closed, and reads on behind it.
  private mutating func giveUpRecord() {
    let isQuoted = state == .quoted || state == .quoteInQuoted
    fault(isQuoted ? "a quote that is never closed" : "over \(Self.longestRecord) bytes in a line")
    guard let end = raw.firstIndex(of: .lineFeed) else {
      state = .skipping
      return
    }
    let rest = raw[(end + 1)...]
    record.fields = []
    records.append(record)
    line = record.line + 1
    beginRecord()
    for byte in rest { feed(byte) }
  }
}

extension UInt8 {
  fileprivate static let tab = UInt8(ascii: "\t")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let comma = UInt8(ascii: ",")
  fileprivate static let semicolon = UInt8(ascii: ";")
}
