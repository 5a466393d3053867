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
    var rest = content.indices.map { content[$0] }[...]
    // In sanitised HTML, `<` begins a tag and `>` ends one wherever they stand.
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      bytes += rest[..<start]
      let end = rest[start...].firstIndex(of: UInt8(ascii: ">")) ?? rest.endIndex - 1
      append(tag: rest[start...end])
      rest = rest[(end + 1)...]
    }
    bytes += rest
  }

  var html: String { String(decoding: bytes, as: UTF8.self) }

  private mutating func append(tag: ArraySlice<UInt8>) {
    let isEnd = tag.dropFirst().first == UInt8(ascii: "/")
    let inside = tag.dropFirst(isEnd ? 2 : 1)
    let name = inside.prefix(while: isNameByte)
    let attributes = inside[name.endIndex...]
    switch String(decoding: name, as: UTF8.self) {
    case "h1", "h2", "h3", "h4", "h5", "h6":
      let level = Int(name[name.startIndex + 1] - UInt8(ascii: "0"))
      append("h\(isEnd ? endHeading() : startHeading(level))", isEnd: isEnd, attributes)
    case "main", "nav", "aside": append("div", isEnd: isEnd, attributes)
    case "table" where isEnd: endTable(tag)
    case "table": startTable(tag)
    default: bytes += tag
    }
  }

  private mutating func append(_ name: String, isEnd: Bool, _ attributes: ArraySlice<UInt8>) {
    bytes += (isEnd ? "</" : "<").utf8
    bytes += name.utf8
    bytes += attributes
  }

  /// The level of a heading on the page.
  private mutating func startHeading(_ level: Int) -> Int {
    while let last = outline.last, last >= level { outline.removeLast() }
    outline.append(level)
    openHeadings.append(min(outline.count + 1, 6))
    return openHeadings.last ?? 2
  }

  private mutating func endHeading() -> Int { openHeadings.popLast() ?? 2 }

  private mutating func startTable(_ tag: ArraySlice<UInt8>) {
    if openTables == 0 { bytes += frame.utf8 }
    openTables += 1
    bytes += tag
  }

  private mutating func endTable(_ tag: ArraySlice<UInt8>) {
    bytes += tag
    openTables -= 1
    if openTables == 0 { bytes += "</div>".utf8 }
  }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  (97...122).contains(byte) || (48...57).contains(byte)
}
