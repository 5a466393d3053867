import Markup
import TestSupport
import Testing

/// Text of any kind between two tags, compared with the plainest possible way to write it.
@Suite struct XMLEscapingTests {
  static let hostile: [[UInt8]] =
    (0x00...0x1f).map { [$0] } + [
      [0x7f], Array("&".utf8), Array("<".utf8), Array(">".utf8), Array("\"".utf8),
      Array("]]>".utf8), Array("<\u{301}".utf8), Array("&\u{fe0f}".utf8), Array("\r\n".utf8),
      Array("é".utf8), Array("€".utf8), Array("👩\u{200d}👧".utf8), Array("\u{fffd}".utf8),
      [0xef, 0xbf, 0xbe], [0xef, 0xbf, 0xbf], [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf],
      [0xc0, 0xaf], [0xc1, 0x81], [0xe0, 0x80, 0x80], [0xf0, 0x80, 0x80, 0x80],
      [0xf4, 0x90, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xff, 0xfe], [0x80], [0xbf],
      [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x91], [0xe2, 0x82, 0x3c], [0xc3, 0x26],
    ]

  @Test(arguments: hostile) func `a byte is handled wherever it stands`(_ bytes: [UInt8]) {
    for before in 0...34 {
      for after in [0, 1, 15, 16, 17] {
        let text =
          Array(repeating: UInt8(ascii: "a"), count: before) + bytes
          + Array(repeating: UInt8(ascii: "z"), count: after)
        #expect(written(text) == "<t>\(plainlyEscaped(text))</t>")
      }
    }
  }

  @Test func `random bytes become what the plain way makes of them`() throws {
    var random = SeededGenerator(seed: 4287)
    let alphabet: [UInt8] =
      [0, 9, 10, 13, 31, 32, 34, 38, 60, 62, 97, 127, 0x80, 0xbe, 0xbf, 0xc3]
      + [0xa9, 0xe2, 0x82, 0xac, 0xed, 0xa0, 0xef, 0xf0, 0x9f, 0x98, 0x80, 0xf4, 0x90, 0xff]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...80, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      #expect(written(text) == "<t>\(plainlyEscaped(text))</t>")
    }
  }

  @Test(arguments: [
    ("\"", "&quot;"), ("\t", "&#9;"), ("\n", "&#10;"), ("\r\n", "&#10;"), ("\u{0}\u{1}", ""),
    ("é'\u{fffe}", "é'"), ("<\u{301}&", "&lt;\u{301}&amp;"),
  ])
  func `an attribute keeps its white space`(value: String, escaped: String) {
    var writer = XMLWriter()
    writer.start("t")
    writer.attribute("a", value)
    writer.end()
    let xml = text(writer.finish())
    #expect(xml.utf8.elementsEqual("<t a=\"\(escaped)\"/>\n".utf8))
  }

  @Test func `a title of RSS has the references that readers take for text`() {
    var writer = XMLWriter()
    writer.element("t", title: "<b> & \"c\" ]]>")
    let xml = text(writer.finish())
    #expect(xml == "<t>&#x3C;b&#x3E; &#x26; \"c\" ]]&#x3E;</t>\n")
  }

  @Test func `a text that is escaped once can be written often`() {
    var escaped = EscapedText()
    escaped.append(markup: "<a href=\"")
    escaped.append(quoted: "\"&")
    escaped.append(markup: "\">")
    escaped.append("< \"\u{0}")
    #expect(String(decoding: escaped.bytes, as: UTF8.self) == "<a href=\"&quot;&amp;\">&lt; \"")
    escaped.removeAll()
    let more = Array("é&".utf8)
    escaped.append(sanitised: more.span)
    #expect(String(decoding: escaped.bytes, as: UTF8.self) == "é&amp;")
  }

  @Test func `a long text comes out whole`() {
    let long = String(repeating: "Amérique latine & Biélorussie\n", count: 10_000)
    let bytes = Array(long.utf8)
    let xml = written(bytes)
    #expect(xml.utf8.count == bytes.count + 10_000 * 4 + 7)
  }

  /// Long texts are escaped in pieces of 4,096 bytes; these are some of them.
  @Test(arguments: ["€", "é", "👩", "\u{ffff}", "&", "\r\n"])
  func `no character is cut in two`(character: String) {
    for length in 16_378...16_386 {
      let bytes =
        Array(repeating: UInt8(ascii: "a"), count: length) + Array(character.utf8)
        + [0x80, 0x80, 0x80, 0x80] + Array("z€".utf8)
      #expect(written(bytes) == "<t>\(plainlyEscaped(bytes))</t>")
    }
  }

  private func written(_ bytes: [UInt8]) -> String {
    var writer = XMLWriter()
    writer.start("t")
    writer.text(bytes.span)
    writer.end()
    return text(writer.finish().dropLast())
  }
}

/// XML 1.0 §2.2 and §2.4, a character at a time.
private func plainlyEscaped(_ bytes: [UInt8]) -> String {
  var output = String.UnicodeScalarView()
  var decoder = UTF8()
  var iterator = bytes.makeIterator()
  while true {
    switch decoder.decode(&iterator) {
    case .emptyInput: return String(output)
    case .error: continue
    case .scalarValue("&"): output.append(contentsOf: "&amp;".unicodeScalars)
    case .scalarValue("<"): output.append(contentsOf: "&lt;".unicodeScalars)
    case .scalarValue(">"): output.append(contentsOf: "&gt;".unicodeScalars)
    case .scalarValue(let scalar):
      let isForbidden =
        (scalar.value < 0x20 && scalar != "\t" && scalar != "\n")
        || scalar.value == 0xfffe || scalar.value == 0xffff
      if !isForbidden { output.append(scalar) }
    }
  }
}
