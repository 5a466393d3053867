/// A Markdown text whose first heading of level 1 can be taken out as the title.
struct MarkdownBody {
  struct Heading: Equatable {
    /// In Markdown.
    var text: String
    fileprivate var lines: Range<Int>
  }

  private var lines: [Substring]
  let heading: Heading?

  init(_ text: Substring) {
    lines = text.lines
    heading = firstHeading(in: lines)
  }

  var text: String { lines.joined(separator: "\n") }

  /// Leaves empty lines, so that the others keep their numbers.
  mutating func removeHeading() {
    for index in heading?.lines ?? 0..<0 { lines[index] = "" }
  }
}

/// The first line with one `#`, or underlined with `=`, outside blocks of code.
private func firstHeading(in lines: [Substring]) -> MarkdownBody.Heading? {
  var fence: UInt8?
  for (index, line) in lines.enumerated() {
    let marks = unindented(line)
    if let sign = fenceSign(marks) {
      if fence == nil || fence == sign { fence = fence == nil ? sign : nil }
    } else if fence == nil, let text = headingText(marks) {
      return MarkdownBody.Heading(text: text, lines: index..<index + 1)
    } else if fence == nil, isUnderlined(lines, index) {
      return MarkdownBody.Heading(text: String(lines[index]), lines: index..<index + 2)
    }
  }
  return nil
}

/// A line without up to three spaces before it; with four it would be code.
private func unindented(_ line: Substring) -> Substring.UTF8View {
  let spaces = line.utf8.prefix { $0 == 0x20 }.count
  return spaces <= 3 ? line.utf8.dropFirst(spaces) : line.utf8.prefix(0)
}

private func fenceSign(_ line: Substring.UTF8View) -> UInt8? {
  guard line.starts(with: "```".utf8) || line.starts(with: "~~~".utf8) else { return nil }
  return line.first
}

private func headingText(_ line: Substring.UTF8View) -> String? {
  guard line.starts(with: "# ".utf8) else { return nil }
  var text = Substring(line.dropFirst(2))
  while text.utf8.last == 0x20 { text.removeLast() }
  let closing = text.utf8.reversed().prefix { $0 == UInt8(ascii: "#") }.count
  let kept = text.dropLast(closing)
  if closing > 0, kept.isEmpty || kept.utf8.last == 0x20 { text = kept }
  return text.isEmpty ? nil : String(text)
}

/// Whether a line is a paragraph of its own with a line of `===` under it.
private func isUnderlined(_ lines: [Substring], _ index: Int) -> Bool {
  guard index + 1 < lines.count, !isBlank(lines[index]), !unindented(lines[index]).isEmpty,
    index == 0 || isBlank(lines[index - 1])
  else { return false }
  let under = unindented(lines[index + 1])
  let bar = under.prefix { $0 == UInt8(ascii: "=") }
  return !bar.isEmpty && under.dropFirst(bar.count).allSatisfy { $0 == 0x20 }
}

func isBlank(_ line: Substring) -> Bool {
  line.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
}
