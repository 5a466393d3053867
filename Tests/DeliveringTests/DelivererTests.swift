import Cryptography
import Delivering
import Model
import Store
import Testing

/// Says what it was scripted to, address by address, and accepts the rest.
private struct ScriptedTransport: Transport {
  var outcomes: [String: DeliveryOutcome] = [:]
  var failure: (recipient: String, RelayError)?
  var onSend: (Envelope) -> Void = { _ in }
  private(set) var sent: [Envelope] = []
  private(set) var messages: [[UInt8]] = []
  private(set) var isFinished = false

  mutating func send(
    _ envelope: Envelope,
    message: OutgoingMessage
  ) throws(RelayError) -> DeliveryOutcome {
    onSend(envelope)
    if let failure, failure.recipient == envelope.recipient.description { throw failure.1 }
    sent.append(envelope)
    messages.append(message.bytes())
    return outcomes[envelope.recipient.description] ?? .accepted(ok)
  }

  mutating func finish() { isFinished = true }
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

  private func deliverer(
    _ queue: MemoryQueue,
    shouldStop: @escaping () -> Bool = { false },
    progress: @escaping (DeliveryReport) -> Void = { _ in },
    signers: [DKIMSigner] = [],
    compose: @escaping (Claim) throws -> [UInt8] = { Array("To: \($0.delivery)\r\n".utf8) }
  ) throws -> Deliverer {
    let sender = try #require(EmailAddress("retour@news.example.org"))
    return Deliverer(
      queue: queue,
      sender: { _ in sender },
      run: "run-1",
      asOf: Instant(seconds: 1_764_000_000),
      clock: { Instant(seconds: 1_800_000_000) },
      shouldStop: shouldStop,
      progress: progress,
      signers: signers,
      compose: compose
    )
  }

  @Test func `everyone gets their message, claimed before it and settled after`() throws {
    let queue = MemoryQueue(addresses)
    var transport = ScriptedTransport()
    transport.onSend = { envelope in
      let settled = queue.settled.count
      #expect(queue.claimed == [Int64(settled + 1)])
      #expect(envelope.recipient.description == ["a@x.fr", "b@x.fr", "c@x.fr"][settled])
    }
    let report = try deliverer(queue).deliver(by: &transport)
    #expect(report.accepted == 3)
    #expect(report.end == .finished)
    #expect(queue.outcomes == [.accepted(ok), .accepted(ok), .accepted(ok)])
    #expect(queue.claimed == [])
    #expect(transport.isFinished)
    #expect(transport.messages == (1...3).map { Array("To: \($0)\r\n".utf8) })
    #expect(transport.sent[1].identifier == "1764000000.weekly-2026-11-23-2.feedgen")
    #expect(transport.sent[1].sender.description == "retour@news.example.org")
  }

  /// Each try has the date of the first claim, so that its signature is the same.
  @Test func `messages are signed, each with its date`() throws {
    let signer = DKIMSigner(domain: "x.fr", selector: "s", key: try SigningKey.make(.ed25519))
    let queue = MemoryQueue(addresses)
    var transport = ScriptedTransport()
    let report = try deliverer(queue, signers: [signer]).deliver(by: &transport)
    #expect(report.accepted == 3)
    for (number, message) in zip(1..., transport.messages) {
      let unsigned = Array("To: \(number)\r\n".utf8)
      let date = Instant(seconds: 1_764_000_000)
      #expect(message == signer.signature(of: unsigned, date: date) + unsigned)
    }
  }

  @Test func `one refusal does not stop the others, and shows no address`() throws {
    let queue = MemoryQueue(addresses)
    var transport = ScriptedTransport(outcomes: ["b@x.fr": .rejected(nobody)])
    let report = try deliverer(queue).deliver(by: &transport)
    #expect(queue.outcomes == [.accepted(ok), .rejected(nobody), .accepted(ok)])
    #expect(report.rejected == 1)
    #expect(report.accepted == 2)
    #expect(report.troubles.map(\.recipient) == ["b…@x.fr"])
    #expect(report.troubles.map(\.reply) == ["550 5.1.1 <b…@x.fr>: nobody"])
  }

  @Test func `what is to be tried again has its time`() throws {
    let queue = MemoryQueue(addresses)
    var transport = ScriptedTransport(
      outcomes: ["a@x.fr": .deferred(later), "b@x.fr": .uncertain("lost")]
    )
    let report = try deliverer(queue).deliver(by: &transport)
    let waits = queue.settled.map { $0.notBefore?.since(Instant(seconds: 1_800_000_000)).seconds }
    let deferred = RetrySchedule().wait(after: .deferred(later), delivery: 1, attempt: 1)?.seconds
    #expect(waits == [deferred, 900, nil])
    #expect(report.deferred == 1)
    #expect(report.uncertain == 1)
    #expect(report.total == 3)
  }

