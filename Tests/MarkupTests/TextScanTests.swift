import TestSupport
import Testing

@testable import Markup

/// What is looked for in eight bytes at once is found as if it were looked for in each.
@Suite struct TextScanTests {
  @Test(arguments: ["&", "<", ">", "\""])
  func `a character is escaped wherever it stands`(special: String) {
    let references = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"]
    for before in 0..<18 {
      for after in 0..<18 {
        let (start, end) = (
          String(repeating: "é", count: before), String(repeating: "'", count: after)
        )
        var output = HTMLOutput()
        output.text(start + special + special + end)
        let reference = references[special] ?? ""
        #expect(output.html == start + reference + reference + end)
      }
    }
  }

  /// The short way through a text that needs no repair, against the long one.
  @Test func `a text is mended however it begins`() {
    let pieces = [
      "a", "été ", "\n", "\t", "\r\n", "\u{a0}", "\u{9f}", "\u{85}", "\u{7f}", "\u{b}", "\u{1f600}",
      "\u{feff}", "\u{fb01}", "\u{10ffff}", "\u{1fffe}", "\u{bf}", "»", "’",
    ]
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0...12, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let (short, long) = (RepairedText(text), RepairedText(utf8: Array(text.utf8)))
      #expect(Array(short.text.utf8) == Array(long.text.utf8))
      #expect(short.repairs == long.repairs)
    }
  }

  @Test func `white space between words becomes one space`() throws {
    let pieces = ["mot", "à", "«\u{202f}a\u{a0}»", " ", "  ", "\n", "\t", " \n"]
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0...16, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let words = text.utf8.split { isHTMLSpace($0) }.map { String(Substring($0)) }
      let result = try HTMLFragment(parsing: text).plainText
      #expect(result == words.joined(separator: " "))
    }
  }
}
