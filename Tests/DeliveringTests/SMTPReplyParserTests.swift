import Delivering
import Model
import Testing

@Suite struct SMTPReplyParserTests {
  private func replies(_ text: String, chunk: Int) throws -> [SMTPReply] {
    var parser = SMTPReplyParser()
    var replies: [SMTPReply] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      parser.append(Array(bytes[start..<min(start + chunk, bytes.count)]).span)
      while let reply = try parser.next() { replies.append(reply.reply) }
    }
    return replies
  }

  static let cases: [(String, [SMTPReply])] = [
    ("250 2.0.0 Ok\r\n", [SMTPReply(code: 250, text: "2.0.0 Ok")]),
    ("250\r\n", [SMTPReply(code: 250, text: "")]),
    ("250 \n", [SMTPReply(code: 250, text: "")]),
    (
      "550-5.1.1 No such\r\n550-5.1.1 user\r\n550 5.1.1 here\r\n",
      [SMTPReply(code: 550, text: "5.1.1 No such user here")]
    ),
    (
      "550-Sorry\r\n550 5.7.26 No DMARC\r\n",
      [SMTPReply(code: 550, text: "5.7.26 Sorry No DMARC")]
    ),
    (
      "250 one\r\n354 two\r\n",
      [SMTPReply(code: 250, text: "one"), SMTPReply(code: 354, text: "two")]
    ),
    ("451 a\u{1b}[2Jb\u{7}\r\n", [SMTPReply(code: 451, text: "a?[2Jb?")]),
    ("451 a\u{9b}2J\u{7f}\r\n", [SMTPReply(code: 451, text: "a?2J?")]),
    ("250 d\u{e9}j\u{e0}\r\n", [SMTPReply(code: 250, text: "déjà")]),
    (
      "550 " + String(repeating: "x", count: 2000) + "\r\n",
      [
        SMTPReply(code: 550, text: String(repeating: "x", count: 2000))
      ]
    ),
  ]

  @Test(arguments: cases, [1, 2, 3, 7, 10_000])
  func `replies are the same however their bytes arrive`(
    sent: (text: String, replies: [SMTPReply]),
    chunk: Int
  ) throws {
    let found = try replies(sent.text, chunk: chunk)
    #expect(found == sent.replies)
  }

  @Test(arguments: [
    "hello\r\n", "25\r\n", "2500 Ok\r\n", "250_Ok\r\n", "199 Ok\r\n", "600 Ok\r\n", "\r\n",
    "250-one\r\n550 two\r\n", "250-one\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n",
    String(repeating: "2", count: 3000),
    "250 " + String(repeating: "x", count: 3000) + "\r\n",
    String(repeating: "250-more\r\n", count: 101),
  ])
  func `what is no reply is not taken for one`(text: String) {
    #expect(throws: SMTPReplyParser.Garbage.self) { try replies(text, chunk: 1000) }
  }

  @Test func `half a reply is none`() throws {
    for text in ["2", "25", "250", "250-Ok\r\n", "250-Ok\r\n250", "250 Ok\r"] {
      let found = try replies(text, chunk: 1)
      #expect(found == [], "\(text)")
    }
  }

  @Test func `bytes that are not UTF-8 do no harm`() throws {
    var parser = SMTPReplyParser()
    parser.append(([50, 53, 48, 32, 0xff, 0xe9, 13, 10] as [UInt8]).span)
    let reply = try parser.next()
    #expect(reply?.lines == ["\u{fffd}\u{fffd}"])
  }
}
