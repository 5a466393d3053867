import Markup

/// One paragraph's or heading's worth of a scraped page, on one line.
struct PageLine: Equatable {
  let text: String
  /// Short, and without the final stop of a sentence or of a list's item.
  let isShort: Bool
  /// Also beginning like a sentence, and all one sentence.
  let looksLikeHeading: Bool

  static let longestHeading = 150

  init(_ text: String) {
    self.text = text
    let isBrief = text.utf8.count <= PageLine.longestHeading * 4
    let scalars = isBrief ? Array(text.unicodeScalars) : []
    let end = lastSign(scalars).flatMap { scalars.count <= PageLine.longestHeading ? $0 : nil }
    isShort = end.map { !".,;…".unicodeScalars.contains($0) } ?? false
    looksLikeHeading = isShort && beginsAndEndsLikeHeading(scalars, end: end)
  }
}

private func beginsAndEndsLikeHeading(_ scalars: [Unicode.Scalar], end: Unicode.Scalar?) -> Bool {
  guard let first = scalars.first, !first.properties.isLowercase,
    !"-–—•*·".unicodeScalars.contains(first)
  else { return false }
  return switch end {
  case ":", "*": false
  // A paragraph may end with a question, but a heading does not begin with a statement.
  case "?", "!": !hasFullStopWithin(scalars)
  default: true
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
func pageLines(of text: Substring) -> [PageLine] {
  var lines: [PageLine] = []
  var group: [String] = []
  for raw in text.lines {
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
