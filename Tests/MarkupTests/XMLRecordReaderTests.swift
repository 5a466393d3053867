import Foundation
import Markup
import Model
import Testing

struct XMLRecordReaderTests {
  @Test func `records are what a channel holds, in their order, with their lines`() throws {
    let records = try read(
      """
      <?xml version="1.0"?>
      <rss version="2.0"><channel>
        <title>Revue</title>
        <!-- a comment
             of two lines -->
        <item><title>Un</title></item>
        <item><title>Deux</title></item>
      </channel></rss>
      """
    )
    #expect(records.map(\.element.name) == ["title", "item", "item"])
    #expect(records.map(\.element.line) == [3, 6, 7])
    #expect(records.map(\.container) == ["channel", "channel", "channel"])
    #expect(records.last?.element.children.first?.text == "Deux")
  }

  /// What is cut between two pieces is read as if it were whole.
  @Test(arguments: [1, 2, 3, 5, 7, 64, 100_000])
  func `the size of the pieces does not matter`(size: Int) throws {
    let bytes = Array(
      """

      \u{feff}\u{feff}
      <?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss PUBLIC "-//N//DTD" "http://x/rss.dtd">
      <rss><channel><item a="x &eacute; & &#233; <"><![CDATA[l’été 😀 ]] ]> & &amp; <b>]]>é&nbsp;&amp;\
      &#169; & <3 &unknown; &#8; fin</item></channel></rss>
      """.utf8
    )
    let item = try #require(try read(bytes, pieces: size).first?.element)
    #expect(item["a"] == "x é & é <")
    #expect(item.text == "l’été 😀 ]] ]> & &amp; <b>é\u{a0}&© & <3 &unknown;  fin")
  }

  @Test func `bytes that are not UTF-8, and controls, are mended and told`() throws {
    var bytes = Array("<rss><channel>\n<item><![CDATA[caf".utf8)
    bytes += [0xe9, 0x20, 0x6c, 0x92, 0x65, 0x61, 0x75, 0x00, 0x08, 0x1f, 0xe2, 0x80]
    bytes += Array("]]>\u{ffff}</item></channel></rss>".utf8)
    var reader = XMLRecordReader(shape)
    var text: String?
    try reader.read(bytes.span, isLast: true) { text = $0.element.text }
    #expect(text == "café l’eau")
    let (repairs, line) = reader.repairs
    #expect(repairs[.encoding] == 3 && repairs[.control] == 3 && repairs[.noncharacter] == 1)
    #expect(line == 2)
  }

  @Test func `prefixes without a namespace mean what they always mean`() throws {
    let item = try #require(
      try read("<rss><channel><item><content:encoded>x</content:encoded></item></channel></rss>")
        .first?.element
    )
    #expect(item.children.first?.namespace == "http://purl.org/rss/1.0/modules/content/")
  }

  @Test func `markup inside an element is written as HTML`() throws {
    let entry = try #require(
      try read(
        """
        <feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml" xml:base="/a/">\
        <div xmlns="http://www.w3.org/1999/xhtml">Un <em title="&quot;">mot</em><br/> &amp; deux\
        </div></content></entry></feed>
        """
      ).first?.element
    )
    let content = try #require(entry.children.first)
    #expect(content["xml:base"] == "/a/")
    #expect(content.innerHTML == "<div>Un <em title=\"&quot;\">mot</em><br> &amp; deux</div>")
  }

  static let bad: [(String, line: Int, message: String)] = [
    ("<rss><channel>\n<item><title>cut", 2, "ends within “title”: it was cut"),
    ("<rss><channel>\n<item></title></item></channel></rss>", 2, "mismatch"),
    ("<?xml version=\"1.0\"?>\n\n<?xml version=\"1.0\"?><rss/>", 3, "two documents were joined"),
    ("<rss/>\n<rss/>", 2, "Extra content"),
    ("<b>Warning</b>: line 3\n<?xml version=\"1.0\"?><rss/>", 1, "Extra content"),
    ("<!DOCTYPE x [<!ENTITY a \"aa\">]>\n<x>&a;</x>", 1, "declares entities"),
    (
      "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\n<x>&a;</x>", 1, "declares entities"
    ),
    ("<!DOCTYPE x [" + String(repeating: " ", count: 70_000), 1, "has no end"),
    ("\n" + String(repeating: "<a>", count: 300), 2, "more than 256 elements"),
    ("\n<a " + (0..<100_000).map { "a\($0)=''" }.joined(separator: " ") + "/>", 2, "65536 bytes"),
    ("\n<a " + (0..<600).map { "a\($0)=''" }.joined(separator: " ") + "/>", 2, "500 attributes"),
    ("", 1, "no XML"),
    ("no XML at all", 1, "Document is empty"),
  ]

  @Test(arguments: bad)
  func `what cannot be read is an error with its line`(
    text: String,
    line: Int,
    message: String
  ) throws {
    let fault = #expect(throws: XMLFault.self) { _ = try read(text) }
    #expect(fault?.line == line, "\(fault?.description ?? "")")
    #expect(fault?.message.contains(message) == true, "\(fault?.description ?? "")")
  }

  /// The parser keeps back what it was given last, and more of it the larger the pieces are.
  @Test(arguments: [1, 7, 64, 100_000])
  func `a cut document ends where it ends, in the element that it ends in`(size: Int) {
    let text = "<rss><channel>\n<item>Un</item>\n<a>\nb\n</a>\n<item>\n\n\u{e9}"
    let fault = #expect(throws: XMLFault.self) { _ = try read(Array(text.utf8), pieces: size) }
    #expect(fault?.description == "line 8: the document ends within “item”: it was cut")
  }

  @Test func `what comes before a fault is read`() throws {
    var titles: [String] = []
    var reader = XMLRecordReader(shape)
    let bytes = Array("<rss><channel><item>Un</item><item>Deux</item><item>Tr".utf8)
    #expect(throws: XMLFault.self) {
      try reader.read(bytes.span, isLast: true) { titles.append($0.element.text) }
    }
    #expect(titles == ["Un", "Deux"])
  }

  @Test func `ignored elements are passed over, and a record's text is cut at its limit`() throws {
    var reader = XMLRecordReader(
      XMLRecordReader.Shape(containers: ["rss", "channel"], ignored: ["comment"])
    )
    var records: [XMLRecord] = []
    let large = String(repeating: "x", count: XMLRecordReader.largestRecord + 1)
    let text = "<rss><channel><item><comment><a>secret</a></comment>ok</item><item>\(large)</item>"
    try reader.read(Array((text + "<item>y</item></channel></rss>").utf8).span, isLast: true) {
      records.append($0)
    }
    #expect(records.map(\.isCut) == [false, true, false])
    #expect(records[0].element.text == "ok" && records[0].element.children.isEmpty)
    #expect(records[2].element.text == "y")
  }

  private var shape: XMLRecordReader.Shape {
    XMLRecordReader.Shape(containers: ["rss", "channel", "feed"])
  }

  private func read(_ text: String) throws -> [XMLRecord] {
    try read(Array(text.utf8), pieces: 1000)
  }

  private func read(_ bytes: [UInt8], pieces: Int) throws -> [XMLRecord] {
    var reader = XMLRecordReader(shape)
    var records: [XMLRecord] = []
    var start = 0
    repeat {
      let end = min(start + pieces, bytes.count)
      let piece = Array(bytes[start..<end])
      try reader.read(piece.span, isLast: end == bytes.count) { records.append($0) }
      start = end
    } while start < bytes.count
    return records
  }
}
