import TestSupport
import Testing

@testable import Rendering

@Suite struct QuotedPrintableTests {
  @Test(arguments: [
    ("", ""),
    ("café\n", "caf=C3=A9\r\n"),
    ("a = b\r\n", "a =3D b\r\n"),
    ("end \nend\t\n", "end=20\r\nend=09\r\n"),
    ("From here\n.dot\nA. From\n", "=46rom here\r\n=2Edot\r\nA. From\r\n"),
    ("a\rb\r\nc\n\n", "a\r\nb\r\nc\r\n\r\n"),
    ("no end", "no end=\r\n"),
    ("space at the end ", "space at the end=20=\r\n"),
    ("\u{0}\u{7F}\u{202F}", "=00=7F=E2=80=AF=\r\n"),
  ])
  func `text is encoded as RFC 2045 has it`(text: String, encoded: String) {
    let bytes = QuotedPrintable.encode(text.utf8)
    #expect(String(decoding: bytes, as: UTF8.self) == encoded)
  }

  @Test func `a line has at most 76 characters, and no character is split`() {
    for shift in 0..<80 {
      let text = String(repeating: "x", count: shift) + String(repeating: "é🌎\u{202F}", count: 40)
      for line in lines(QuotedPrintable.encode(text.utf8)) {
        #expect(line.utf8.count <= 76)
        let decoded = decode(line)
        #expect(Array(String(decoding: decoded, as: UTF8.self).utf8) == decoded)
      }
    }
  }

  @Test func `a full line takes 75 characters and the sign of the soft break`() {
    let encoded = QuotedPrintable.encode(String(repeating: "x", count: 76).utf8)
    #expect(lines(encoded) == [String(repeating: "x", count: 75) + "=", "x=", ""])
  }

  /// What a soft break moves to the start of a line needs the same care as a line's own start.
  @Test func `From and a dot behind a soft break are encoded too`() {
    let filler = String(repeating: "x", count: 75)
    let encoded = lines(QuotedPrintable.encode("\(filler)From me\n\(filler).\n".utf8))
    #expect(encoded == [filler + "=", "=46rom me", filler + "=", "=2E", ""])
  }

  @Test func `encoded pieces in any order decode to the pieces in that order`() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let pieces = (0..<4).map { _ in randomText(&random, longest: 120) }.shuffled(using: &random)
      let joined = pieces.map { QuotedPrintable.encode($0.utf8) }.flatMap { $0 }
      let decoded = String(decoding: decode(joined), as: UTF8.self)
      #expect(Array(decoded.utf8) == Array(canonical(pieces).utf8))
    }
  }

  private func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(
      separator: "\r\n",
      omittingEmptySubsequences: false
    ).map(String.init)
  }

  private func decode(_ line: String) -> [UInt8] { decode(Array(line.utf8)) }

  /// A decoder as small as can be: escapes and soft breaks.
  private func decode(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] != UInt8(ascii: "=") {
        output.append(bytes[position])
        position += 1
        continue
      }
      let digits = String(decoding: bytes[(position + 1)...].prefix(2), as: UTF8.self)
      if let byte = UInt8(digits, radix: 16) { output.append(byte) }
      position += 3
    }
    return output
  }
}

/// The pieces with each line break made CRLF, one after the other.
func canonical(_ pieces: [String]) -> String {
  var output = String.UnicodeScalarView()
  for piece in pieces {
    var last: Unicode.Scalar = "x"
    for scalar in piece.unicodeScalars {
      let isBreak = scalar == "\r" || scalar == "\n"
      if isBreak, !(scalar == "\n" && last == "\r") {
        output.append(contentsOf: "\r\n".unicodeScalars)
      }
      if !isBreak { output.append(scalar) }
      last = scalar
    }
  }
  return String(output)
}

/// Text with all that encoders stumble over.
func randomText(_ random: inout SeededGenerator, longest: Int) -> String {
  let parts = [
    "a", "b", "Z", "0", " ", "  ", "\t", "=", ".", "From ", "?", "=?", "?=", "_", "é", "œ",
    "«\u{A0}",
    "\u{202F}!", "🌎", "👩‍👩‍👧", "e\u{301}", "\n", "\r\n", "\r", "\u{0}", "<", ">", "\"", "\\", ",", "语言",
    "mot", "lettre", "@", "(x)", "--",
  ]
  let count = Int.random(in: 0...longest, using: &random)
  return (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
}
