package import Model
import Store
import Synchronization
import Transfer

/// A message that is in no queue and no journal: a test, to see how mail arrives.
package struct SingleMessage: Sendable {
  private let claim: Claim
  private let bytes: [UInt8]
  private let sender: EmailAddress

  /// - Parameters:
  ///   - bytes: complete, signed if it is to be.
  ///   - sender: the envelope's.
  package init(_ bytes: [UInt8], from sender: EmailAddress, to recipient: EmailAddress) {
    self.bytes = bytes
    self.sender = sender
    claim = Claim(
      delivery: 0,
      content: .message(bytes),
      recipient: Mailbox(address: recipient),
      date: Instant(seconds: 0),
      attempt: 1
    )
  }

  /// Hands it over; nil where it was stopped before.
  package func send(
    to relay: Relay,
    trusting authorities: String? = nil,
    shouldStop: @escaping () -> Bool = { false }
  ) throws -> DeliveryOutcome? {
    let network = SMTPNetwork(relay: relay, trusting: authorities)
    let queue = OneDelivery(claim)
    let supply = ClaimSupply(
      work: ClaimSupply.Work(
        exchange: { queue.exchange($0, $1) },
        prepare: { claim throws(Uncomposable) in try prepared(claim) },
        start: { $0() },
        wake: network.wake
      ),
      mostItems: 1,
      mostWorkers: 1
    )
    let engine = DeliveryEngine(
      settings: DeliveryEngine<SMTPNetwork>.Settings(
        relay: RelayProfile(relay, connections: 1),
        schedule: RetrySchedule(repeatsUncertain: false),
        clock: { Instant(seconds: 0) },
        watch: Deliverer.Watch(shouldStop: shouldStop)
      ),
      network: network,
      supply: supply,
      journal: NoJournal()
    )
    let report = try engine.run()
    if case .failed(let error) = report.end { throw error }
    return queue.outcome
  }

  private func prepared(_ claim: Claim) throws(Uncomposable) -> PreparedMessage {
    guard let data = MessageData(bytes)
    else { throw Uncomposable("the message has a line end that is not CR LF") }
    let envelope = Envelope(sender: sender, recipient: claim.recipient.address)
    return PreparedMessage(claim: claim, envelope: envelope, data: data)
  }
}

/// A queue of one message.
private final class OneDelivery: Sendable {
  private let state: Mutex<(claim: Claim?, outcome: DeliveryOutcome?)>

  init(_ claim: Claim) {
    state = Mutex((claim, nil))
  }

  var outcome: DeliveryOutcome? { state.withLock { $0.outcome } }

  func exchange(_ settled: [Settlement], _ wanting: Int) -> [Claim] {
    state.withLock { state in
      if let outcome = settled.first?.outcome { state.outcome = outcome }
      guard wanting > 0, let claim = state.claim else { return [] }
      state.claim = nil
      return [claim]
    }
  }
}

/// For a message that nobody will ask after.
private final class NoJournal: DeliveryJournal {
  func append(_ record: JournalRecord) throws(JournalError) {}
}
