import Delivering
import Testing

@Suite struct MessageDataTests {
  @Test(arguments: [
    ("A: b\r\n\r\nText\r\n", "A: b\r\n\r\nText\r\n"),
    ("A: b\r\n\r\nText", "A: b\r\n\r\nText\r\n"),
    ("", ""),
    (".", "..\r\n"),
    (".\r\n", "..\r\n"),
    ("..\r\n.a\r\nb.\r\n", "...\r\n..a\r\nb.\r\n"),
    ("a\r\n.\r\nMAIL FROM:<x>\r\n", "a\r\n..\r\nMAIL FROM:<x>\r\n"),
    ("\r\n\r\n", "\r\n\r\n"),
  ])
  func `a dot that begins a line is doubled`(message: String, data: String) throws {
    let found = try #require(MessageData(Array(message.utf8)))
    #expect(String(decoding: found.bytes, as: UTF8.self) == data + ".\r\n")
  }

  @Test(arguments: [
    "a\nb\r\n", "a\rb\r\n", "a\r\n\n", "a\r", "\n", "\r", "a\r\r\n", "a\n.\nRCPT TO:<x>\r\n",
    "a\r\n.\n", "a\n.\r\n",
  ])
  func `a line end that is not CR LF is refused`(message: String) {
    #expect(MessageData(Array(message.utf8)) == nil)
  }

  @Test func `its size is that of the message`() throws {
    let data = try #require(MessageData(Array(".a\r\n.b".utf8)))
    #expect(data.size == 8)
    #expect(data.bytes.count == 13)
  }

  @Test(arguments: [
    ("A: b\r\n\r\nc\r\n", false, false), ("A: b\r\n\r\né\r\n", true, false),
    ("A: é\r\n\r\nc\r\n", true, true), ("\r\né", true, false), ("é", true, true),
  ])
  func `what is not ASCII is found`(message: String, is8Bit: Bool, inHeader: Bool) throws {
    let data = try #require(MessageData(Array(message.utf8)))
    #expect(data.is8Bit == is8Bit)
    #expect(data.hasUTF8Header == inHeader)
  }
}
