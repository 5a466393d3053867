package import Model
package import Store

/// What takes messages one after the other, and each whole: the outbox.
package protocol Transport: AnyObject {
  /// Takes a message.
  ///
  /// - Returns: what became of it, also when it was refused.
  /// - Throws: where it was not taken, and no other would be.
  func send(_ message: [UInt8], of claim: Claim) throws(RelayError) -> DeliveryOutcome
}

/// Where messages go.
package enum Destination {
  case relay(Relay, RelayProfile)
  case transport(any Transport)
}

extension Outbox: Transport {
  package func send(
    _ message: [UInt8],
    of claim: Claim
  ) throws(RelayError) -> DeliveryOutcome {
    do throws(OutboxError) {
      return .previewed(try write(message: message, name: claim.messageName))
    } catch {
      throw .outbox(error)
    }
  }
}
