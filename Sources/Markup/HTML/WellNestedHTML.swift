internal import CLibXML2

/// Reads HTML that needs no correction, as nearly all does that programs write: the tokens are those
/// of the tree that a parser of HTML5 would make, at a tenth of its cost.
///
/// It knows the elements for which nesting is all that matters, and gives everything else back:
/// tables, forms, what is not closed or wrongly nested, unusual references. Fuzzing compares it
/// with gumbo.
@safe
struct WellNestedHTML {
  /// Each is compared with each.
  private static let mostAttributes = 50

  private let html: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var tokens: [HTMLToken] = []
  /// The elements that are open.
  private var open: [String] = []
  private var text: [UInt8] = []

  private init(_ html: UnsafeBufferPointer<UInt8>) {
    unsafe self.html = html
  }

  /// The tokens of a fragment within a page's body; nil where a parser has to decide.
  ///
  /// - Parameter html: mended text: UTF-8 without controls, and within the limits of depth.
  static func tokens(of html: UnsafeBufferPointer<UInt8>) -> [HTMLToken]? {
    // A parser writes U+FFFD for what it cannot read, so it is looked at there.
    guard unsafe !html.contains(0xef) else { return nil }
    var reader = unsafe WellNestedHTML(html)
    while reader.position < html.count {
      guard reader.readNext() else { return nil }
    }
    reader.endText()
    return reader.open.isEmpty ? reader.tokens : nil
  }

  private func byte(_ offset: Int) -> UInt8 {
    unsafe position + offset < html.count ? html[position + offset] : 0
  }

  private mutating func readNext() -> Bool {
    switch byte(0) {
    case UInt8(ascii: "<"): return readTag()
    case UInt8(ascii: "&"): return readReference(inAttribute: false)
    case 0x0d, 0: return false
    default:
      takeText { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") || $0 == 0x0d || $0 == 0 }
      return true
    }
  }

  private mutating func takeText(until isEnd: (UInt8) -> Bool) {
    let start = position
    while unsafe position < html.count && !isEnd(html[position]) { position += 1 }
    unsafe text.append(contentsOf: html[start..<position])
  }

  private mutating func endText() {
    guard !text.isEmpty else { return }
    tokens.append(.text(String(decoding: text, as: UTF8.self)))
    text.removeAll(keepingCapacity: true)
  }
}

extension WellNestedHTML {
  private mutating func readTag() -> Bool {
    switch byte(1) {
    case UInt8(ascii: "/"): readEndTag()
    case UInt8(ascii: "!"): skipComment()
    case UInt8(ascii: "a")...UInt8(ascii: "z"): readStartTag()
    default: false
    }
  }

  /// A comment is no token; the texts around it are one.
  private mutating func skipComment() -> Bool {
    let dash = UInt8(ascii: "-")
    guard byte(2) == dash, byte(3) == dash, byte(4) != UInt8(ascii: ">"), byte(4) != dash
    else { return false }
    position += 4
    while unsafe position < html.count {
      if byte(0) == dash, byte(1) == dash {
        // Also `--!>` would end it.
        guard byte(2) == UInt8(ascii: ">") else { return false }
        position += 3
        return true
      }
      position += 1
    }
    return false
  }

  private mutating func readEndTag() -> Bool {
    position += 2
    let name = takeName()
    guard byte(0) == UInt8(ascii: ">"), name == open.last else { return false }
    position += 1
    endText()
    open.removeLast()
    tokens.append(.close(name))
    return true
  }

  private mutating func readStartTag() -> Bool {
    position += 1
    var element = HTMLElement(name: takeName())
    guard let kind = kinds[element.name], mayOpen(kind), open.count < HTMLLimits.depth
    else { return false }
    while isHTMLSpace(byte(0)) {
      skipSpaces()
      if byte(0) == UInt8(ascii: "/") || byte(0) == UInt8(ascii: ">") { break }
      guard let attribute = readAttribute(), element[attribute.name] == nil,
        element.attributes.count < WellNestedHTML.mostAttributes
      else { return false }
      element.attributes.append(attribute)
    }
    if kind.isEmpty, byte(0) == UInt8(ascii: "/") { position += 1 }
    guard byte(0) == UInt8(ascii: ">") else { return false }
    position += 1
    append(element, kind)
    return true
  }

  private mutating func append(_ element: HTMLElement, _ kind: Kind) {
    endText()
    tokens.append(.open(element))
    if kind.isEmpty {
      tokens.append(.close(element.name))
    } else {
      open.append(element.name)
    }
  }

  private mutating func takeName() -> String {
    let start = position
    while isASCIIDigit(byte(0)) || (97...122).contains(byte(0)) { position += 1 }
    return unsafe String(decoding: html[start..<position], as: UTF8.self)
  }

  private mutating func skipSpaces() {
    while isHTMLSpace(byte(0)) { position += 1 }
  }
}

extension WellNestedHTML {
  private enum Kind {
    /// May stand anywhere.
    case phrasing
    /// A link, which may not stand in another.
    case link
    case void
    /// A line across, which ends a paragraph.
    case rule
    case block
    case heading
    /// An item, which stands in a list.
    case item

