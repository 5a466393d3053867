import Testing

@testable import Rendering

@Suite struct WrappingTests {
  @Test func `lines break at spaces, never at no-break ones`() {
    let text = "Le corridor bioocéanique, route commerciale ou promesse\u{A0}de\u{202F}long terme"
    #expect(
      Wrapping.lines(text, width: 30, indent: "  ")
        == "  Le corridor bioocéanique,\n  route commerciale ou\n  promesse\u{A0}de\u{202F}long terme"
    )
  }

  @Test func `a line may be as wide as the limit, and no wider`() {
    #expect(Wrapping.lines("aaaa bbbb", width: 9) == "aaaa bbbb")
    #expect(Wrapping.lines("aaaa bbbb", width: 8) == "aaaa\nbbbb")
  }

  @Test func `an address is never cut, another long word is`() {
    let address = "https://example.org/" + String(repeating: "x", count: 100)
    #expect(Wrapping.lines("voir \(address) ici", width: 20) == "voir\n\(address)\nici")
    #expect(Wrapping.lines("语言语言语言", width: 4) == "语言语言\n语言")
  }

  @Test func `line breaks and runs of spaces become one space`() {
    #expect(Wrapping.lines(" a\r\n b\t\tc ") == "a b c")
    #expect(Wrapping.lines(" \n ") == "")
  }

  @Test func `dots fill a line of the contents`() {
    let line = Wrapping.leaders("Biélorussie", "3 articles")
    #expect(line.count == 72)
    #expect(line.hasPrefix("  Biélorussie ..."))
    #expect(line.hasSuffix("... 3 articles"))
    let long = Wrapping.leaders(String(repeating: "mot ", count: 30), "3 articles")
    #expect(long.split(separator: "\n").allSatisfy { $0.count <= 72 })
  }

  @Test(arguments: [
    ("court", 5, "court"), ("un deux trois", 8, "un deux…"), ("un deux trois", 7, "un deux…"),
    ("un, deux", 4, "un…"), ("abcdefgh", 3, "abc…"), ("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2, "👩‍👩‍👧…"),
    ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}e\u{301}…"), ("", 3, ""),
  ])
  func `a text is cut on a word, and no character is torn`(text: String, limit: Int, cut: String) {
    #expect(text.shortened(to: limit) == cut)
  }

  @Test func `a character of a hundred thousand scalars does not come through`() {
    let text = "début e" + String(repeating: "\u{301}", count: 100_000)
    #expect(text.shortened(to: 200) == "début…")
  }
}
