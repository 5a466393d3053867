internal import CLibXML2

/// Reads HTML that needs no correction, as nearly all does that programs write: the tokens are those
/// of the tree that a parser of HTML5 would make, at a tenth of its cost.
///
/// It knows the elements for which nesting is all that matters, and gives everything else back:
/// forms, what is not closed or wrongly nested, unusual references. Fuzzing compares it
/// with gumbo.
@safe
struct WellNestedHTML {
  /// Each is compared with each.
  private static let mostAttributes = 50

  private let html: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var tokens: [HTMLToken] = []
  private var nesting = Nesting()
  /// The text, or the value of an attribute, that is being read.
  private var text: [UInt8] = []

  private init(_ html: UnsafeBufferPointer<UInt8>) {
    unsafe self.html = html
  }

  /// The tokens of a fragment within a page's body; nil where a parser has to decide.
  ///
  /// - Parameter html: mended text: UTF-8 without controls, CR among them.
  static func tokens(of html: UnsafeBufferPointer<UInt8>) -> [HTMLToken]? {
    // A parser writes U+FFFD for what it cannot read, so it is looked at there.
    guard unsafe firstPosition(from: 0, in: html, where: { marked($0, 0xef) }) == html.count
    else { return nil }
    var reader = unsafe WellNestedHTML(html)
    while reader.position < html.count {
      guard reader.readNext() else { return nil }
    }
    reader.endText()
    return reader.nesting.isEmpty ? reader.tokens : nil
  }

  private func byte(_ offset: Int) -> UInt8 {
    unsafe position + offset < html.count ? html[position + offset] : 0
  }

  private mutating func readNext() -> Bool {
    switch byte(0) {
    case UInt8(ascii: "<"): return readTag()
    case UInt8(ascii: "&"): return readReference(inAttribute: false) && nesting.mayHold(text)
    default:
      takeText(until: UInt8(ascii: "<"))
      return nesting.mayHold(text)
    }
  }

  /// Takes what comes before a character or the next reference.
  private mutating func takeText(until end: UInt8) {
    let start = position
    position = unsafe firstPosition(from: start, in: html) {
      marked($0, end) | marked($0, UInt8(ascii: "&"))
    }
    unsafe text.append(contentsOf: UnsafeBufferPointer(rebasing: html[start..<position]))
  }

  private mutating func endText() {
    if !text.isEmpty { tokens.append(.text(takenText())) }
  }

  private mutating func takenText() -> String {
    defer { text.removeAll(keepingCapacity: true) }
    return String(trusted: text.span)
  }

  private func string(_ range: Range<Int>) -> String {
    unsafe String(trusted: html.extracting(range).span)
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
    guard byte(0) == UInt8(ascii: ">"), nesting.close(name) else { return false }
    position += 1
    endText()
    tokens.append(.close(name))
    return true
  }

  private mutating func readStartTag() -> Bool {
    endText()
    position += 1
    var element = HTMLElement(name: takeName())
    guard let kind = Nesting.kinds[element.name], nesting.open(element.name, kind),
      readAttributes(of: &element)
    else { return false }
    if kind.isEmpty, byte(0) == UInt8(ascii: "/") { position += 1 }
    guard byte(0) == UInt8(ascii: ">") else { return false }
    position += 1
    // A parser drops a line end there.
    guard element.name != "pre" || (byte(0) != 0x0a && byte(0) != UInt8(ascii: "&")) else {
      return false
    }
    tokens.append(.open(element))
    if kind.isEmpty { tokens.append(.close(element.name)) }
    return true
  }

  private mutating func readAttributes(of element: inout HTMLElement) -> Bool {
    while isHTMLSpace(byte(0)) {
      skipSpaces()
      if byte(0) == UInt8(ascii: "/") || byte(0) == UInt8(ascii: ">") { break }
      guard let attribute = readAttribute(), element[attribute.name] == nil,
        element.attributes.count < WellNestedHTML.mostAttributes
      else { return false }
      element.attributes.append(attribute)
    }
    return true
  }

  private mutating func takeName() -> String {
    let start = position
    while isASCIIDigit(byte(0)) || (97...122).contains(byte(0)) { position += 1 }
    return string(start..<position)
  }

  private mutating func skipSpaces() {
    while isHTMLSpace(byte(0)) { position += 1 }
  }
}

extension WellNestedHTML {
  private mutating func readAttribute() -> HTMLElement.Attribute? {
    let start = position
    while isAttributeName(byte(0)) { position += 1 }
    guard position > start else { return nil }
    let name = string(start..<position)
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
    while unsafe position < html.count && byte(0) != quote {
      if byte(0) != UInt8(ascii: "&") {
        takeText(until: quote)
      } else if !readReference(inAttribute: true) {
        return nil
      }
    }
    guard byte(0) == quote else { return nil }
    position += 1
    return takenText()
  }

  /// Takes a reference as the character, and an ampersand that begins none as itself.
  private mutating func readReference(inAttribute: Bool) -> Bool {
    let start = position + 1
    var end = start
    while unsafe end < html.count && end - start < 12 && isReferenceByte(html[end]) { end += 1 }
    let next = unsafe end < html.count ? html[end] : 0
    guard next == UInt8(ascii: ";"), end > start else {
      // Numbers need no semicolon, nor do some old names; but before an equals sign those are none.
      let isNumber = byte(1) == UInt8(ascii: "#")
      let isName = end > start && (isNumber || !inAttribute || next != UInt8(ascii: "="))
      guard unsafe !(isName && mayBeginWithName(html[start..<end])) else { return false }
      text.append(UInt8(ascii: "&"))
      position += 1
      return true
    }
    guard let scalar = scalar(named: string(start..<end)) else { return false }
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
