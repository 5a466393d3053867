import Cryptography
import Delivering
import Model
import Store
import Testing

/// Says what it was scripted to, address by address, and accepts the rest.
private final class ScriptedTransport: Transport {
  var outcomes: [String: DeliveryOutcome]
  var failure: (recipient: String, RelayError)?
  var onSend: (Claim) -> Void = { _ in }
  private(set) var sent: [Claim] = []
  private(set) var messages: [[UInt8]] = []

  init(outcomes: [String: DeliveryOutcome] = [:], failure: (recipient: String, RelayError)? = nil) {
    self.outcomes = outcomes
    self.failure = failure
  }

  func send(_ message: [UInt8], of claim: Claim) throws(RelayError) -> DeliveryOutcome {
    let address = claim.recipient.address.description
    onSend(claim)
    if let failure, failure.recipient == address { throw failure.1 }
    sent.append(claim)
    messages.append(message)
    return outcomes[address] ?? .accepted(ok)
  }
}

private let ok = SMTPReply(code: 250, text: "2.0.0 ok")
private let nobody = SMTPReply(code: 550, text: "5.1.1 <b@x.fr>: nobody")
private let policy = SMTPReply(code: 550, text: "5.7.26 DMARC")
private let later = SMTPReply(code: 451, text: "4.7.1 later")

@Suite struct DelivererTests {
  private let addresses = ["a@x.fr", "b@x.fr", "c@x.fr"]
  private struct ComposeFailure: Error, CustomStringConvertible {
    var description: String { "no template" }
  }

  @Test func `everyone gets their message, claimed before it and settled after`() throws {
    let delivery = TestDelivery(addresses)
    let transport = ScriptedTransport()
    transport.onSend = { claim in #expect(delivery.queue.claimed.contains(claim.delivery)) }
    let report = try delivery.deliver(to: transport)
    #expect(report.accepted == 3)
    #expect(report.end == .finished)
    #expect(delivery.queue.outcomes == [.accepted(ok), .accepted(ok), .accepted(ok)])
    #expect(delivery.queue.claimed == [])
    #expect(Set(transport.messages) == Set((1...3).map { Self.message($0) }))
    #expect(
      Set(transport.sent.map(\.messageName))
        == Set((1...3).map { "1764000000.weekly-2026-11-23-\($0).feedgen" })
    )
  }

  static func message(_ number: Int) -> [UInt8] { Array("Subject: \(number)\r\n\r\n.\r\n".utf8) }

  /// Each try has the date of the first claim, so that its signature is the same.
  @Test func `messages are signed, each with its date`() throws {
    let signer = DKIMSigner(domain: "x.fr", selector: "s", key: try SigningKey.make(.ed25519))
    var delivery = TestDelivery(addresses)
    delivery.signers = [signer]
    let transport = ScriptedTransport()
    let report = try delivery.deliver(to: transport)
    #expect(report.accepted == 3)
    for (claim, message) in zip(transport.sent, transport.messages) {
      #expect(message == [signer].signed(Self.message(Int(claim.delivery)), date: claim.date))
    }
  }

  @Test func `one refusal does not stop the others, and shows no address`() throws {
    let delivery = TestDelivery(addresses)
    let report = try delivery.deliver(
      to: ScriptedTransport(outcomes: ["b@x.fr": .rejected(nobody)])
    )
    #expect(
      delivery.queue.lastOutcomes == [1: .accepted(ok), 2: .rejected(nobody), 3: .accepted(ok)]
    )
    #expect(report.rejected == 1)
    #expect(report.accepted == 2)
    #expect(report.troubles.map(\.recipient) == ["b…@x.fr"])
    #expect(report.troubles.map(\.reply) == ["550 5.1.1 <b…@x.fr>: nobody"])
  }

  @Test func `what is to be tried again has its time`() throws {
    let delivery = TestDelivery(addresses)
    let report = try delivery.deliver(
      to: ScriptedTransport(outcomes: ["a@x.fr": .deferred(later), "b@x.fr": .uncertain("lost")])
    )
    let waits = Dictionary(
      uniqueKeysWithValues: delivery.queue.settled.map {
        ($0.delivery, $0.notBefore?.since(TestDelivery.now).seconds)
      }
    )
    let deferred = RetrySchedule().wait(after: .deferred(later), delivery: 1, attempt: 1)?.seconds
    #expect(waits == [1: deferred, 2: 900, 3: nil])
    #expect(report.deferred == 1)
    #expect(report.uncertain == 1)
    #expect(report.total == 3)
  }

  @Test func `a message that cannot be composed does not stop the others`() throws {
    var delivery = TestDelivery(addresses)
    delivery.compose = { claim in
      if claim.delivery == 2 { throw ComposeFailure() }
      return []
    }
    let report = try delivery.deliver(to: ScriptedTransport())
    #expect(report.accepted == 2)
    guard case .rejected(let reply)? = delivery.queue.lastOutcomes[2] else {
      Issue.record("\(delivery.queue.outcomes)")
      return
    }
    #expect(reply.enhancedCode == "5.6.0")
    #expect(reply.text.contains("no template"))
  }

  @Test func `an outbox that fails puts deliveries back and ends the run`() throws {
    let delivery = TestDelivery(addresses)
    let error = RelayError.outbox(.full(path: "/outbox"))
    let report = try delivery.deliver(to: ScriptedTransport(failure: ("b@x.fr", error)))
    #expect(report.end == .failed(error))
    #expect(delivery.queue.claimed == [])
    #expect(delivery.queue.waiting.contains(2))
    #expect(report.total == delivery.queue.keys(.accepted).count)
  }

  @Test func `asked to stop, it settles what was sent and puts the rest back`() throws {
    var delivery = TestDelivery(count: 120)
    let count = Counter()
    delivery.watch = Deliverer.Watch(
      shouldStop: { count.value == 2 },
      progress: { count.value = $0.total }
    )
    let report = try delivery.deliver(to: ScriptedTransport())
    #expect(report.end == .stopped)
    #expect(delivery.queue.keys(.accepted).count == report.accepted)
    #expect(report.accepted == 2)
    #expect(delivery.queue.claimed == [])
    #expect(delivery.queue.waiting.count == 118)
  }

  /// The n-th exchange fails: what was settled stays, and the journal is left for the next run.
  @Test(arguments: 1...3)
  func `a store that fails ends the run at once, and the next goes on`(failing: Int) throws {
    let queue = MemoryQueue((1...60).map { "r\($0)@x.fr" }, failing: failing)
    var delivery = TestDelivery(queue)
    let transport = ScriptedTransport()
    #expect(throws: MemoryQueue.Failure.self) { try delivery.deliver(to: transport) }
    delivery.run = "run-2"
    try delivery.recover()
    #expect(queue.claimed == [])
    _ = try delivery.deliver(to: transport)
    #expect(queue.keys(.accepted).count == 60)
  }
}

/// A number that closures share.
final class Counter {
  var value = 0
}
