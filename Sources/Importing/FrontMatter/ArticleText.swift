import Model

/// An article's file, cut into its front matter and its text.
struct ArticleText {
  /// For messages about the file.
  let path: String
  /// The lines of the front matter without those of `---`; nil where there is none.
  let frontMatter: [Substring]?
  /// The line of the file on which the front matter's first line stands.
  let firstLine: Int
  /// What follows the front matter.
  let body: Substring
  /// The line of the file on which the body begins.
  let bodyLine: Int

  /// Cuts a repaired text; throws where the front matter is opened and not closed.
  init(_ text: String, path: String) throws(Problem) {
    self.path = path
    var lines = Lines(text)
    var opening = lines.next()
    while opening.map(isBlank) == true { opening = lines.next() }
    guard let opening, isFence(opening) else {
      (frontMatter, firstLine, body, bodyLine) = (nil, 1, text[...], 1)
      return
    }
    firstLine = lines.count + 1
    var block: [Substring] = []
    while let line = lines.next(), !isFence(line) { block.append(line) }
    guard lines.count > firstLine + block.count - 1 else {
      throw unclosed(opening, line: firstLine - 1, path: path)
    }
    frontMatter = block
    body = lines.rest
    bodyLine = lines.count + 1
  }

  /// A line of the file, as long as it is one of the front matter's.
  func line(_ number: Int) -> String? {
    guard let frontMatter, frontMatter.indices.contains(number - firstLine) else { return nil }
    return String(frontMatter[number - firstLine])
  }

  func problem(_ message: String, at place: Place) -> Problem {
    Problem(
      path: path,
      line: place.line,
      column: place.column,
      message: message,
      excerpt: line(place.line).map(excerpt)
    )
  }
}

private func isFence(_ line: Substring) -> Bool {
  line.hasPrefix("---") && line.utf8.dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
}

private func unclosed(_ line: Substring, line number: Int, path: String) -> Problem {
  Problem(
    path: path,
    line: number,
    column: 1,
    message: "the front matter is opened here and never closed; write a line of --- after it",
    excerpt: String(line)
  )
}

/// A line as a message shows it.
private func excerpt(_ line: String) -> String {
  line.utf8.count <= 300 ? line : String(line.unicodeScalars.prefix(299)) + "…"
}

extension Substring {
  /// The lines between line feeds, cut without looking at characters: there may be millions.
  var lines: [Substring] {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init)
  }
}

/// The lines of a text, one after another, counted.
private struct Lines {
  private(set) var rest: Substring
  private(set) var count = 0
  private var isAtEnd = false

  init(_ text: String) { rest = text[...] }

  mutating func next() -> Substring? {
    guard !isAtEnd else { return nil }
    count += 1
    guard let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) else {
      defer { rest = rest[rest.endIndex...] }
      isAtEnd = true
      return rest
    }
    defer { rest = rest[rest.utf8.index(after: end)...] }
    return rest[..<end]
  }
}
