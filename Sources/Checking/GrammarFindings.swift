import Markup

/// What a grammar has against a document, as one finding; nil for nothing.
///
/// The first fault says what is wrong, the second where; what libxml2 says of the elements around
/// them helps nobody.
func finding(_ faults: [XMLFault], in path: String) -> Finding? {
  guard let first = faults.first else { return nil }
  let words = faults.prefix(2).map(\.message).joined(separator: "; ")
  return Finding(severity: .error, path: path, line: first.line, message: "not valid: \(words)")
}

extension FeedDocument {
  /// What a grammar has against the document, with the entry in which it stands.
  func finding(_ faults: [XMLFault]) -> Finding? {
    guard var finding = Checking.finding(faults, in: path) else { return nil }
    let entry = entries.last { ($0.line ?? .max) <= (finding.line ?? 0) }
    finding.article = entry?.id
    finding.title = entry?.title
    return finding
  }
}

/// The id of the entry that a line of a broken document belongs to, as far as can be seen.
func lastID(in document: [UInt8], upToLine number: Int) -> String? {
  let lines = document.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  for line in lines.prefix(number).reversed() {
    let text = String(decoding: line, as: UTF8.self).split { "<>".contains($0) }.map(String.init)
    if let tag = text.firstIndex(where: { $0 == "id" || $0.hasPrefix("guid ") }) {
      return tag + 1 < text.count ? text[tag + 1] : nil
    }
  }
  return nil
}
