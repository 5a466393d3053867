import Foundation
import TestSupport
import Testing

/// A mail server that fails at each stage: what the run says of it, what the store says, and that
/// the next run brings everything to an end.
@Suite(.serialized) struct ServerFaultTests {
  static let count = 8
  private static let noReply = "no reply to the end of the message"

  /// What a server does, and what comes of it.
  struct Weather: CustomTestStringConvertible {
    /// Where, when and what; see `mail_sink.c`.
    var fault: [String]
    var status: Int32
    /// The states after the run.
    var states: [String: Int]
    var messages: Int
    /// What the run says.
    var words = ""
    var mostConnections = Int.max

    var testDescription: String { fault.joined(separator: " ") }
  }

  /// A server that fails for all: one or few attempts, and nothing is marked.
  static let lasting: [Weather] = [
    Weather(["connect", "1", "drop"], 69, ["pending": 8], 0, mostConnections: 1),
    Weather(["connect", "1", "554 5.3.2 no"], 69, ["pending": 8], 0, "5.3.2", mostConnections: 1),
    Weather(["connect", "1", "421 4.3.2 no"], 69, ["pending": 8], 0, "4.3.2", mostConnections: 1),
    Weather(["ehlo", "1", "drop"], 69, ["pending": 8], 0, mostConnections: 4),
    Weather(["mail", "1", "550 5.1.8 unknown sender"], 78, ["pending": 8], 0, "the sender"),
    Weather(["mail", "1", "451 4.3.0 later"], 69, ["pending": 8], 0, "4.3.0"),
    Weather(["mail", "1", "530 5.7.0 log in"], 78, ["pending": 8], 0, "wants a login"),
    Weather(["rcpt", "1", "451 4.7.1 greylisted"], 0, ["pending": 8], 0, "greylisted"),
    Weather(["rcpt", "1", "550 5.1.1 nobody"], 0, ["rejected": 8], 0, "5.1.1"),
    Weather(["data", "1", "451 4.3.0 later"], 69, ["pending": 8], 0, "4.3.0"),
    Weather(["data", "1", "drop"], 69, ["pending": 8], 0, mostConnections: 12),
    Weather(["dot", "1", "452 4.3.1 full"], 69, ["pending": 8], 0, "4.3.1"),
    Weather(["quit", "1", "drop"], 0, ["accepted": 8], 8),
    Weather(["dot", "1", "late=200"], 0, ["accepted": 8], 8),
  ]

  /// A server that does not speak SMTP may yet go on to: that takes the half minute which
  /// connecting may take.
  static let slow: [Weather] = [
    Weather(["connect", "1", "nonsense"], 69, ["pending": 8], 0, mostConnections: 1),
    Weather(["ehlo", "1", "nonsense"], 69, ["pending": 8], 0, mostConnections: 1),
  ]

  /// A server that fails once: the rest goes out, and all of it where it said what it did.
  static let passing: [Weather] = [
    Weather(["mail", "#3", "drop"], 0, ["accepted": 8], 8),
    Weather(["rcpt", "#3", "421 4.3.2 later"], 0, ["accepted": 8], 8),
    Weather(["data", "#3", "nonsense"], 0, ["accepted": 8], 8),
    // All of a small message is on its way before anybody can know that nobody reads it.
    Weather(["body", "#3", "drop"], 0, ["accepted": 7, "uncertain": 1], 7, noReply),
    Weather(["dot", "#3", "drop"], 0, ["accepted": 7, "uncertain": 1], 7, noReply),
    Weather(["dot", "#3", "keep:drop"], 0, ["accepted": 7, "uncertain": 1], 8, noReply),
    Weather(["dot", "#3", "keep:half"], 0, ["accepted": 7, "uncertain": 1], 8, noReply),
    Weather(["dot", "#3", "keep:nonsense"], 0, ["accepted": 7, "uncertain": 1], 8, noReply),
    Weather(["dot", "#3", "keep:endless"], 0, ["accepted": 7, "uncertain": 1], 8, noReply),
    Weather(["dot", "#3", "421 4.3.2 later"], 0, ["accepted": 8], 8),
    Weather(["dot", "#3", "554 5.6.0 no"], 0, ["accepted": 7, "rejected": 1], 7, "5.6.0"),
  ]

  let mailing: Mailing

  init() throws {
    mailing = try Mailing(to: Self.count)
  }

