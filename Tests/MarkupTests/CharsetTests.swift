import Markup
import Model
import Testing

@Suite struct CharsetTests {
  typealias Evidence = DetectedCharset.Evidence

  struct Naming: Sendable {
    let start: String
    let kind: DocumentKind
    var contentType: String?
    let charset: String
    let evidence: Evidence
  }

  @Test(arguments: [
    Naming(start: "\u{feff}<p>", kind: .html, charset: "utf-8", evidence: .byteOrder),
    Naming(
      start: "<p>",
      kind: .html,
      contentType: "text/html; charset=windows-1251",
      charset: "windows-1251",
      evidence: .contentType
    ),
    Naming(
      start: "<p>",
      kind: .html,
      contentType: "text/html;CHARSET = \"KOI8-R\" ;x=y",
      charset: "koi8-r",
      evidence: .contentType
    ),
    Naming(
      start: "<p>",
      kind: .html,
      contentType: "text/html; charset='iso-8859-15'",
      charset: "iso-8859-15",
      evidence: .contentType
    ),
    Naming(
      start: "<p>",
      kind: .html,
      contentType: "text/html; charset=latin1, text/html",
      charset: "windows-1252",
      evidence: .contentType
    ),
    Naming(
      start: "<?xml version='1.0' encoding='windows-1251'?>",
      kind: .xml,
      charset: "windows-1251",
      evidence: .declaration
    ),
    Naming(
      start: "\r\n <?xml version=\"1.0\" encoding = \"Shift_JIS\" standalone=\"yes\"?>",
      kind: .xml,
      charset: "shift_jis",
      evidence: .declaration
    ),
    Naming(start: "<?xml version='1.0'?>", kind: .xml, charset: "utf-8", evidence: .guess),
    Naming(
      start: "<rss><?xml encoding='koi8-r'?>",
      kind: .xml,
      charset: "utf-8",
      evidence: .guess
    ),
    Naming(
      start: "<!DOCTYPE html><html lang=ru><META CharSet=windows-1251>",
      kind: .html,
      charset: "windows-1251",
      evidence: .declaration
    ),
    Naming(
      start: "<meta/charset='koi8-u'/>",
      kind: .html,
      charset: "koi8-u",
      evidence: .declaration
    ),
    Naming(
      start: "<meta http-equiv=Content-Type content='text/html; charset=euc-jp'>",
      kind: .html,
      charset: "euc-jp",
      evidence: .declaration
    ),
    Naming(
      start: "<meta name=x content='text/html; charset=euc-jp'>",
      kind: .html,
      charset: "utf-8",
      evidence: .guess
    ),
    Naming(
      start: "<!-- <meta charset=koi8-r> --><p title='<meta charset=big5>'><meta charset=gbk>",
      kind: .html,
      charset: "gbk",
      evidence: .declaration
    ),
    Naming(
      start: "<!-- <meta charset=koi8-r>",
      kind: .html,
      charset: "utf-8",
      evidence: .guess
    ),
    Naming(
      start: "<?xml version='1.0' encoding='iso-8859-2'?><html>",
      kind: .html,
      charset: "iso-8859-2",
      evidence: .declaration
    ),
    Naming(
      start: "<meta charset=utf-16>",
      kind: .html,
      charset: "utf-8",
      evidence: .declaration
    ),
    Naming(
      start: "<?xml version='1.0' encoding='UTF-16'?>",
      kind: .xml,
      charset: "utf-8",
      evidence: .guess
    ),
    Naming(
      start: String(repeating: " ", count: 1024) + "<meta charset=koi8-r>",
      kind: .html,
      charset: "utf-8",
      evidence: .guess
    ),
    Naming(start: "{\"a\": 1}", kind: .json, charset: "utf-8", evidence: .guess),
    Naming(start: "<meta charset=koi8-r>", kind: .json, charset: "utf-8", evidence: .guess),
    Naming(start: "", kind: .html, charset: "utf-8", evidence: .guess),
  ])
  func `a charset is found where it is named`(_ naming: Naming) {
    let found = DetectedCharset(
      of: Array(naming.start.utf8),
      contentType: naming.contentType,
      as: naming.kind
    )
    #expect(found.charset.name == naming.charset)
    #expect(found.evidence == naming.evidence)
    #expect(found.unknownName == nil)
  }

