/// A message as a mail program takes it apart: header fields and the parts of one multipart.
///
/// It reads what is written here; what others write needs a larger reader.
struct MIMEMessage {
  /// A header field, unfolded.
  struct Field {
    var name: String
    var value: String
  }

  struct Part {
    var fields: [Field]
    /// As it is sent.
    var body: [UInt8]
    /// Decoded.
    var text: String
  }

  private(set) var fields: [Field] = []
  private(set) var parts: [Part] = []
  /// Without their CRLF.
  let lines: [ArraySlice<UInt8>]
  /// How many lines the header has.
  private(set) var headerLength = 0
  /// Whether every line ends in CRLF, and none has a CR or LF of its own.
  let hasCleanLineEnds: Bool

  init(_ bytes: [UInt8]) {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    let end = lines.popLast() ?? []
    hasCleanLineEnds =
      end.isEmpty && lines.allSatisfy { $0.last == 13 && !$0.dropLast().contains(13) }
    self.lines = lines.map { $0.last == 13 ? $0.dropLast() : $0 }
    (fields, headerLength) = Self.fields(self.lines[...])
    parts = boundary.map { parts(between: Array("--\($0)".utf8)) } ?? []
  }

  subscript(name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  func part(_ type: String) -> Part? {
    parts.first { part in
      part.fields.contains {
        $0.name.lowercased() == "content-type" && $0.value.lowercased().hasPrefix(type)
      }
    }
  }

  private var boundary: String? {
    guard let type = self["Content-Type"], let start = type.ranges(of: "boundary=\"").first
    else { return nil }
    return String(type[start.upperBound...].prefix { $0 != "\"" })
  }

  private func parts(between delimiter: [UInt8]) -> [Part] {
    let end = delimiter + Array("--".utf8)
    let places = lines.indices.filter { lines[$0].elementsEqual(delimiter) }
    let last = lines.lastIndex { $0.elementsEqual(end) } ?? lines.count
    return zip(places, places.dropFirst() + [last]).map { start, end in
      let (fields, length) = Self.fields(lines[(start + 1)..<max(start + 1, end)])
      // The line break before a delimiter belongs to the delimiter (RFC 2046 §5.1.1).
      let body = lines[min(start + 1 + length, end)..<end].dropLast()
      let bytes = Array(body.map { $0 + [13, 10] }.joined())
      let text = String(decoding: QuotedPrintable.decode(bytes), as: UTF8.self)
      return Part(fields: fields, body: bytes, text: text)
    }
  }

  /// The fields of a header, and its lines, the empty one included.
  private static func fields(_ lines: ArraySlice<ArraySlice<UInt8>>) -> ([Field], Int) {
    var fields: [Field] = []
    for (count, line) in lines.enumerated() {
      guard let first = line.first else { return (fields, count + 1) }
      let text = String(decoding: line, as: UTF8.self)
      if first == 0x20 || first == 0x09, !fields.isEmpty {
        fields[fields.count - 1].value += text
      } else if let colon = text.firstIndex(of: ":") {
        let value = text[text.index(after: colon)...].drop { $0 == " " }
        fields.append(Field(name: String(text[..<colon]), value: String(value)))
      }
    }
    return (fields, lines.count)
  }
}
