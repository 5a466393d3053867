import Model

/// Makes a stranger's XML fit for a strict parser, piece by piece, and refuses what could harm it.
///
/// Bytes that are not UTF-8 and characters that XML forbids are mended, names of characters that
/// only HTML knows (`&eacute;`) are written as the characters, stray `&` and `<` are escaped.
/// Comments, processing instructions and the document type are left out, but not their line ends:
/// what the parser says of lines is true of the source.
struct XMLRepair: ~Copyable {
  /// What is ready for the parser.
  private(set) var output: [UInt8] = []
  private(set) var repairs = Repairs()
  /// The line on which the first repair was needed.
  private(set) var firstRepair: Int?
  /// The line of what is read next, from 1.
  private(set) var line = 1
  /// What could not be decided without the bytes that follow.
  private var pending: [UInt8] = []
  private var part = Part.start
  /// A document type may declare the names of characters; none is ever read.
  private var hasDocumentType = false
  /// The names of elements whose text nobody wants.
  private let ignored: Set<String>
  /// Whether the tag that was taken last begins one of those.
  private var isInIgnored = false

  /// - Parameter ignored: the names of elements whose sections of character data are left out, but
  ///   not their line ends: to parse them would be most of the work.
  init(ignoring ignored: Set<String> = []) { self.ignored = ignored }

  /// Where in a document the reading is.
  enum Part {
    /// Before anything but white space.
    case start
    case text
    case cdata, unwantedData, comment, instruction
  }

  /// Reads the next bytes; throws what makes the document dangerous or senseless.
  ///
  /// - Parameter isLast: nothing follows.
  mutating func read(_ bytes: Span<UInt8>, isLast: Bool) throws(XMLFault) {
    var input = pending
    unsafe bytes.withUnsafeBufferPointer { unsafe input.append(contentsOf: $0) }
    let (taken, fault) = unsafe input.withUnsafeBufferPointer {
      unsafe take(XMLScan(bytes: $0, isLast: isLast))
    }
    pending = Array(input[taken...])
    if let fault { throw fault }
  }

  /// Hands over what is ready, and forgets it.
  mutating func takeOutput() -> [UInt8] {
    defer { output.removeAll(keepingCapacity: true) }
    return output
  }

  private mutating func take(_ scan: consuming XMLScan) -> (taken: Int, fault: XMLFault?) {
    var scan = scan
    do throws(XMLFault) {
      while !scan.isAtEnd, try step(&scan) {}
      return (scan.position, nil)
    } catch {
      return (scan.position, error)
    }
  }

  /// Takes the next part of a document; false where more bytes are needed for it.
  private mutating func step(_ scan: inout XMLScan) throws(XMLFault) -> Bool {
    switch part {
    case .start: return takeStart(&scan)
    case .text: return try takeText(&scan)
    case .cdata:
      takeRun(&scan) { $0 == UInt8(ascii: "]") }
      return takeEnd("]]>", &scan, isKept: true)
    case .unwantedData:
      skipRun(&scan, to: UInt8(ascii: "]"))
      return takeEnd("]]>", &scan, isKept: false)
    case .comment:
      skipRun(&scan, to: UInt8(ascii: "-"))
      return takeEnd("-->", &scan, isKept: false)
    case .instruction:
      skipRun(&scan, to: UInt8(ascii: "?"))
      return takeEnd("?>", &scan, isKept: false)
    }
  }

  /// A byte order mark, white space and the XML declaration: the bytes are UTF-8 by now.
  private mutating func takeStart(_ scan: inout XMLScan) -> Bool {
    takeRun(&scan) { !isHTMLSpace($0) }
    guard scan.isLast || scan.rest >= 6 else { return false }
    if scan.starts(with: "\u{feff}") {
      scan.position += 3
      return true
    }
    part = scan.starts(with: "<?xml") ? .instruction : .text
    return true
  }

  private mutating func takeText(_ scan: inout XMLScan) throws(XMLFault) -> Bool {
    takeRun(&scan) { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
    guard let byte = scan.first else { return true }
    if byte == UInt8(ascii: "&") {
      return takeReference(&scan)
    }
    return try byte == UInt8(ascii: "<") ? takeMarkup(&scan) : takeDamage(&scan)
  }
}

extension XMLRepair {
  /// Copies what needs no mending, up to a byte that the part looks for, or the end, or damage.
  private mutating func takeRun(_ scan: inout XMLScan, until isSpecial: (UInt8) -> Bool) {
    while let run = scan.takeRun(until: isSpecial) {
      line += run.lines
      unsafe output.append(contentsOf: scan.bytes[run.range])
      guard let byte = scan.first, !isSpecial(byte), takeDamage(&scan) else { return }
    }
  }

  private mutating func skipRun(_ scan: inout XMLScan, to end: UInt8) {
    let lines = scan.skip(to: end)
    line += lines
    output.append(contentsOf: repeatElement(0x0a, count: lines))
  }

  /// Takes the end of a part, or the byte with which it could have begun.
  private mutating func takeEnd(_ end: StaticString, _ scan: inout XMLScan, isKept: Bool) -> Bool {
    guard let first = scan.first else { return true }
    // Anything else is a character whose rest is still to come.
    guard unsafe first == end.utf8Start[0] else { return false }
    guard scan.isLast || scan.rest >= end.utf8CodeUnitCount else { return false }
    if scan.starts(with: end) {
      if isKept { append(end) }
      scan.position += end.utf8CodeUnitCount
      part = .text
    } else {
      if isKept { output.append(first) }
      scan.position += 1
    }
    return true
  }

