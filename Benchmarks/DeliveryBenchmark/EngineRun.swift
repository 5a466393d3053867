import Delivering
import Foundation
import Model
import Store
import Synchronization
import Transfer

/// The engine with its journal, between messages that lie ready and a queue in memory.
struct EngineRun {
  private let port: Int
  private let connections: Int
  private let count: Int

  /// - Parameter numbers: port, connections, messages.
  init(_ numbers: [Int]) throws {
    guard numbers.count == 3 else { throw Failure(description: "--engine PORT CONNECTIONS COUNT") }
    (port, connections, count) = (numbers[0], numbers[1], numbers[2])
  }

  func run() throws {
    let relay = Relay(
      host: "127.0.0.1",
      port: port,
      security: .none,
      credentials: nil,
      ehloName: "bench.example"
    )
    let folder = NSTemporaryDirectory() + "feedgen-engine-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let message = Self.message
    let sender = address("lettre@news.example.org")
    let deliverer = Deliverer(
      queue: ReadyQueue(count),
      journals: JournalFolder(beside: folder + "/store"),
      settings: Deliverer.Settings(
        run: "bench",
        asOf: Instant(seconds: 0),
        clock: { Instant(seconds: Int64(time(nil))) },
        sender: { _ in sender },
        compose: { _ in message }
      )
    )
    let profile = RelayProfile(relay, connections: connections)
    let report = try deliverer.deliver(to: .relay(relay, profile))
    guard report.accepted == count, report.end == .finished
    else { throw Failure(description: "\(report)") }
  }

  /// As long as the floor's.
  private static let message: [UInt8] = {
    let line = "Une ligne de texte comme il y en a tant dans un message, ni plus ni moins.\r\n"
    let head = "Message-ID: <1@example.org>\r\nSubject: test\r\n\r\n"
    return Array((head + String(repeating: line, count: 395)).utf8)
  }()
}

/// Deliveries that are claimed one after the other, and of which only the number is kept.
private final class ReadyQueue: DeliveryQueue {
  private let count: Int
  private let next = Mutex(0)

  init(_ count: Int) {
    self.count = count
  }

  func exchange(
    settled: [Settlement],
    wanting: Int,
    by claimant: Claimant
  ) throws -> [Claim] {
    let range = next.withLock { next in
      defer { next = min(count, next + wanting) }
      return next..<min(count, next + wanting)
    }
    return range.map { number in
      Claim(
        delivery: Int64(number + 1),
        content: .message([]),
        recipient: Mailbox(address: address("l\(number)@example.org")),
        date: claimant.asOf,
        attempt: 1
      )
    }
  }

  func claimingRuns() throws -> [String] { [] }
  func claims(of run: String, atMost limit: Int) throws -> [ClaimKey] { [] }
  func expireDeliveries(triedBefore instant: Instant) throws {}
  func add(_ messages: [StaffMessage]) throws {}
  func hasPending(now: Instant) throws -> Bool { true }
  func counts(of issue: Int64?) throws -> DeliveryCounts { [:] }
  func troubledDeliveries(atMost limit: Int) throws -> [TroubledDelivery] { [] }
  func standing(of relay: String) throws -> RelayStanding { RelayStanding() }
  func note(_ standing: RelayStanding, of relay: String) throws {}
  func rest(of quota: RelayQuota, now: Instant) throws -> Int { .max }
  func use(_ count: Int, of quota: RelayQuota, now: Instant) throws {}
}

private func address(_ text: String) -> EmailAddress {
  guard let address = EmailAddress(text) else { fatalError("the benchmark's own data are wrong") }
  return address
}
