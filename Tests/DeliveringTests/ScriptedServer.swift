import Delivering
import Model
import Store

/// The other side of a dialogue in a test: says the next line of a script after each command.
struct ScriptedServer {
  /// One reply, or what else happens instead.
  enum Line: Sendable {
    case say(String)
    case hangUp
    case timeOut
  }

  /// What the client has said, command by command; a message is one entry.
  private(set) var heard: [String] = []
  private var script: [Line]
  private var pending: [UInt8] = []
  /// How many bytes are handed over at a time, in each direction.
  private let chunk: Int

  init(_ script: [Line], chunk: Int = .max) {
    self.script = script
    self.chunk = chunk
  }

  /// Carries messages through a dialogue, as soon as it wants each, until all have ended.
  mutating func run(
    _ dialogue: inout SMTPDialogue,
    _ messages: [PreparedMessage]
  ) -> [DeliveryOutcome] {
    var waiting = messages[...]
    var outcomes: [DeliveryOutcome] = []
    while true {
      while dialogue.wantsMessage, let message = waiting.popFirst() { dialogue.give(message) }
      outcomes += dialogue.takeResults().map(\.outcome)
      if outcomes.count == messages.count { return outcomes }
      if dialogue.isClosed { return outcomes + waiting.map { _ in .untouched } }
      if dialogue.output.isEmpty { answer(&dialogue) } else { take(dialogue.output, &dialogue) }
    }
  }

  /// Carries one message through a dialogue.
  mutating func run(
    _ dialogue: inout SMTPDialogue,
    _ envelope: Envelope,
    _ message: [UInt8]
  ) -> DeliveryOutcome {
    run(&dialogue, [.test(envelope, message)])[0]
  }

  mutating func finish(_ dialogue: inout SMTPDialogue) {
    dialogue.quit()
    while !dialogue.isClosed {
      if dialogue.output.isEmpty { answer(&dialogue) } else { take(dialogue.output, &dialogue) }
    }
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>, _ dialogue: inout SMTPDialogue) {
    let taken = bytes.prefix(chunk)
    pending += taken
    dialogue.sent(taken.count)
  }

  private mutating func answer(_ dialogue: inout SMTPDialogue) {
    if !pending.isEmpty { heard.append(String(decoding: pending, as: UTF8.self)) }
    pending = []
    switch script.isEmpty ? .hangUp : script.removeFirst() {
    case .hangUp: dialogue.lose("the server has closed the connection")
    case .timeOut: dialogue.lose("no answer in time")
    case .say(let text):
      let bytes = Array(text.utf8)
      let size = min(chunk, bytes.count)
      for start in stride(from: 0, to: bytes.count, by: size) {
        dialogue.receive(Array(bytes[start..<min(start + size, bytes.count)]).span)
      }
    }
  }
}

extension ScriptedServer.Line: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self = .say(value + "\r\n") }
}

extension Envelope {
  static func test(to recipient: String, from sender: String = "lettre@news.example.org") -> Self {
    guard let sender = EmailAddress(sender), let recipient = EmailAddress(recipient)
    else { preconditionFailure("no address") }
    return Envelope(sender: sender, recipient: recipient)
  }
}

extension PreparedMessage {
  static func test(_ envelope: Envelope, _ message: [UInt8], delivery: Int64 = 1) -> Self {
    guard let data = MessageData(message) else { preconditionFailure("a bare line end") }
    let claim = Claim(
      delivery: delivery,
      content: .message(message),
      recipient: Mailbox(address: envelope.recipient),
      date: Instant(seconds: 1_764_000_000),
      attempt: 1
    )
    return PreparedMessage(claim: claim, envelope: envelope, data: data)
  }

  static func test(_ envelope: Envelope, _ message: [UInt8], of claim: Claim) -> Self {
    PreparedMessage(
      claim: claim,
      envelope: envelope,
      data: Self.test(envelope, message).data
    )
  }
}