  @Test(
    arguments: [
      // A byte order mark over HTTP, HTTP over the document.
      ([0xef, 0xbb, 0xbf] + Array("<meta charset=koi8-r>".utf8), "windows-1251", "utf-8"),
      (Array("<meta charset=koi8-r>".utf8) + [0xd0, 0xd0], "windows-1251", "windows-1251"),
      // What is UTF-8 is not read as a charset of single bytes, whoever says so.
      (Array("<meta charset=koi8-r>Мінск".utf8), "iso-8859-1", "utf-8"),
      (Array("<meta charset=latin1>été".utf8), nil, "utf-8"),
      // What is not UTF-8 is not read as it, where something else is said.
      (
        Array("<meta charset=windows-1251>".utf8) + [0xcc, 0xb3, 0xed, 0xf1, 0xea], "utf-8",
        "windows-1251"
      ),
      (Array("<meta charset=utf-8>caf".utf8) + [0xe9] + Array(" noir".utf8), nil, "windows-1252"),
      // One bad byte spoils no text.
      (Array("éèàç".utf8) + [0xe9] + Array("suite".utf8), "utf-8", "utf-8"),
      // Of several bytes: believed, unless there is much to say against it.
      (Array("ち".utf8), "shift_jis", "shift_jis"),
      (Array(String(repeating: "ち", count: 50).utf8), "shift_jis", "utf-8"),
      // UTF-16 has zeros.
      (Array("<p>".utf8), "utf-16", "utf-8"), ([0x61, 0x00, 0x62, 0x00], "utf-16", "utf-16le"),
      ([0xff, 0xfe, 0x61, 0x00], "utf-8", "utf-16le"), ([0x00, 0x3c, 0x00, 0x70], nil, "utf-16be"),
      (Array("caf".utf8) + [0xe9], nil, "utf-8"),
      (Array("caf".utf8) + [0xe9] + Array(" noir".utf8), nil, "windows-1252"),
    ] as [([UInt8], String?, String)]
  )
  func `of two words the more believable counts`(
    bytes: [UInt8],
    header: String?,
    charset: String
  ) {
    let contentType = header.map { "text/html; charset=\($0)" }
    let found = DetectedCharset(of: bytes, contentType: contentType, as: .html)
    #expect(found.charset.name == charset)
  }

  @Test(arguments: [
    (
      "Выбары ў Мінску: што далей", "windows-1251",
      "c2 fb e1 e0 f0 fb 20 a2 20 cc b3 ed f1 ea f3 3a 20 f8 f2 ee 20 e4 e0 eb "
        + "e5 e9"
    ),
    (
      "Вибори в Києві: що далі", "koi8-u",
      "f7 c9 c2 cf d2 c9 20 d7 20 eb c9 a4 d7 a6 3a 20 dd cf 20 c4 c1 cc a6"
    ),
    (
      "L’été à Nîmes, après la réélection créée", "windows-1252",
      "4c 92 e9 74 e9 20 e0 20 4e ee 6d 65 73 2c 20 61 70 72 e8 73 20 6c 61 20 "
        + "72 e9 e9 6c 65 63 74 69 6f 6e 20 63 72 e9 e9 65"
    ),
  ])
  func `letters in rows are Cyrillic, where nothing says what they are`(
    text: String,
    charset: String,
    encoded: String
  ) {
    let bytes = encoded.split(separator: " ").compactMap { UInt8($0, radix: 16) }
    let decoded = DecodedText(bytes, contentType: "text/html", as: .html)
    #expect(decoded.charset.charset.name == charset)
    #expect(decoded.text.text == text)
  }