  @Test(arguments: lasting + passing + (isSoaking ? slow : []))
  func `each failure has its outcome`(_ weather: Weather) throws {
    let sink = try mailing.sink(["--fault"] + weather.fault)
    let result = try mailing.publish(to: sink)
    #expect(result.status == weather.status, "\(result.errors)")
    let isSaid = weather.words.isEmpty || result.errors.contains(weather.words)
    #expect(isSaid, "\(result.errors)")
    let seen = try sink.stop()
    #expect(seen.connections <= weather.mostConnections)
    #expect(seen.messages == weather.messages)
    #expect(try mailing.states() == weather.states, "\(result.errors)")
    #expect(try statusCounts() == weather.states)
    #expect(try mailing.journals() == [])
    try mailing.finish()
    let refused = weather.states["rejected"] ?? 0
    try mailing.judge(mostUncertain: weather.states["uncertain"] ?? 0, refused: refused)
  }

  /// `feedgen status` says the same as the store.
  private func statusCounts() throws -> [String: Int] {
    struct Status: Decodable {
      struct Issue: Decodable { var deliveries: [String: Int] }
      var issues: [Issue]
    }
    let result = try mailing.site.run(["status", "--json", "--as-of", "2026-11-23T08:10:00"])
    let status = try JSONDecoder().decode(Status.self, from: Data(result.output.utf8))
    return status.issues.first?.deliveries ?? [:]
  }

  /// Each connection hides the fate of one message, so few are spent on finding out.
  @Test func `a server that hides what it does is left alone`() throws {
    let mailing = try Mailing(to: 40)
    let sink = try mailing.sink(["--fault", "dot", "1", "keep:drop"])
    let result = try mailing.publish(to: sink)
    #expect(result.status == 69, "\(result.errors)")
    let uncertain = try mailing.states()["uncertain"] ?? 0
    #expect((1...12).contains(uncertain))
    #expect(try mailing.states() == ["uncertain": uncertain, "pending": 40 - uncertain])
    try mailing.finish()
    try mailing.judge(mostUncertain: uncertain)
  }

  @Test func `without pipelining nothing changes but the pace`() throws {
    let sink = try mailing.sink(["--no-pipelining", "--fault", "dot", "#3", "drop"])
    #expect(try mailing.publish(to: sink).status == 0)
    #expect(try mailing.states() == ["accepted": 7, "uncertain": 1])
    try mailing.finish()
    try mailing.judge(mostUncertain: 1)
  }

  /// RFC 1047: of the replies that are lost, half belong to messages that were taken.
  @Test func `replies that are lost repeat what was taken, and lose nothing`() throws {
    let mailing = try Mailing(to: isSoaking ? 5000 : 150)
    let sink = try mailing.sink(
      ["--seed", "7", "--fault", "dot", "0.01", "drop", "--fault", "dot", "0.01", "keep:drop"])
    #expect(try mailing.publish(to: sink).status == 0)
    let uncertain = try mailing.states()["uncertain"] ?? 0
    #expect(uncertain > 0)
    let taken = Set(try mailing.received().map(\.recipient))
      .intersection(try mailing.addresses(where: "delivery.state = 'uncertain'"))
    try mailing.finish()
    try mailing.judge(mostUncertain: uncertain)
    #expect(try mailing.repeated() == taken)
  }

  /// Everything goes wrong a little: who can be reached gets one message.
  @Test func `in mixed weather each gets one message`() throws {
    let mailing = try Mailing(to: isSoaking ? 5000 : 150)
    let sink = try mailing.sink([
      "--seed", "11", "--fault", "rcpt", "0.05", "451 4.7.1 later",
      "--fault", "mail", "0.01", "421 4.3.2 busy", "--fault", "body", "0.01", "drop",
      "--fault", "dot", "0.01", "late=500", "--refuse", Mailing.address(5), "550 5.1.1 nobody",
    ])
    #expect(try mailing.publish(to: sink).status == 0)
    #expect(try mailing.states()["pending"] ?? 0 > 0)
    // All of a small message has left before the connection is lost in the middle of it.
    let uncertain = try mailing.states()["uncertain"] ?? 0
    try mailing.finish()
    try mailing.judge(mostUncertain: uncertain, refused: 1)
    #expect(try mailing.repeated() == [])
    #expect(try mailing.addresses(where: "delivery.state = 'rejected'") == [Mailing.address(5)])
  }
}

extension ServerFaultTests.Weather {
  fileprivate init(
    _ fault: [String],
    _ status: Int32,
    _ states: [String: Int],
    _ messages: Int,
    _ words: String = "",
    mostConnections: Int = .max
  ) {
    self.fault = fault
    self.status = status
    self.states = states
    self.messages = messages
    self.words = words
    self.mostConnections = mostConnections
  }
}
