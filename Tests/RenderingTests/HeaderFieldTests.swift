import Model
import TestSupport
import Testing

@testable import Rendering

@Suite struct HeaderFieldTests {
  @Test(arguments: [
    ("Hello", "Subject: Hello\r\n"),
    ("", "Subject:\r\n"),
    ("Été", "Subject: =?utf-8?B?w4l0w6k=?=\r\n"),
    ("La semaine passée", "Subject: =?utf-8?Q?La_semaine_pass=C3=A9e?=\r\n"),
    ("语言文字", "Subject: =?utf-8?B?6K+t6KiA5paH5a2X?=\r\n"),
    ("=?utf-8?Q?x?=", "Subject: =?utf-8?B?PT91dGYtOD9RP3g/PQ==?=\r\n"),
  ])
  func `free text is plain where it can be`(text: String, field: String) {
    let bytes = HeaderField("Subject", text: text).bytes
    #expect(String(decoding: bytes, as: UTF8.self) == field)
  }

  @Test(arguments: [
    (nil, "From: <a@example.org>\r\n"),
    ("Ana Lopez", "From: Ana Lopez <a@example.org>\r\n"),
    ("Lopez, Ana", "From: \"Lopez, Ana\" <a@example.org>\r\n"),
    ("The \"A\" \\ B", "From: \"The \\\"A\\\" \\\\ B\" <a@example.org>\r\n"),
    ("Inés", "From: =?utf-8?B?SW7DqXM=?= <a@example.org>\r\n"),
    ("=?x?=", "From: =?utf-8?B?PT94Pz0=?= <a@example.org>\r\n"),
  ])
  func `a display name is atoms, a quoted string or encoded words`(name: String?, field: String) {
    let mailbox = Mailbox(name: name, address: SampleIssue.address("a@example.org"))
    let bytes = HeaderField("From", mailbox: mailbox).bytes
    #expect(String(decoding: bytes, as: UTF8.self) == field)
  }

  @Test(arguments: [
    "a\r\nBcc: b@example.org", "a\nBcc: b", "a\rBcc: b", "a\u{0}b", "a\u{85}b", "a\u{2028}b",
    "é\r\n\r\nbody", "a\u{B}b", "a\r\n b", "\r\nBcc: b",
  ])
  func `nothing in a value begins a line`(value: String) {
    let mailbox = Mailbox(name: value, address: SampleIssue.address("a@example.org"))
    for bytes in [
      HeaderField("Subject", text: value).bytes, HeaderField("From", mailbox: mailbox).bytes,
      HeaderField("X", words: [value]).bytes,
    ] {
      let text = String(decoding: bytes.dropLast(2), as: UTF8.self)
      #expect(!text.replacing("\r\n ", with: "").utf8.contains { $0 < 0x20 || $0 == 0x7f })
    }
  }

  @Test func `lines are folded at 78 characters, or 76 with an encoded word`() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<300 {
      let text = randomText(&random, longest: 90)
      for line in lines(HeaderField("Subject", text: text).bytes) {
        #expect(line.utf8.count <= (line.contains("=?utf-8?") ? 76 : 78), "\(line)")
        #expect(line.split(separator: " ").allSatisfy { $0.utf8.count <= 75 })
      }
    }
  }

  @Test func `a title of 300 letters without a space is folded`() {
    let field = HeaderField("Subject", text: String(repeating: "œ", count: 300)).bytes
    #expect(lines(field).allSatisfy { $0.utf8.count <= 76 })
    let ascii = HeaderField("Subject", text: String(repeating: "x", count: 300)).bytes
    #expect(lines(ascii).allSatisfy { $0.utf8.count <= 76 })
  }

  @Test(arguments: [
    (1_795_417_200, "Mon, 23 Nov 2026 08:00:00 +0100"),
    (1_783_123_199, "Sat, 4 Jul 2026 01:59:59 +0200"),
    (0, "Thu, 1 Jan 1970 01:00:00 +0100"),
  ])
  func `a date has English names and the zone's offset`(seconds: Int64, text: String) {
    #expect(Instant(seconds: seconds).rfc5322(in: .paris2026) == text)
  }

  @Test(arguments: [(-12_600, "-0330"), (-1800, "-0030"), (20_700, "+0545"), (0, "+0000")])
  func `an offset has hours and minutes`(offset: Int, text: String) {
    let zone = Zone(identifier: "x") { _ in offset }
    #expect(Instant(seconds: 1_795_417_200).rfc5322(in: zone).suffix(5) == text)
  }

  private func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
  }
}
