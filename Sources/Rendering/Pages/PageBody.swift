/// Sanitised HTML as the body of a page.
///
/// On a page there is one `h1`, the title, and one `main`; so the content's headings become `h2`
/// and below without skipping a level, and its landmarks plain blocks. A wide table gets a frame to
/// scroll in, which can be reached from the keyboard.
struct PageBody {
  private var bytes: [UInt8] = []
  /// What opens the frame of a table.
  private let frame: String
  private var openTables = 0
  /// The levels of the headings that the place is below, as the content has them.
  private var outline: [Int] = []
  /// The levels of the headings that are open, as the page has them.
  private var openHeadings: [Int] = []

  /// - Parameter tableLabel: what screen readers call the frame of a table; escaped.
  init(_ content: Span<UInt8>, tableLabel: String) {
    frame = "<div class=\"scroll\" role=\"group\" aria-label=\"\(tableLabel)\" tabindex=\"0\">"
    bytes.reserveCapacity(content.count + 512)
    let source = array(content)
    var (copied, position) = (0, 0)
    // In sanitised HTML, `<` begins a tag and `>` ends one wherever they stand.
    while let start = source[position...].firstIndex(of: UInt8(ascii: "<")) {
      position = start + 1
      guard let tag = Tag(in: source, at: start) else { continue }
      bytes += source[copied..<start]
      append(tag)
      (copied, position) = (tag.source.endIndex, tag.source.endIndex)
    }
    bytes += source[copied...]
  }

  var html: String { String(decoding: bytes, as: UTF8.self) }

  private mutating func append(_ tag: Tag) {
    switch tag.name {
    case "h1", "h2", "h3", "h4", "h5", "h6":
      let level = tag.isEnd ? endHeading() : startHeading(Int(tag.name.dropFirst()) ?? 2)
      append("h\(level)", for: tag)
    case "main", "nav", "aside": append("div", for: tag)
    case "table" where tag.isEnd: endTable(tag)
    case "table": startTable(tag)
    default: bytes += tag.source
    }
  }

  private mutating func append(_ name: String, for tag: Tag) {
    bytes += (tag.isEnd ? "</" : "<").utf8
    bytes += name.utf8
    bytes += tag.attributes
  }

  /// The level of a heading on the page.
  private mutating func startHeading(_ level: Int) -> Int {
    while let last = outline.last, last >= level { outline.removeLast() }
    outline.append(level)
    openHeadings.append(min(outline.count + 1, 6))
    return openHeadings.last ?? 2
  }

  private mutating func endHeading() -> Int { openHeadings.popLast() ?? 2 }

  private mutating func startTable(_ tag: Tag) {
    if openTables == 0 { bytes += frame.utf8 }
    openTables += 1
    bytes += tag.source
  }

  private mutating func endTable(_ tag: Tag) {
    bytes += tag.source
    openTables -= 1
    if openTables == 0 { bytes += "</div>".utf8 }
  }
}

/// A tag of an element that may need another form.
private struct Tag {
  let source: ArraySlice<UInt8>
  let isEnd: Bool
  let name: String
  /// What follows the name, up to and including `>`.
  let attributes: ArraySlice<UInt8>

  /// Reads the tag at an offset; nil for most elements, by their first letter.
  init?(in html: [UInt8], at start: Int) {
    isEnd = start + 1 < html.count && html[start + 1] == UInt8(ascii: "/")
    let inside = html[(start + (isEnd ? 2 : 1))...]
    guard let first = inside.first, "hmnat".utf8.contains(first) else { return nil }
    let name = inside.prefix(while: isNameByte)
    let end = inside.firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? html.endIndex
    self.name = String(decoding: name, as: UTF8.self)
    source = html[start..<end]
    attributes = html[name.endIndex..<end]
  }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  (97...122).contains(byte) || (48...57).contains(byte)
}