  /// Takes bytes that are no UTF-8, or a character that XML forbids; false where more are needed.
  private mutating func takeDamage(_ scan: inout XMLScan) -> Bool {
    guard let damage = scan.damage() else { return false }
    note(damage.repair)
    if let scalar = damage.scalar { output.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
    scan.position += damage.length
    return true
  }

  private mutating func note(_ repair: Repair) {
    repairs.note(repair)
    firstRepair = firstRepair ?? line
  }

  private mutating func append(_ text: StaticString) {
    unsafe output.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    )
  }
}

extension XMLRepair {
  /// Takes a reference to a character: as it is, as the character, or as the text that it looks
  /// like.
  private mutating func takeReference(_ scan: inout XMLScan) -> Bool {
    guard let reference = scan.reference() else { return false }
    switch reference {
    case .valid(let length):
      unsafe output.append(contentsOf: scan.bytes[scan.position..<scan.position + length])
      scan.position += length
    case .named(let scalar, let length):
      if !hasDocumentType { note(.markup) }
      output.append(contentsOf: UTF8.encode(scalar) ?? .init())
      scan.position += length
    case .forbidden(let length):
      note(.reference)
      scan.position += length
    case .none: escape("&amp;", &scan)
    }
    return true
  }

  /// Writes a mark as text.
  private mutating func escape(_ reference: StaticString, _ scan: inout XMLScan) {
    note(.markup)
    append(reference)
    scan.position += 1
  }

  /// Takes a tag, or the beginning of what is none.
  private mutating func takeMarkup(_ scan: inout XMLScan) throws(XMLFault) -> Bool {
    guard scan.isLast || scan.rest >= 9 else { return false }
    if scan.starts(with: "<![CDATA[") {
      if isInIgnored { return enter(.unwantedData, past: 9, &scan) }
      append("<![CDATA[")
      return enter(.cdata, past: 9, &scan)
    }
    if scan.starts(with: "<!--") { return enter(.comment, past: 4, &scan) }
    if scan.starts(with: "<?") {
      guard !scan.isDeclaration else {
        throw fault(
          "an XML declaration stands where none may be; what comes before it is not part "
            + "of the document, or two documents were joined"
        )
      }
      return enter(.instruction, past: 2, &scan)
    }
    if scan.starts(with: "<!DOCTYPE") { return try takeDocumentType(&scan) }
    guard scan.beginsTag else {
      escape("&lt;", &scan)
      return true
    }
    return try takeTag(&scan)
  }

  private mutating func enter(_ next: Part, past count: Int, _ scan: inout XMLScan) -> Bool {
    part = next
    scan.position += count
    return true
  }

  /// Leaves the document type out, which only old formats have (RSS 0.91); with entities of its own
  /// it is refused.
  private mutating func takeDocumentType(_ scan: inout XMLScan) throws(XMLFault) -> Bool {
    guard let type = scan.documentType() else {
      guard scan.rest <= XMLScan.longestTag, !scan.isLast else {
        throw fault("the document type has no end")
      }
      return false
    }
    guard !type.hasEntities else {
      throw fault("the document declares entities, which are never expanded; remove its DOCTYPE")
    }
    hasDocumentType = true
    skipLines(type.length, &scan)
    return true
  }

  private mutating func skipLines(_ length: Int, _ scan: inout XMLScan) {
    let lines = unsafe scan.bytes[scan.position..<scan.position + length].count { $0 == 0x0a }
    line += lines
    output.append(contentsOf: repeatElement(0x0a, count: lines))
    scan.position += length
  }

  private mutating func takeTag(_ scan: inout XMLScan) throws(XMLFault) -> Bool {
    guard let tag = scan.tag() else {
      guard scan.rest <= XMLScan.longestTag else {
        throw fault("a tag has more than \(XMLScan.longestTag) bytes")
      }
      // At the end of a document the parser says what is missing.
      if scan.isLast { copyTag(scan.rest, &scan) }
      return scan.isLast
    }
    guard tag.attributes <= XMLScan.mostAttributes else {
      throw fault("a tag has more than \(XMLScan.mostAttributes) attributes")
    }
    isInIgnored = !ignored.isEmpty && ignored.contains(scan.localName)
    copyTag(tag.length, &scan)
    return true
  }

  /// Copies a tag, with its attributes' values mended.
  private mutating func copyTag(_ length: Int, _ scan: inout XMLScan) {
    let end = scan.position + length
    let whole = unsafe UnsafeBufferPointer(rebasing: scan.bytes[scan.position..<end])
    var tag = unsafe XMLScan(bytes: whole, isLast: true)
    tag.position = 1
    output.append(UInt8(ascii: "<"))
    while !tag.isAtEnd {
      takeRun(&tag) { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
      guard let byte = tag.first else { break }
      if byte == UInt8(ascii: "&") {
        _ = takeReference(&tag)
      } else {
        escape("&lt;", &tag)
      }
    }
    scan.position = end
  }

  private func fault(_ message: String) -> XMLFault { XMLFault(line: line, message: message) }
}
