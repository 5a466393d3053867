import ArgumentParser
import Delivering
import Model
import Transfer

/// One message to one address that the operator names, to see how it arrives.
struct TestMessage {
  let address: EmailAddress
  /// Makes its Message-ID another one each time, so that no mail program hides it as a copy.
  let number = -Instant.now.seconds
  private let sender: EmailAddress
  private let relay: RelaySettings

  init(to text: String, _ configuration: Configuration) throws {
    guard let address = EmailAddress(converting: text) else {
      throw ValidationError("--to: “\(text)” is no e-mail address; --output names the folder.")
    }
    guard let relay = configuration.relay, let mail = configuration.site.mail else {
      throw ValidationError("--to: no relay is configured; set mail.smtp, or open the .eml.")
    }
    self.address = address
    self.relay = relay
    sender = mail.envelopeSender
  }

  /// Hands a message over, signed as it is, and says what became of it.
  func send(_ message: [UInt8]) throws -> String {
    let outcome: DeliveryOutcome?
    do {
      outcome = try SingleMessage(message, from: sender, to: address)
        .send(to: try relay.relay(), shouldStop: { StopSignal.isReceived })
    } catch {
      throw TransportError(error: error)
    }
    guard case .accepted(let reply) = outcome else { throw Refusal(outcome: outcome) }
    return "sent to \(address): \(reply)"
  }

  /// The relay did not take the test message.
  struct Refusal: ExitCoded, CustomStringConvertible {
    var outcome: DeliveryOutcome?

    var exitCode: ExitCode { .unavailable }
    var description: String {
      switch outcome {
      case .rejected(let reply), .deferred(let reply):
        "the test message was not taken: \(reply)"
      case nil, .untouched: "the test message was not sent"
      default: "the test message was handed over, but no reply came"
      }
    }
  }
}
