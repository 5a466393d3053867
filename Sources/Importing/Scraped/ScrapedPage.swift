import Markup

/// A page that a scraper left as plain text: its title, and what there is to read.
///
/// Only general rules, none for a certain site: captions above the title go; a short line without
/// a final stop before a paragraph is a heading; related posts and the comment form go where
/// nothing but them follows.
struct ScrapedPage: Equatable {
  enum Block: Equatable {
    case heading(String)
    case paragraph(String)
  }

  /// The first line where it is a heading, else the first sentence cut at a word; nil where there
  /// is no text.
  let title: String?
  let blocks: [Block]

  init(_ text: Substring) {
    var lines = pageLines(of: text)
    let tail = PageTail.start(in: lines, text: \.text) { $0.isShort || Caption($0) != nil }
    lines.removeSubrange(tail...)
    lines.removeFirst(captions(above: lines))
    if let heading = titleLine(of: lines) {
      title = cutAtWord(heading.text, to: 300)
      // A page's head often says its title twice.
      blocks = ScrapedPage.blocks(of: lines.drop { $0.text == heading.text })
    } else {
      title = lines.first.flatMap { Importing.title(fromText: $0.text) }
      blocks = ScrapedPage.blocks(of: lines[...])
    }
  }

  /// The blocks as HTML, not sanitised.
  var html: String {
    blocks.map { block in
      switch block {
      case .heading(let text): "<h2>\(escapedText(text))</h2>\n"
      case .paragraph(let text): "<p>\(escapedText(text))</p>\n"
      }
    }
    .joined()
  }
}

extension ScrapedPage {
  /// A line is a heading where a paragraph follows, or one more heading and then a paragraph:
  /// longer runs of short lines are a list.
  private static func blocks(of lines: ArraySlice<PageLine>) -> [Block] {
    var blocks: [Block] = []
    var rest = lines
    while let line = rest.first {
      let run = rest.prefix(while: \.looksLikeHeading)
      guard !run.isEmpty else {
        blocks.append(.paragraph(line.text))
        rest.removeFirst()
        continue
      }
      let headings = run.endIndex == lines.endIndex ? 0 : run.count <= 2 ? run.count : 1
      blocks += run.dropLast(headings).map { .paragraph($0.text) }
      blocks += run.suffix(headings).map { .heading($0.text) }
      rest = rest[run.endIndex...]
    }
    return blocks
  }
}

/// The first line, where it is a heading and something follows.
private func titleLine(of lines: [PageLine]) -> PageLine? {
  guard lines.count > 1, let first = lines.first, first.looksLikeHeading else { return nil }
  return first
}

/// How many lines at the top are captions of pictures.
///
/// A title may begin with “Photo” too. So a caption without a colon counts only where a heading,
/// the title, comes after it.
private func captions(above lines: [PageLine]) -> Int {
  var count = 0
  while count + 1 < lines.count, let caption = Caption(lines[count]) {
    guard caption.isLabelled || lines[count + 1].looksLikeHeading else { break }
    count += 1
  }
  return count
}
