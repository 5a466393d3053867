/// The bytes of a post, and where tags of HTML are in them.
///
/// Posts are read byte by byte: by characters it would take twenty times as long, and a post of a
/// megabyte is nothing unusual where pictures stand in the text.
struct PostMarkup {
  /// What begins with a less-than sign, and where it ends.
  enum Piece {
    case start(ElementName, end: Int)
    case end(ElementName, end: Int)
    case comment(end: Int)
  }

  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The byte at a place; 0 beyond the end.
  func byte(at place: Int) -> UInt8 { bytes.indices.contains(place) ? bytes[place] : 0 }

  /// The next place with one of two bytes, or the end.
  func next(_ first: UInt8, _ second: UInt8, from start: Int) -> Int {
    var place = start
    while place < bytes.count, bytes[place] != first, bytes[place] != second { place += 1 }
    return place
  }

  /// The next place without white space, or the end.
  func endOfSpace(from start: Int) -> Int {
    var place = start
    while place < bytes.count, isSpace(bytes[place]) { place += 1 }
    return place
  }

  /// What begins with the less-than sign at a place; nil where the sign is text.
  func piece(at place: Int) -> Piece? {
    switch byte(at: place + 1) {
    case UInt8(ascii: "!"): comment(at: place)
    case UInt8(ascii: "/"): tag(from: place + 2).map { .end($0.name, end: $0.end) }
    default: tag(from: place + 1).map { .start($0.name, end: $0.end) }
    }
  }

  /// Where the element ends whose start tag was read; at the end where it has no end tag.
  func endOfElement(_ name: ElementName, from start: Int) -> Int {
    var place = start
    while let next = bytes.end(of: "</", from: place) {
      if case .end(name, let end)? = piece(at: next - 2) { return end }
      place = next
    }
    return bytes.count
  }

  private func comment(at place: Int) -> Piece? {
    guard bytes.has("<!--", at: place) else { return nil }
    return .comment(end: bytes.end(of: "-->", from: place + 4) ?? bytes.count)
  }

  /// A tag from its name on.
  private func tag(from place: Int) -> (name: ElementName, end: Int)? {
    let name = ElementName(in: bytes, from: place)
    guard !name.isEmpty else { return nil }
    return endOfTag(from: place + name.count).map { (name, $0) }
  }

  /// What is behind the tag's greater-than sign; nil where the tag is none.
  private func endOfTag(from start: Int) -> Int? {
    var quote: UInt8?
    for place in start..<bytes.count {
      let byte = bytes[place]
      switch byte {
      case quote: quote = nil
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = quote ?? byte
      case UInt8(ascii: ">") where quote == nil: return place + 1
      case UInt8(ascii: "<") where quote == nil: return nil
      default: continue
      }
    }
    return nil
  }
}

extension [UInt8] {
  /// Whether a text stands at a place.
  func has(_ text: StaticString, at place: Int) -> Bool {
    guard place >= 0, place + text.utf8CodeUnitCount <= count else { return false }
    for index in 0..<text.utf8CodeUnitCount {
      guard unsafe self[place + index] == text.utf8Start[index] else { return false }
    }
    return true
  }

  /// What is behind the next place where a text stands.
  func end(of text: StaticString, from start: Int = 0) -> Int? {
    let first = unsafe text.utf8Start[0]
    var place = start
    while place < count {
      if self[place] == first, has(text, at: place) { return place + text.utf8CodeUnitCount }
      place += 1
    }
    return nil
  }
}
