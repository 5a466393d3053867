/// What the charset of a document is taken to be, and what says so.
package struct DetectedCharset: Equatable, Sendable, CustomStringConvertible {
  package enum Evidence: String, Sendable {
    /// A byte order mark, or zeros where only UTF-16 has them.
    case byteOrder = "its first bytes"
    case contentType = "its Content-Type"
    /// The XML declaration, or `<meta>`.
    case declaration = "its declaration"
    /// The bytes are UTF-8, although something else is declared.
    case content = "all of its bytes"
    case guess = "a guess"
  }

  package let charset: Charset
  package let evidence: Evidence
  /// A name that was given and that no charset has, for people.
  package private(set) var unknownName: String?

  package var description: String {
    let unknown = unknownName.map { "; no charset is called “\($0)”" } ?? ""
    return "\(charset) by \(evidence.rawValue)\(unknown)"
  }

  private init(_ charset: Charset, by evidence: Evidence, unknownName: String? = nil) {
    self.charset = charset
    self.evidence = evidence
    self.unknownName = unknownName
  }
}

/// What kinds of document name their charset in ways of their own.
package enum DocumentKind: Sendable {
  case html, xml, json
}

extension DetectedCharset {
  /// Looks at a document's first bytes, of which 1,024 decide what it declares.
  ///
  /// A byte order mark counts most, then HTTP's word, then the document's, then a guess (RFC 7303
  /// §3, HTML §13.2.3). Two declarations are not believed, since a text that they spoil cannot be
  /// mended later:
  /// - Another charset for bytes that are UTF-8. Servers add `iso-8859-1` to everything, and exports
  ///   keep the declaration of the site that they were made from; Miniflux does the same. Words in a
  ///   charset of single bytes that happen to be UTF-8 throughout do not occur; in Shift_JIS or GBK
  ///   short ones do, so those are believed unless the text is long.
  /// - UTF-8 for bytes of which more are not UTF-8 than are: then what else is declared counts.
  ///
  /// - Parameters:
  ///   - start: the first bytes, some thousand at best; the more, the better the guess.
  ///   - contentType: HTTP's header field, parameters included.
  ///   - kind: what the document should be.
  package init(of start: some Collection<UInt8>, contentType: String?, as kind: DocumentKind) {
    let start = Array(start)
    if let charset = charsetByOrder(of: start) {
      self.init(charset, by: .byteOrder)
      return
    }
    let weight = UTF8Weight(of: start)
    var unknownName: String?
    for (label, evidence) in labels(of: start, contentType, kind) {
      guard let charset = Charset(label: label) else {
        unknownName = unknownName ?? singleLine(String(label.prefix(60)))
        continue
      }
      guard weight.allows(charset, in: start) else { continue }
      let isOverruled = charset != .utf8 && weight.refutes(charset)
      self.init(
        isOverruled ? .utf8 : charset,
        by: isOverruled ? .content : evidence,
        unknownName: unknownName
      )
      return
    }
    self.init(weight.guess(of: start), by: .guess, unknownName: unknownName)
  }
}

/// The labels that a document is given, the one that counts most first.
private func labels(
  of start: [UInt8],
  _ contentType: String?,
  _ kind: DocumentKind
) -> [(String, DetectedCharset.Evidence)] {
  var labels: [(String, DetectedCharset.Evidence)] = []
  if let label = contentType.flatMap({ charsetLabel(inContentType: $0.utf8) }) {
    labels.append((label, .contentType))
  }
  let head = start.prefix(1024)
  let declared =
    switch kind {
    case .html: charsetLabel(inMetaOf: head) ?? charsetLabel(inXMLDeclarationOf: head)
    case .xml: charsetLabel(inXMLDeclarationOf: head)
    case .json: nil as String?
    }
  if let declared { labels.append((declared, .declaration)) }
  return labels
}

/// The charset of a byte order mark, or of a document that begins with `<` in UTF-16 (XML §F.1).
private func charsetByOrder(of start: [UInt8]) -> Charset? {
  if start.starts(with: [0xef, 0xbb, 0xbf]) { return .utf8 }
  if start.starts(with: [0xff, 0xfe]) || start.starts(with: [0x3c, 0x00]) {
    return .utf16LittleEndian
  }
  if start.starts(with: [0xfe, 0xff]) || start.starts(with: [0x00, 0x3c]) {
    return .utf16BigEndian
  }
  return nil
}
