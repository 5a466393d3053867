import Markup
import Model
import Testing

@Suite struct RepairedTextTests {
  @Test(arguments: [
    ("café", "café", 0), ("\u{feff}a", "a", 0), ("\u{feff}\u{feff}a", "a", 0),
    ("\u{1}\u{feff}a", "a", 1), ("a\u{feff}b", "a\u{feff}b", 0),
    ("a\r\nb\rc\n", "a\nb\nc\n", 0), ("\r\r\n\n", "\n\n\n", 0), ("a\tb", "a\tb", 0),
    ("a\u{0}b\u{1}\u{b}\u{c}\u{1f}c", "abc", 5), ("a\u{7f}b", "ab", 1),
    ("l\u{92}eau", "l’eau", 1), ("\u{9c}uvre\u{85}", "œuvre…", 2), ("a\u{81}\u{8d}b", "ab", 2),
    ("\u{80}", "€", 1),
    ("\u{fffd}", "\u{fffd}", 0),
    ("\u{a0}\u{202f}«’»", "\u{a0}\u{202f}«’»", 0), ("👩\u{200d}👧 🇫🇷", "👩\u{200d}👧 🇫🇷", 0),
    ("e\u{301}", "e\u{301}", 0), ("", "", 0),
  ])
  func `a text is mended`(damaged: String, text: String, repairs: Int) {
    let repaired = RepairedText(damaged)
    #expect(Array(repaired.text.unicodeScalars) == Array(text.unicodeScalars))
    #expect(repaired.repairs.total == repairs)
  }

  @Test(arguments: [
    (Array("caf".utf8) + [0xe9, 0x20, 0x80, 0x81], "café €", 3),
    (Array("é caf".utf8) + [0xe9], "é caf", 1),
    ([0xed, 0xa0, 0x80] + Array("é".utf8), "é", 3),
    (Array("é".utf8) + [0xc0, 0xaf] + Array("x".utf8), "éx", 2),
    (Array("é".utf8) + [0xe2, 0x82], "é", 2),
    (Array("é".utf8) + [0xf8, 0x88, 0x80, 0x80, 0x80], "é", 5),
    ([0xef, 0xbb, 0xbf, 0x61], "a", 0),
    (
      [0xef, 0xb7, 0x90, 0xef, 0xb7, 0xaf, 0xef, 0xb7, 0x8f, 0xef, 0xb7, 0xb0],
      "\u{fdcf}\u{fdf0}", 2
    ),
    ([0x61, 0xef, 0xbf, 0xbe, 0xef, 0xbf, 0xbf, 0xef, 0xbf, 0xbd], "a\u{fffd}", 2),
    ([0xf0, 0x9f, 0xbf, 0xbe, 0xf4, 0x8f, 0xbf, 0xbf, 0xf0, 0x9f, 0x98, 0x80], "😀", 2),
    ([0xff, 0xfe, 0x61, 0x00], "ÿþa", 3),
  ])
  func `bytes that are not UTF-8 are read as windows-1252, or dropped`(
    bytes: [UInt8],
    text: String,
    repairs: Int
  ) {
    let repaired = RepairedText(utf8: bytes)
    #expect(repaired.text == text)
    #expect(repaired.repairs.total == repairs)
  }

  @Test(arguments: [
    ("  a \t\r\n b  ", "a b"), ("a\u{2028}b\u{2029}c\u{85}d", "a b c d"),
    ("Où\u{a0}? «\u{202f}là\u{202f}»", "Où\u{a0}? «\u{202f}là\u{202f}»"),
    ("\u{a0} a\u{202f}", "a"), ("\u{a0}", ""), ("a\u{200b}b\u{2060}c\u{feff}d", "abcd"),
    ("\u{202e}abc\u{202c}\u{2066}d\u{2069}", "abcd"), ("\u{200e}a\u{200f}", "\u{200e}a\u{200f}"),
    ("a\u{3000}\u{2003}b", "a b"), ("a \u{200b} b", "a b"), ("שלום", "שלום"), ("", ""),
    ("a\u{0}\u{1f}b", "ab"), ("👩\u{200d}👧", "👩\u{200d}👧"), ("a\u{200b}", "a"),
    ("a \u{a0}b", "a \u{a0}b"),
  ])
  func `a title is one line`(title: String, line: String) {
    #expect(Array(singleLine(title).unicodeScalars) == Array(line.unicodeScalars))
  }
}
