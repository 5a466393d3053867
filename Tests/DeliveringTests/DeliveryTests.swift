import Delivering
import Foundation
import Model
import Store
import TestSupport
import Testing

/// The whole way: queue, deliverer, transport and a real server or folder.
@Suite struct DeliveryTests {
  private func deliverer(_ queue: MemoryQueue) throws -> Deliverer {
    let sender = try #require(EmailAddress("retour@news.example.org"))
    return Deliverer(
      queue: queue,
      sender: { _ in sender },
      run: "run-1",
      asOf: Instant(seconds: 1_764_000_000),
      clock: { Instant(seconds: 1_800_000_000) },
      compose: { Array("Subject: \($0.delivery)\r\n\r\n.\r\n".utf8) }
    )
  }

  private func mailer(_ port: Int) -> SMTPMailer {
    SMTPMailer(
      relay: Relay(
        host: "127.0.0.1",
        port: port,
        security: .none,
        credentials: nil,
        ehloName: "news.example.org"
      )
    )
  }

  @Test func `120 messages, some refused, reach a server once each`() throws {
    let refused = [3, 60, 119]
    let server = try MailServer(
      refused.flatMap { ["--refuse", "r\($0)@example.org=550 5.1.1 nobody"] }
    )
    let queue = MemoryQueue((1...120).map { "r\($0)@example.org" })
    var mailer = mailer(server.port)
    let report = try deliverer(queue).deliver(by: &mailer)
    #expect(report.accepted == 117)
    #expect(report.rejected == 3)
    #expect(report.end == .finished)
    #expect(queue.claimed == [] && queue.waiting == [])
    let facts = try server.stop()
    let expected = (1...120).filter { !refused.contains($0) }
    #expect(facts.messages.map(\.recipients) == expected.map { ["r\($0)@example.org"] })
    #expect(
      facts.messages.map { String(decoding: $0.content, as: UTF8.self) }
        == expected.map { "Subject: \($0)\r\n\r\n.\r\n" }
    )
    #expect(facts.kinds.filter { $0 == "connection" }.count == 3)
  }

  @Test func `a relay that is down costs one try and no delivery`() throws {
    let server = try startSMTPSink()
    server.process.stop()
    let queue = MemoryQueue(["a@example.org", "b@example.org"])
    var mailer = mailer(server.port)
    let report = try deliverer(queue).deliver(by: &mailer)
    guard case .failed(.connection(let error)) = report.end else {
      Issue.record("\(report)")
      return
    }
    #expect("\(error)".hasPrefix("127.0.0.1:\(server.port): the mail server cannot be reached"))
    #expect(queue.outcomes == [.untouched])
    #expect(queue.waiting == [1, 2])
  }

  @Test func `without a relay the outbox holds one file a delivery, however often it runs`() throws
  {
    let folder = TemporaryFolder()
    for _ in 1...2 {
      let queue = MemoryQueue(["a@example.org", "b@example.org"])
      var outbox = try Outbox(folder: "\(folder.path)/outbox")
      let report = try deliverer(queue).deliver(by: &outbox)
      #expect(report.previewed == 2)
      #expect(queue.outcomes.first == .previewed("1764000000.weekly-2026-11-23-1.feedgen"))
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/outbox/new")
    #expect(
      names.sorted() == [
        "1764000000.weekly-2026-11-23-1.feedgen", "1764000000.weekly-2026-11-23-2.feedgen",
      ]
    )
  }
}
