import Delivering
import Model
import Testing

/// RFC 2920: commands in groups, and their replies in order.
@Suite struct PipeliningTests {
  typealias Line = ScriptedServer.Line

  private static let ehlo: Line = .say("250-relay\r\n250 PIPELINING\r\n")
  private static let envelope = ["250 ok", "250 ok", "354 go"] as [Line]
  private static let message = "Subject: a\r\n\r\n.b\r\n"

  private func run(
    _ script: [Line],
    _ count: Int,
    chunk: Int = .max,
    mostMessages: Int = 100
  ) -> (outcomes: [DeliveryOutcome], heard: [String], dialogue: SMTPDialogue) {
    var server = ScriptedServer([Self.ehlo] + script, chunk: chunk)
    var dialogue = SMTPDialogue(ehloName: "n.example", mostMessages: mostMessages)
    let messages = (1...count).map { number in
      PreparedMessage.test(
        .test(to: "r\(number)@x.fr"),
        Array(Self.message.utf8),
        delivery: Int64(number)
      )
    }
    return (server.run(&dialogue, messages), server.heard, dialogue)
  }

  private func envelope(_ number: Int) -> String {
    "MAIL FROM:<lettre@news.example.org>\r\nRCPT TO:<r\(number)@x.fr>\r\nDATA\r\n"
  }

  private func accepted(_ text: String) -> DeliveryOutcome {
    .accepted(SMTPReply(code: 250, text: text))
  }

  private let content = "Subject: a\r\n\r\n..b\r\n.\r\n"

  @Test(arguments: [1, 2, 7, .max])
  func `a message's end and the next one's envelope go out together`(chunk: Int) {
    let script = Self.envelope + ["250 A"] + Self.envelope + ["250 B"] + Self.envelope + ["250 C"]
    let result = run(script, 3, chunk: chunk)
    #expect(result.outcomes == ["A", "B", "C"].map(accepted))
    #expect(
      result.heard == [
        "EHLO n.example\r\n", envelope(1), content + envelope(2), content + envelope(3), content,
      ]
    )
  }

  @Test func `a refused recipient costs one round trip, and a reset with the next envelope`() {
    let refused: [Line] = ["250 ok", "550 5.1.1 nobody", "503 no recipients"]
    let script = Self.envelope + ["250 A"] + refused + ["250 reset"] + Self.envelope + ["250 C"]
    let result = run(script, 3)
    let nobody = DeliveryOutcome.rejected(SMTPReply(code: 550, text: "5.1.1 nobody"))
    #expect(result.outcomes == [accepted("A"), nobody, accepted("C")])
    #expect(result.heard.last == content)
    #expect(result.heard.dropLast().last == "RSET\r\n" + envelope(3))
  }

  /// RFC 2920 §3.1: then the end of an empty message must follow.
  @Test(arguments: ["554 5.5.1 no valid recipients", "250 whatever"])
  func `a server that wants the content of a refused message gets none`(reply: String) {
    let script: [Line] =
      ["250 ok", "550 5.1.1 nobody", "354 go", .say(reply + "\r\n"), "250 reset"]
      + Self.envelope + ["250 B"]
    let result = run(script, 2)
    let nobody = DeliveryOutcome.rejected(SMTPReply(code: 550, text: "5.1.1 nobody"))
    #expect(result.outcomes == [nobody, accepted("B")])
    #expect(result.heard[2] == ".\r\n")
  }

  @Test func `a refused sender is not taken for a refused recipient`() {
    let script: [Line] = ["550 5.7.1 not you", "503 MAIL first", "503 MAIL first"]
    let result = run(script, 1)
    #expect(result.outcomes == [.rejected(SMTPReply(code: 550, text: "5.7.1 not you"))])
  }

  @Test func `a refused message leaves the next envelope good`() {
    let script = Self.envelope + ["554 5.6.0 no"] + Self.envelope + ["250 B"]
    let result = run(script, 2)
    #expect(
      result.outcomes == [.rejected(SMTPReply(code: 554, text: "5.6.0 no")), accepted("B")]
    )
  }

  @Test(arguments: 0...3)
  func `lost behind a dot, one message is uncertain and the next untouched`(replies: Int) {
    // Of the second message's envelope so many replies came before the connection was lost.
    let after = replies == 0 ? [] : [Line.say("250 A\r\n")] + Self.envelope.prefix(replies - 1)
    let result = run(Self.envelope + after + [.hangUp], 2)
    let uncertain = DeliveryOutcome.uncertain(
      "no reply to the end of the message: the server has closed the connection"
    )
    #expect(result.outcomes == [replies == 0 ? uncertain : accepted("A"), .untouched])
  }

  @Test func `421 in place of the reply to the dot has not taken the message`() {
    let result = run(Self.envelope + ["421 4.3.2 closing"], 2)
    #expect(
      result.outcomes == [.deferred(SMTPReply(code: 421, text: "4.3.2 closing")), .untouched]
    )
  }

  @Test func `a worn out connection takes no more`() {
    let script = Self.envelope + ["250 A"] + Self.envelope + ["250 B"]
    let result = run(script, 2, mostMessages: 2)
    #expect(result.outcomes == [accepted("A"), accepted("B")])
    #expect(result.dialogue.isWornOut && result.dialogue.isIdle && !result.dialogue.wantsMessage)
  }
}
