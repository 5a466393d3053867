/// Takes the tags out of HTML that would take too long to parse: what is left is paragraphs.
///
/// One pass, without a tree; what it makes is HTML that any parser reads in linear time.
@safe
struct FlatText {
  /// More than any feed takes.
  private static let longest = 1_000_000

  private var scan: HTMLScan
  private var output: [UInt8] = []
  private var isInParagraph = false

  private init(_ html: UnsafeBufferPointer<UInt8>) {
    scan = unsafe HTMLScan(html)
  }

  static func html(of html: String) -> String {
    var html = html
    return html.withUTF8 { bytes in
      var flat = unsafe FlatText(bytes)
      flat.run()
      return String(decoding: flat.output, as: UTF8.self)
    }
  }

  private mutating func run() {
    while let byte = scan.byte(at: scan.position), output.count < FlatText.longest {
      switch byte {
      case UInt8(ascii: "<"): skipTag()
      case 0x0a where scan.byte(at: scan.position + 1) == 0x0a: endParagraph()
      default: write(byte)
      }
    }
    endParagraph()
  }

  private mutating func write(_ byte: UInt8) {
    scan.position += 1
    if !isInParagraph {
      if isHTMLSpace(byte) { return }
      output += "<p>".utf8
      isInParagraph = true
    }
    switch byte {
    case UInt8(ascii: "<"): output += "&lt;".utf8
    case UInt8(ascii: ">"): output += "&gt;".utf8
    default: output.append(byte)
    }
  }

  private mutating func endParagraph() {
    if isInParagraph { output += "</p>\n".utf8 }
    isInParagraph = false
    while let byte = scan.byte(at: scan.position), isHTMLSpace(byte) { scan.position += 1 }
  }
}

extension FlatText {
  private mutating func skipTag() {
    let start = scan.position
    scan.position += 1
    if scan.starts(with: "!--") { return skipComment(from: start) }
    let isEnd = scan.byte(at: scan.position) == UInt8(ascii: "/")
    if isEnd { scan.position += 1 }
    let first = scan.byte(at: scan.position)
    guard first.map(isASCIILetter) == true || first == UInt8(ascii: "!") || first == 0x3f else {
      scan.position = start
      return write(UInt8(ascii: "<"))
    }
    let name = takeName()
    skipRestOfTag()
    if !isEnd, AllowList.droppedWithContent.contains(name) { skipContent(of: name) }
    if isParagraph(name) { endParagraph() }
  }

  private mutating func takeName() -> String {
    let start = scan.position
    while let byte = scan.byte(at: scan.position), isASCIILetter(byte) || isASCIIDigit(byte) {
      scan.position += 1
    }
    return unsafe String(decoding: scan.html[start..<scan.position].map(lowercased), as: UTF8.self)
  }

  /// Skips the attributes; where one has no end, all up to the next bracket.
  private mutating func skipRestOfTag() {
    let start = scan.position
    let hasEnded = (try? scan.skipAttributes(from: start)) != nil
    guard unsafe !hasEnded || scan.position > scan.html.count else {
      return
    }
    scan.position = start
    scan.skipPast(">")
  }

  private mutating func skipComment(from start: Int) {
    if !scan.skip(past: "-->") { scan.position = start + 4 }
  }

  private mutating func skipContent(of name: String) {
    if !scan.skip(past: "</" + name) { return }
    scan.skipPast(">")
  }

  private func isParagraph(_ name: String) -> Bool {
    paragraphs.contains(name) || ["br", "dd", "dt", "li", "ol", "tr", "ul"].contains(name)
  }
}
