internal import Cryptography

/// A message or a part of one (RFC 2045), read as far as it can be: nothing is an error.
///
/// What comes by mail is hostile. The depth and the number of parts are bounded, and so is the time,
/// which grows with the size alone.
struct MIMEPart {
  static let deepest = 8
  static let mostParts = 64

  let fields: MailFields
  /// As it was sent.
  let rawBody: ArraySlice<UInt8>
  /// What a multipart holds; empty for any other.
  let parts: [MIMEPart]

  /// Reads a message.
  init(_ bytes: some Collection<UInt8>) {
    var left = Self.mostParts
    self.init(Array(bytes)[...], depth: 0, left: &left)
  }

  private init(_ bytes: ArraySlice<UInt8>, depth: Int, left: inout Int) {
    let (fields, body) = MailFields.read(bytes)
    self.fields = fields
    rawBody = body
    var parts: [MIMEPart] = []
    if depth < Self.deepest, let boundary = fields.contentType.boundary {
      for piece in body.pieces(between: boundary, atMost: left) where left > 0 {
        left -= 1
        parts.append(MIMEPart(piece, depth: depth + 1, left: &left))
      }
    }
    self.parts = parts
  }

  /// `text/plain`; what RFC 2045 §5.2 takes it for where nothing is said.
  var type: String { fields.contentType.type }

  /// The body with its transfer encoding taken off.
  var body: [UInt8] {
    switch fields["content-transfer-encoding"]?.lowercased() {
    case "base64": TransferEncoding.fromBase64(rawBody)
    case "quoted-printable": TransferEncoding.fromQuotedPrintable(rawBody)
    default: Array(rawBody)
    }
  }

  /// The first part, this one included, that has one of these types.
  func first(_ types: Set<String>) -> MIMEPart? {
    if types.contains(type) { return self }
    for part in parts {
      if let found = part.first(types) { return found }
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  /// What lies between the lines of a boundary (RFC 2046 §5.1.1); the last piece may lack its end.
  fileprivate func pieces(between boundary: String, atMost limit: Int) -> [ArraySlice<UInt8>] {
    let delimiter = Array("--\(boundary)".utf8)
    var pieces: [ArraySlice<UInt8>] = []
    var start: Int?
    for line in lines where line.starts(with: delimiter) {
      if let start { pieces.append(self[start..<line.startIndex].withoutLastLineBreak) }
      let isLast = line.dropFirst(delimiter.count).starts(with: "--".utf8)
      start = isLast ? nil : index(afterLine: line)
      if isLast || pieces.count >= limit { return pieces }
    }
    if let start { pieces.append(self[start...]) }
    return pieces
  }

  /// The line break before a boundary belongs to the boundary.
  private var withoutLastLineBreak: ArraySlice<UInt8> {
    var piece = self
    if piece.last == 10 { piece.removeLast() }
    if piece.last == 13 { piece.removeLast() }
    return piece
  }

  private func index(afterLine line: ArraySlice<UInt8>) -> Int {
    self[line.endIndex...].firstIndex(of: 10).map { $0 + 1 } ?? endIndex
  }
}

extension ArraySlice<UInt8> {
  /// The lines without their breaks (LF or CRLF), each a slice of this one.
  var lines: [ArraySlice<UInt8>] {
    split(separator: 10, omittingEmptySubsequences: false).map { line in
      line.last == 13 ? line.dropLast() : line
    }
  }
}