    /// Whether nothing is in it, and it has no end tag.
    var isEmpty: Bool { self == .void || self == .rule }
  }

  private static func named(_ names: [String], _ kind: Kind) -> [(String, Kind)] {
    names.map { ($0, kind) }
  }

  private static let kinds: [String: Kind] = Dictionary(
    uniqueKeysWithValues: named(
      [
        "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
        "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
      ],
      .phrasing
    ) + named(["a"], .link) + named(["br", "img", "wbr"], .void) + named(["hr"], .rule)
      + named(
        [
          "address", "article", "aside", "blockquote", "details", "div", "figcaption", "figure",
          "footer", "header", "main", "nav", "ol", "p", "section", "summary", "ul",
        ],
        .block
      ) + named(["h1", "h2", "h3", "h4", "h5", "h6"], .heading) + named(["li"], .item)
  )

  private var kinds: [String: Kind] { WellNestedHTML.kinds }

  /// Whether no rule of HTML5 closes or moves anything when this element is opened here.
  private func mayOpen(_ kind: Kind) -> Bool {
    switch kind {
    case .phrasing, .void: true
    case .link: !open.contains("a")
    case .rule, .block: !open.contains("p")
    case .heading: !open.contains { $0 == "p" || kinds[$0] == .heading }
    case .item: open.last == "ul" || open.last == "ol"
    }
  }
}

extension WellNestedHTML {
  private mutating func readAttribute() -> HTMLElement.Attribute? {
    let start = position
    while isAttributeName(byte(0)) { position += 1 }
    guard position > start else { return nil }
    let name = unsafe String(decoding: html[start..<position], as: UTF8.self)
    guard byte(0) == UInt8(ascii: "=") else {
      let isEnd = isHTMLSpace(byte(0)) || byte(0) == UInt8(ascii: ">")
      return isEnd ? .init(name: name, value: "") : nil
    }
    position += 1
    return readValue().map { .init(name: name, value: $0) }
  }

  /// A value in quotation marks.
  private mutating func readValue() -> String? {
    let quote = byte(0)
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    position += 1
    let outside = text
    text = []
    defer { text = outside }
    while unsafe position < html.count && byte(0) != quote {
      if byte(0) == UInt8(ascii: "&") {
        guard readReference(inAttribute: true) else { return nil }
      } else if byte(0) == 0x0d || byte(0) == 0 {
        return nil
      } else {
        takeText { $0 == quote || $0 == UInt8(ascii: "&") || $0 == 0x0d || $0 == 0 }
      }
    }
    guard byte(0) == quote else { return nil }
    position += 1
    return String(decoding: text, as: UTF8.self)
  }

  /// Takes a reference as the character, and an ampersand that begins none as itself.
  private mutating func readReference(inAttribute: Bool) -> Bool {
    let start = position + 1
    var end = start
    while unsafe end < html.count && end - start < 12 && isReferenceByte(html[end]) { end += 1 }
    let next = unsafe end < html.count ? html[end] : 0
    guard next == UInt8(ascii: ";"), end > start else {
      // Some old names need no semicolon, but before an equals sign they are none.
      let isName = end > start && !(inAttribute && next == UInt8(ascii: "="))
      guard unsafe !(isName && mayBeginWithName(html[start..<end])) else { return false }
      text.append(UInt8(ascii: "&"))
      position += 1
      return true
    }
    let name = unsafe String(decoding: html[start..<end], as: UTF8.self)
    guard let scalar = scalar(named: name) else { return false }
    text.append(contentsOf: UTF8.encode(scalar) ?? .init())
    position = end + 1
    return true
  }

  private func mayBeginWithName(_ run: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard unsafe run.first != UInt8(ascii: "#"), unsafe run.count < 12 else { return true }
    // `&AMP` and the like are old names too.
    return (2...6).contains { length in
      let name = unsafe String(decoding: run.prefix(length), as: UTF8.self)
      return unsafe htmlEntityLookup(name) != nil || htmlEntityLookup(name.lowercased()) != nil
    }
  }

  private func scalar(named name: String) -> Unicode.Scalar? {
    guard name.utf8.first == UInt8(ascii: "#") else {
      // HTML 4 and HTML5 differ in these two.
      guard name != "lang", name != "rang", let known = unsafe htmlEntityLookup(name) else {
        return nil
      }
      return unsafe Unicode.Scalar(known.pointee.value)
    }
    let digits = name.dropFirst()
    let isHexadecimal = digits.utf8.first.map(lowercased) == UInt8(ascii: "x")
    let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap(Unicode.Scalar.init).flatMap { isPlain($0) ? $0 : nil }
  }

  /// Whether a number means the character that has it, and no repair is due.
  private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7e, 0xa0...0xfdcf, 0xfdf0...0xfffc: true
    case 0x10000...: scalar.value & 0xfffe != 0xfffe
    default: false
    }
  }
}

private func isAttributeName(_ byte: UInt8) -> Bool {
  (97...122).contains(byte) || isASCIIDigit(byte) || byte == UInt8(ascii: "-")
    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
}

private func isReferenceByte(_ byte: UInt8) -> Bool {
  isASCIILetter(byte) || isASCIIDigit(byte) || byte == UInt8(ascii: "#")
}
