import Foundation
import Markup
import TestSupport
import Testing

@Suite struct JSONWriterTests {
  @Test func `objects and arrays are indented, and empty ones are short`() {
    var writer = JSONWriter()
    writer.startObject()
    writer.member("a", "b")
    writer.startArray("c")
    writer.value("d")
    writer.startObject()
    writer.member("e", 1)
    writer.endObject()
    writer.endArray()
    writer.startArray("f")
    writer.endArray()
    writer.startObject("g")
    writer.endObject()
    writer.endObject()
    let text = writer.takeBytes { String(decoding: array($0), as: UTF8.self) }
    #expect(
      text == """
        {
          "a": "b",
          "c": [
            "d",
            {
              "e": 1
            }
          ],
          "f": [],
          "g": {}
        }
        """
    )
  }

  @Test(arguments: [
    ("\"\\\t\n", "\\\"\\\\\\t\\n"), ("\r\u{0}\u{1f}\u{7f}", "\u{7f}"), ("a/b", "a/b"),
    ("</script>", "<\\/script>"), ("<\u{0}/", "<\\/"), ("/", "\\/"), ("é/", "é\\/"),
    ("\u{2027}\u{2028}\u{2029}\u{202a}", "\u{2027}\\u2028\\u2029\u{202a}"), ("\u{fffe}é", "é"),
    ("<\u{301}\"\u{301}", "<\u{301}\\\"\u{301}"),
  ])
  func `a text is written so that it ends nothing`(text: String, escaped: String) {
    let written = String(decoding: self.written(Array(text.utf8)), as: UTF8.self)
    #expect(Array(written.unicodeScalars) == Array("\"\(escaped)\"".unicodeScalars))
  }

  /// Foundation reads back what the plain way to drop characters leaves.
  @Test func `random bytes come back without what no document has`() throws {
    var random = SeededGenerator(seed: 8259)
    let alphabet: [UInt8] =
      [0, 9, 10, 13, 31, 32, 34, 47, 60, 92, 97, 117, 127, 0x80, 0xa8, 0xa9, 0xbe, 0xbf, 0xc3]
      + [0xe2, 0x82, 0xac, 0xed, 0xa0, 0xef, 0xf0, 0x9f, 0x98, 0xf4, 0x90, 0xff]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...80, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      try expectBack(text)
    }
  }

  /// Long texts are escaped in pieces of 4,096 bytes; these are some of them.
  @Test(arguments: ["€", "\u{2028}", "👩", "\u{ffff}", "\"", "</", "\r\n", "\\u"])
  func `no character is cut in two`(character: String) throws {
    for length in 16_378...16_386 {
      let bytes =
        Array(repeating: UInt8(ascii: "a"), count: length) + Array(character.utf8)
        + [0x80, 0x80] + Array("z€".utf8)
      try expectBack(bytes)
    }
  }

  private func expectBack(_ bytes: [UInt8]) throws {
    let json = written(bytes)
    let options = JSONSerialization.ReadingOptions.fragmentsAllowed
    let value = try JSONSerialization.jsonObject(with: Data(json), options: options)
    let text = try #require(value as? String)
    #expect(Array(text.unicodeScalars) == plainlyCleaned(bytes))
    #expect(String(decoding: json, as: UTF8.self).firstRange(of: "</") == nil)
  }

  /// A text as one value, in two pieces as contents are.
  private func written(_ bytes: [UInt8]) -> [UInt8] {
    var writer = JSONWriter()
    writer.startObject()
    let nothing: [UInt8] = []
    writer.member("", nothing.span, bytes.span)
    let member = writer.takeBytes { array($0) }
    return Array(member.dropFirst("{\n  \"\": ".utf8.count))
  }
}

/// What JSON and XML have of a text, a character at a time.
private func plainlyCleaned(_ bytes: [UInt8]) -> [Unicode.Scalar] {
  var output: [Unicode.Scalar] = []
  var decoder = UTF8()
  var iterator = bytes.makeIterator()
  while true {
    switch decoder.decode(&iterator) {
    case .emptyInput: return output
    case .error: continue
    case .scalarValue(let scalar):
      let isKept = scalar.value >= 0x20 || scalar == "\t" || scalar == "\n"
      if isKept, scalar.value != 0xfffe, scalar.value != 0xffff { output.append(scalar) }
    }
  }
}

private func array(_ bytes: Span<UInt8>) -> [UInt8] { bytes.indices.map { bytes[$0] } }
