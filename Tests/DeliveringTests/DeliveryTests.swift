import Delivering
import Foundation
import Model
import Store
import Synchronization
import TestSupport
import Testing

/// The whole way: queue, deliverer, transport and a real server or folder.
@Suite struct DeliveryTests {
  @Test(arguments: [1, 4])
  func `120 messages, some refused, reach a server once each`(connections: Int) throws {
    let refused = [3, 60, 119]
    let server = try MailServer(
      refused.flatMap { ["--refuse", "r\($0)@example.org=550 5.1.1 nobody"] }
    )
    let delivery = TestDelivery(count: 120)
    let report = try delivery.deliver(to: server.port, connections: connections)
    #expect(report.accepted == 117)
    #expect(report.rejected == 3)
    #expect(report.end == .finished)
    #expect(delivery.queue.claimed == [] && delivery.queue.waiting == [])
    let facts = try server.stop()
    let expected = (1...120).filter { !refused.contains($0) }
    #expect(Set(facts.messages.map(\.recipients)) == Set(expected.map { ["r\($0)@example.org"] }))
    #expect(facts.messages.count == 117)
    #expect(
      Set(facts.messages.map { String(decoding: $0.content, as: UTF8.self) })
        == Set(expected.map { "Subject: \($0)\r\n\r\n.\r\n" })
    )
    let journals = try FileManager.default.contentsOfDirectory(atPath: delivery.folder.path)
    #expect(journals == [])
  }

  @Test func `a relay that is down costs one try and no delivery, and then rests`() throws {
    let server = try startSMTPSink()
    server.process.stop()
    var delivery = TestDelivery(["a@example.org", "b@example.org"])
    let report = try delivery.deliver(to: server.port, connections: 4)
    guard case .failed(.connection(let error)) = report.end else {
      Issue.record("\(report)")
      return
    }
    #expect("\(error)".hasPrefix("127.0.0.1:\(server.port): the mail server cannot be reached"))
    #expect(delivery.queue.waiting == [1, 2])
    delivery.run = "run-2"
    let rest = TestDelivery.now.advanced(by: .minutes(1))
    let second = try delivery.deliver(to: server.port)
    #expect(second.end == .resting(rest))
    delivery.now = rest
    let third = try delivery.deliver(to: server.port)
    guard case .failed(.connection) = third.end else {
      Issue.record("\(third.end)")
      return
    }
    #expect(delivery.queue.settled.allSatisfy { $0.outcome == .untouched })
  }

  /// The n-th exchange fails, the last one too: what was sent is in the journal, and not sent again.
  @Test(arguments: 1...4)
  func `a store that fails is said, and the next run repeats nothing`(failing: Int) throws {
    let server = try MailServer()
    let queue = MemoryQueue((1...40).map { "r\($0)@example.org" }, failing: failing)
    var delivery = TestDelivery(queue)
    var failures = 0
    do {
      _ = try delivery.deliver(to: server.port, connections: 2)
    } catch is MemoryQueue.Failure {
      failures = 1
    }
    let exchanges = queue.state.withLock { $0.exchanges }
    #expect(failures == (exchanges >= failing ? 1 : 0))
    queue.state.withLock { $0.failing = nil }
    delivery.run = "run-2"
    for _ in 0..<100 where !queue.claimed.isEmpty {
      try delivery.recover()
      if !queue.claimed.isEmpty { usleep(20_000) }
    }
    let report = try delivery.deliver(to: server.port, connections: 2)
    #expect(report.end == .finished)
    let facts = try server.stop()
    #expect(facts.messages.count == 40)
    #expect(Set(facts.messages.map(\.recipients)).count == 40)
  }

  @Test func `a relay that failed is tried with one message first`() throws {
    let server = try MailServer()
    let delivery = TestDelivery(count: 40)
    let name = RelayProfile(.test(server.port)).name
    try delivery.queue.note(RelayStanding(failures: 3), of: name)
    let report = try delivery.deliver(to: server.port, connections: 4)
    #expect(report.accepted == 40)
    #expect(delivery.queue.settled.first.map { [$0.delivery] } == [1])
    #expect(try delivery.queue.standing(of: name) == RelayStanding())
  }

  @Test func `a relay gets no more than its quota`() throws {
    let server = try MailServer()
    let delivery = TestDelivery(count: 40)
    let report = try delivery.deliver(to: server.port, connections: 2, perHour: 25)
    #expect(report.accepted == 25)
    #expect(report.end == .finished)
    #expect(delivery.queue.waiting.count == 15)
  }

  @Test func `without a relay the outbox holds one file a delivery, however often it runs`() throws
  {
    let folder = TemporaryFolder()
    for _ in 1...2 {
      let delivery = TestDelivery(["a@example.org", "b@example.org"])
      let outbox = try Outbox(folder: "\(folder.path)/outbox")
      let report = try delivery.deliver(to: outbox)
      #expect(report.previewed == 2)
      #expect(
        delivery.queue.lastOutcomes[1] == .previewed("1764000000.weekly-2026-11-23-1.feedgen")
      )
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/outbox/new")
    #expect(
      names.sorted() == [
        "1764000000.weekly-2026-11-23-1.feedgen", "1764000000.weekly-2026-11-23-2.feedgen",
      ]
    )
  }
}
