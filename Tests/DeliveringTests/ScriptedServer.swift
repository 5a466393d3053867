import Delivering
import Model

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

  /// Carries one message through a dialogue.
  mutating func run(
    _ dialogue: inout SMTPDialogue,
    _ envelope: Envelope,
    _ message: [UInt8],
    signatures: [UInt8] = []
  ) -> DeliveryOutcome {
    dialogue.begin(envelope, message: message, signatureLength: signatures.count)
    while true {
      switch dialogue.action {
      case .end(let outcome): return outcome
      case .send(let bytes, _, _): take(bytes, &dialogue)
      case .receive: answer(&dialogue)
      case .sign: dialogue.sign(with: signatures)
      case .rest, .close: return .untouched
      }
    }
  }

  mutating func finish(_ dialogue: inout SMTPDialogue) {
    dialogue.quit()
    while dialogue.action != .close {
      if case .send(let bytes, _, _) = dialogue.action {
        take(bytes, &dialogue)
      } else {
        answer(&dialogue)
      }
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
    return Envelope(sender: sender, recipient: recipient, identifier: "1.test")
  }
}
