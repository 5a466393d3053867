import Markup

/// One paragraph's or heading's worth of a scraped page, on one line.
struct PageLine: Equatable {
  let text: String
  /// Short, without a final stop, beginning like a sentence, and all one sentence.
  let looksLikeHeading: Bool

  static let longestHeading = 150

  init(_ text: String) {
    self.text = text
    looksLikeHeading = PageLine.looksLikeHeading(text)
  }

  private static func looksLikeHeading(_ text: String) -> Bool {
    guard text.utf8.count <= longestHeading * 4 else { return false }
    let scalars = Array(text.unicodeScalars)
    guard scalars.count <= longestHeading, let first = scalars.first, let last = lastSign(scalars)
    else { return false }
    if first.properties.isLowercase || "-–—•*·".unicodeScalars.contains(first) { return false }
    switch last {
    case ".", ",", ";", ":", "…", "*": return false
    // A paragraph may well end with a question, but not begin with a statement and be a heading.
    case "?", "!": return !hasFullStopWithin(scalars)
    default: return true
    }
  }
}

/// The last character that is neither a space nor a closing quotation mark or bracket.
private func lastSign(_ scalars: [Unicode.Scalar]) -> Unicode.Scalar? {
  scalars.last { scalar in
    !scalar.properties.isWhitespace && !"»”’\")]".unicodeScalars.contains(scalar)
  }
}

private func hasFullStopWithin(_ scalars: [Unicode.Scalar]) -> Bool {
  zip(scalars, scalars.dropFirst()).contains { $0 == "." && $1.properties.isWhitespace }
}

/// The lines of a page, trimmed, without the empty ones, with lines that were wrapped joined.
func pageLines(of text: some StringProtocol) -> [PageLine] {
  var lines: [PageLine] = []
  var group: [String] = []
  for raw in text.split(separator: "\n", omittingEmptySubsequences: false) {
    let line = singleLine(String(raw))
    if line.isEmpty {
      lines += joined(group)
      group = []
    } else {
      group.append(line)
    }
  }
  return lines + joined(group)
}

/// Lines without an empty one between them: one paragraph where all look cut to a width.
private func joined(_ group: [String]) -> [PageLine] {
  let widths = group.dropLast().map(\.unicodeScalars.count)
  let isWrapped = widths.allSatisfy((45...100).contains) && (group.last?.utf8.count ?? 0) <= 400
  guard group.count > 1, isWrapped, isUneven(group) else { return group.map(PageLine.init) }
  return [PageLine(group.joined(separator: " "))]
}

/// Whether a line ends within a sentence, as wrapped ones do and paragraphs do not.
private func isUneven(_ group: [String]) -> Bool {
  let endings = group.dropLast().filter {
    !".!?…»”".unicodeScalars.contains($0.unicodeScalars.last ?? ".")
  }
  return endings.count * 2 >= group.count - 1
}