  @Test(arguments: [
    "", " ", "x-unknown", "utf-7", "utf-32", "iso-2022-cn-ext", "hz-gb-2312", "replacement",
    "utf-8//IGNORE", "../../../tmp/evil", "windows-1251\u{0}", "a b", "\u{202e}8-ftu", "utf–8",
    String(repeating: "utf-8", count: 100_000),
  ])
  func `a name that the web does not know falls back to the guess`(_ name: String) {
    #expect(Charset(label: name) == nil)
    let bytes = Array("l".utf8) + [0x92] + Array("eau, c'est là".utf8.prefix(11))
    let decoded = DecodedText(bytes, contentType: "text/html; charset=\"\(name)\"", as: .html)
    #expect(decoded.text.text == "l’eau, c'est ")
    #expect(decoded.charset.evidence == .guess)
    #expect((decoded.charset.unknownName?.utf8.count ?? 0) <= 120)
    let isSaid = "\(decoded.charset)".contains("no charset is called")
    #expect(isSaid == (decoded.charset.unknownName != nil))
  }

  @Test func `an unknown name is told`() {
    let found = DetectedCharset(of: [], contentType: "text/html; charset=x-\u{7}foo", as: .html)
    #expect("\(found)" == "utf-8 by a guess; no charset is called “x-foo”")
    let next = DetectedCharset(
      of: Array("<meta charset=koi8-r>".utf8),
      contentType: "text/html; charset=klingon",
      as: .html
    )
    #expect("\(next)" == "koi8-r by its declaration; no charset is called “klingon”")
  }

  @Test(arguments: [
    ("latin1", "windows-1252"), ("ISO-8859-1", "windows-1252"), (" us-ascii\n", "windows-1252"),
    ("UTF8", "utf-8"), ("iso-8859-9", "windows-1254"), ("gb2312", "gbk"), ("x-sjis", "shift_jis"),
    ("utf-16", "utf-16le"), ("cp1251", "windows-1251"), ("ks_c_5601-1987", "euc-kr"),
  ])
  func `a label means what it means in browsers`(label: String, name: String) {
    #expect(Charset(label: label)?.name == name)
  }
}

