import Delivering
import Foundation
import Model
import Store

/// A mail server that knows what it should be sent.
final class Relay {
  private(set) var expected: [Oracle.Message]

  init(_ expected: [Oracle.Message]) { self.expected = expected }

  /// The expected message that this is; nil where there is none.
  func take(_ reader: Int, _ articles: [Int]) -> Oracle.Message? {
    let index = expected.firstIndex {
      $0.reader == reader && $0.articles + $0.corrections == articles
    }
    return index.map { expected.remove(at: $0) }
  }

  func transport(_ decide: @escaping (ReadMessage) -> Fate) -> any Transport {
    RelayTransport(decide: decide)
  }
}

private final class RelayTransport: Transport {
  let decide: (ReadMessage) -> Fate

  init(decide: @escaping (ReadMessage) -> Fate) { self.decide = decide }

  func send(_ message: [UInt8], of claim: Claim) throws(RelayError) -> DeliveryOutcome {
    switch decide(ReadMessage(message, of: claim)) {
    case .accepted: .accepted(SMTPReply(code: 250, text: "2.0.0 Ok"))
    case .later: .deferred(SMTPReply(code: 451, text: "4.7.1 Greylisted"))
    case .noSuchAddress: .rejected(SMTPReply(code: 550, text: "5.1.1 No such user"))
    case .policy: .rejected(SMTPReply(code: 550, text: "5.7.1 Not wanted"))
    case .silence: .uncertain("connection lost")
    }
  }
}

/// A message as a reader sees it: to whom, and which articles its plain text links to, in order.
struct ReadMessage {
  var recipient: String
  var articles: [Int]

  init(_ message: [UInt8], of claim: Claim) {
    recipient = claim.recipient.address.description
    let text = String(decoding: message, as: UTF8.self)
    let plain =
      text.components(separatedBy: "Content-Type: ")
      .first { $0.hasPrefix("text/plain") } ?? ""
    articles = plain.components(separatedBy: "https://v.example/a").dropFirst().compactMap {
      Int($0.prefix { $0.isNumber })
    }
  }
}
