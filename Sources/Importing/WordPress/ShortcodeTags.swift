/// The tags of shortcodes in a post, in their order, each start tag with its end tag.
///
/// Found in one pass, whatever stands in the post: tags without an end must not make each of them
/// look through all of the text.
struct ShortcodeTags {
  struct Tag {
    enum Kind {
      /// A shortcode begins; one without an end tag is that tag alone.
      case start(hasEnd: Bool)
      /// The innermost shortcode that is open ends.
      case end
      /// `[[name]]`, which means the text `[name]`.
      case quoted
    }

    var kind: Kind
    var range: Range<Int>
    var name = ""
    /// Where its attributes are.
    var attributes = 0..<0
    /// Tags of one name have one number.
    fileprivate var number = 0
  }

  private(set) var all: [Tag] = []
  private let post: PostMarkup
  /// The start tags that still may get an end.
  private var open: [Int] = []
  /// Numbers of names, and how many start tags of each are open.
  private var names: [String: Int] = [:]
  private var openCounts: [Int] = []

  init(in post: PostMarkup) {
    self.post = post
    var place = 0
    while case let next = post.next(bracket, lessThan, from: place), next < post.bytes.count {
      place = post.bytes[next] == bracket ? takeTag(at: next) : passMarkup(at: next)
    }
  }

  /// What of the post is not looked at: where code is shown, brackets are code.
  private static let untouched: Set<ElementName> = ["pre", "code", "script", "style", "textarea"]
  /// Longer ones are not written.
  private static let longestTag = 10_000

  private func passMarkup(at place: Int) -> Int {
    let name = ElementName(in: post.bytes, from: place + 1)
    let isPassed =
      name.isEmpty
      ? post.byte(at: place + 1) == UInt8(ascii: "!") : ShortcodeTags.untouched.contains(name)
    guard isPassed, let piece = post.piece(at: place) else { return place + 1 }
    switch piece {
    case .comment(let end), .end(_, let end): return end
    case .start(let name, let end): return post.endOfElement(name, from: end)
    }
  }

  /// Takes the tag at a bracket, and says where to go on.
  private mutating func takeTag(at place: Int) -> Int {
    let next = post.byte(at: place + 1)
    if next == UInt8(ascii: "/") { return takeEnd(at: place) }
    let isDoubled = next == bracket
    guard let tag = startTag(at: isDoubled ? place + 1 : place) else { return place + 1 }
    if isDoubled, post.byte(at: tag.range.upperBound) == closingBracket {
      all.append(Tag(kind: .quoted, range: place..<tag.range.upperBound + 1))
      return tag.range.upperBound + 1
    }
    append(tag)
    return tag.range.upperBound
  }

  private mutating func append(_ tag: Tag) {
    var tag = tag
    let isClosed = post.byte(at: tag.range.upperBound - 2) == UInt8(ascii: "/")
    if !isClosed {
      tag.number = number(of: tag.name)
      open.append(all.count)
      openCounts[tag.number] += 1
    }
    all.append(tag)
  }

  private mutating func number(of name: String) -> Int {
    if let number = names[name] { return number }
    names[name] = openCounts.count
    openCounts.append(0)
    return openCounts.count - 1
  }

  private func startTag(at place: Int) -> Tag? {
    guard let nameEnd = endOfName(from: place + 1), let end = endOfTag(from: nameEnd)
    else { return nil }
    let after = post.bytes[nameEnd]
    guard nameEnd == end || isSpace(after) || (after == UInt8(ascii: "/") && nameEnd + 1 == end)
    else { return nil }
    let name = String(decoding: post.bytes[place + 1..<nameEnd], as: UTF8.self)
    return Tag(
      kind: .start(hasEnd: false),
      range: place..<end + 1,
      name: name,
      attributes: nameEnd..<end
    )
  }

  private func endOfName(from start: Int) -> Int? {
    guard (97...122).contains(post.byte(at: start) | 0x20) else { return nil }
    var place = start
    while isShortcodeName(post.byte(at: place)) { place += 1 }
    return place
  }

  /// The bracket that ends a tag, outside quotation marks; those begin with a value.
  private func endOfTag(from start: Int) -> Int? {
    var quote: UInt8?
    for place in start..<min(post.bytes.count, start + ShortcodeTags.longestTag) {
      let byte = post.bytes[place]
      switch byte {
      case quote: quote = nil
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let before = post.bytes[place - 1]
        if quote == nil, before == UInt8(ascii: "=") || isSpace(before) { quote = byte }
      case closingBracket where quote == nil: return place
      case bracket where quote == nil: return nil
      default: continue
      }
    }
    return nil
  }

  /// Takes `[/name]`; one without a start is text.
  private mutating func takeEnd(at place: Int) -> Int {
    guard let nameEnd = endOfName(from: place + 2), post.byte(at: nameEnd) == closingBracket
    else { return place + 2 }
    let name = String(decoding: post.bytes[place + 2..<nameEnd], as: UTF8.self)
    guard let start = closeShortcode(name) else { return nameEnd + 1 }
    let isQuoted =
      post.byte(at: nameEnd + 1) == closingBracket
      && post.byte(at: all[start].range.lowerBound - 1) == bracket
    guard !isQuoted else { return quote(from: start, to: nameEnd + 2) }
    all[start].kind = .start(hasEnd: true)
    all.append(Tag(kind: .end, range: place..<nameEnd + 1))
    return nameEnd + 1
  }

  /// `[[name]…[/name]]` means the text without the outer brackets.
  private mutating func quote(from start: Int, to end: Int) -> Int {
    let range = all[start].range.lowerBound - 1..<end
    all.removeSubrange(start...)
    all.append(Tag(kind: .quoted, range: range))
    return end
  }

  /// The innermost start tag of a name; those within it have no end.
  private mutating func closeShortcode(_ name: String) -> Int? {
    guard let number = names[name], openCounts[number] > 0 else { return nil }
    while let start = open.popLast() {
      openCounts[all[start].number] -= 1
      if all[start].number == number { return start }
    }
    return nil
  }
}

private let bracket = UInt8(ascii: "[")
private let closingBracket = UInt8(ascii: "]")
private let lessThan = UInt8(ascii: "<")