@Suite struct CharsetDecoderTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let charset: String
    let bytes: [UInt8]
    let text: String
    var malformed = 0
    var testDescription: String { "\(charset): \(text)" }
  }

  static let samples = [
    Sample(
      charset: "windows-1251",
      bytes: [
        0xcc, 0xb3, 0xed, 0xf1, 0xea, 0x3a, 0x20, 0xa2, 0x20, 0xc3, 0xf0, 0xee, 0xe4, 0xed,
        0xe5,
      ],
      text: "Мінск: ў Гродне"
    ),
    Sample(
      charset: "koi8-u",
      bytes: [0xed, 0xa6, 0xce, 0xd3, 0xcb, 0x21],
      text: "Мінск!"
    ),
    Sample(charset: "koi8-r", bytes: [0xed, 0xc9, 0xce, 0xd3, 0xcb], text: "Минск"),
    Sample(
      charset: "iso-8859-15",
      bytes: [0x31, 0x30, 0xa0, 0xa4, 0x20, 0xbd, 0x75, 0x76, 0x72, 0x65],
      text: "10\u{a0}€ œuvre"
    ),
    Sample(
      charset: "latin1",
      bytes: [0x6c, 0x92, 0xe9, 0x74, 0xe9, 0x20, 0x80, 0x81],
      text: "l’été €",
      malformed: 1
    ),
    Sample(
      charset: "shift_jis",
      bytes: [0x83, 0x7e, 0x83, 0x93, 0x83, 0x58, 0x83, 0x4e, 0x87, 0x40],
      text: "ミンスク①"
    ),
    Sample(
      charset: "shift_jis",
      bytes: [0x83, 0x7e, 0x83, 0x20, 0x61, 0x83],
      text: "ミ a",
      malformed: 2
    ),
    Sample(
      charset: "iso-2022-jp",
      bytes: [0x61, 0x1b, 0x24, 0x42, 0x25, 0x5f, 0x1b, 0x28, 0x42, 0x62],
      text: "aミb"
    ),
    Sample(charset: "euc-kr", bytes: [0xb9, 0xce, 0xbd, 0xba, 0xc5, 0xa9], text: "민스크"),
    Sample(charset: "gb2312", bytes: [0xc3, 0xf7, 0xcb, 0xb9, 0xbf, 0xcb], text: "明斯克"),
    Sample(charset: "big5", bytes: [0xa9, 0xfa, 0xb4, 0xb5], text: "明斯"),
    // A vowel and its accent, which iconv holds back until it knows what follows.
    Sample(charset: "windows-1258", bytes: [0x56, 0x69, 0xea, 0xf2], text: "Việ"),
    Sample(
      charset: "utf-16le",
      bytes: [0x3c, 0x00, 0x1c, 0x04, 0x3d, 0xd8, 0x00, 0xde, 0x21, 0x00],
      text: "<М😀!"
    ),
    Sample(
      charset: "utf-16be",
      bytes: [0xd8, 0x3d, 0xde, 0x00, 0xdc, 0x00, 0x00, 0x61, 0xd8],
      text: "😀a",
      malformed: 3
    ),
    Sample(
      charset: "utf-16be",
      bytes: [0xd8, 0x3d, 0x00, 0x61, 0x00, 0x62],
      text: "ab",
      malformed: 2
    ),
    Sample(charset: "utf-8", bytes: Array("Мінск €".utf8), text: "Мінск €"),
  ]

  @Test(arguments: samples) func `however a text is cut, it is the same`(_ sample: Sample) throws {
    let charset = try #require(Charset(label: sample.charset))
    for size in 1...sample.bytes.count {
      guard var decoder = CharsetDecoder(charset) else { throw MissingCharset() }
      var output: [UInt8] = []
      for start in stride(from: 0, to: sample.bytes.count, by: size) {
        let end = min(start + size, sample.bytes.count)
        decoder.decode(sample.bytes[start..<end], into: &output)
      }
      decoder.finish(into: &output)
      let text = String(decoding: output, as: UTF8.self)
      let malformed = decoder.malformedBytes
      #expect(text == sample.text, "in pieces of \(size)")
      #expect(malformed == sample.malformed, "in pieces of \(size)")
    }
  }

  @Test(arguments: [
    "utf-8", "ibm866", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6",
    "iso-8859-7", "iso-8859-8", "iso-8859-8-i", "iso-8859-10", "iso-8859-13", "iso-8859-14",
    "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u", "macintosh", "windows-874", "windows-1250",
    "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255",
    "windows-1256", "windows-1257", "windows-1258", "x-mac-cyrillic", "gbk", "gb18030", "big5",
    "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr", "utf-16be", "utf-16le",
  ])
  func `every charset is there, and takes any bytes`(_ name: String) throws {
    let charset = try #require(Charset(label: name))
    guard var decoder = CharsetDecoder(charset) else { throw MissingCharset() }
    #expect(charset.name == name)
    var output: [UInt8] = []
    var state: UInt32 = 1
    for _ in 0..<100 {
      let bytes = (0..<1000).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(state >> 24)
      }
      decoder.decode(bytes[...], into: &output)
    }
    decoder.decode(Array(repeating: 0x0a, count: 10)[...], into: &output)
    decoder.finish(into: &output)
    let malformed = decoder.malformedBytes
    #expect(output.count > 20_000)
    #expect(malformed <= 100_010)
  }

  @Test func `a whole document is read with what it says`() {
    let head = "<?xml version='1.0' encoding='windows-1251'?><p>"
    let bytes = Array(head.utf8) + [0xcc, 0xb3, 0xed, 0xf1, 0xea, 0x98, 0x0d, 0x0a]
    let decoded = DecodedText(bytes, contentType: "application/xml", as: .xml)
    #expect(decoded.text.text == head + "Мінск\n")
    #expect(decoded.text.repairs[.encoding] == 1)
    #expect(decoded.charset.description == "windows-1251 by its declaration")
  }

  @Test(arguments: [[0xff, 0xfe], []] as [[UInt8]])
  func `UTF-16 is read with a byte order mark and without`(mark: [UInt8]) {
    let units = "<p>Мінск</p>".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
    let decoded = DecodedText(mark + units, contentType: nil, as: .html)
    #expect(decoded.text.text == "<p>Мінск</p>")
    #expect(decoded.text.repairs.isEmpty)
  }
}

private struct MissingCharset: Error {}