  @Test func `a message that cannot be composed does not stop the others`() throws {
    let queue = MemoryQueue(addresses)
    var transport = ScriptedTransport()
    let report = try deliverer(
      queue,
      compose: { claim in
        if claim.delivery == 2 { throw ComposeFailure() }
        return []
      }
    ).deliver(by: &transport)
    #expect(report.accepted == 2)
    guard case .rejected(let reply) = queue.outcomes[1] else {
      Issue.record("\(queue.outcomes)")
      return
    }
    #expect(reply.enhancedCode == "5.6.0")
    #expect(reply.text.contains("no template"))
  }

  @Test func `a relay that is down puts the delivery back and ends the run`() throws {
    let queue = MemoryQueue(addresses)
    let error = RelayError.unsteady(server: "relay:25", reason: "gone")
    var transport = ScriptedTransport(failure: ("b@x.fr", error))
    let report = try deliverer(queue).deliver(by: &transport)
    #expect(report.end == .failed(error))
    #expect(report.total == 1)
    #expect(queue.outcomes == [.accepted(ok), .untouched])
    #expect(queue.claimed == [])
    #expect(queue.waiting == [2, 3])
    #expect(transport.isFinished)
  }

  @Test func `five refusals of policy in a row end the run`() throws {
    let addresses = (1...9).map { "p\($0)@x.fr" }
    let queue = MemoryQueue(["ok@x.fr"] + addresses)
    var transport = ScriptedTransport(
      outcomes: Dictionary(uniqueKeysWithValues: addresses.map { ($0, .rejected(policy)) })
    )
    let report = try deliverer(queue).deliver(by: &transport)
    #expect(report.end == .failed(.policy(policy, count: 5)))
    #expect(report.rejected == 5)
    #expect(queue.waiting == [7, 8, 9, 10])
    #expect(queue.claimed == [])
  }

  @Test func `refusals of policy that are not in a row end nothing`() throws {
    let addresses = (1...12).map { "p\($0)@x.fr" }
    let queue = MemoryQueue(addresses)
    var transport = ScriptedTransport()
    for (index, address) in addresses.enumerated() where index % 4 != 3 {
      transport.outcomes[address] = .rejected(policy)
    }
    let report = try deliverer(queue).deliver(by: &transport)
    #expect(report.end == .finished)
    #expect(report.rejected == 9)
  }

  @Test func `unknown addresses in a row end nothing`() throws {
    let addresses = (1...9).map { "p\($0)@x.fr" }
    let queue = MemoryQueue(addresses)
    var transport = ScriptedTransport()
    for address in addresses { transport.outcomes[address] = .rejected(nobody) }
    let report = try deliverer(queue).deliver(by: &transport)
    #expect(report.end == .finished)
    #expect(report.rejected == 9)
  }

  @Test func `asked to stop, it settles what was sent and claims no more`() throws {
    let queue = MemoryQueue(addresses)
    var transport = ScriptedTransport()
    var count = 0
    let report = try deliverer(queue, shouldStop: { count == 2 }, progress: { count = $0.total })
      .deliver(by: &transport)
    #expect(report.end == .stopped)
    #expect(queue.outcomes == [.accepted(ok), .accepted(ok)])
    #expect(queue.claimed == [])
    #expect(queue.waiting == [3])
  }

  @Test func `a message given up for a signal waits as it was`() throws {
    let queue = MemoryQueue(addresses)
    var transport = ScriptedTransport(outcomes: ["b@x.fr": .untouched])
    let report = try deliverer(queue).deliver(by: &transport)
    #expect(report.end == .stopped)
    #expect(queue.waiting == [2, 3])
    #expect(report.total == 1)
  }

  /// The n-th exchange fails: what was settled stays, at most one delivery stays claimed.
  @Test(arguments: 1...4)
  func `a store that fails ends the run at once`(failing: Int) throws {
    let queue = MemoryQueue(addresses, failing: failing)
    var transport = ScriptedTransport()
    let deliverer = try deliverer(queue)
    #expect(throws: MemoryQueue.Failure.self) { try deliverer.deliver(by: &transport) }
    #expect(transport.sent.count == failing - 1)
    #expect(queue.settled.count == max(0, failing - 2))
    #expect(queue.claimed.count == min(1, failing - 1))
    #expect(transport.isFinished)
  }
}
