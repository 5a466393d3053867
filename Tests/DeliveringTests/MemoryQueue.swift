import Model
import Store
import Synchronization

/// A delivery queue in memory, which keeps to the protocol's rules and records what it was told.
final class MemoryQueue: DeliveryQueue {
  struct State {
    var waiting: [Claim]
    var claimed: [Claim] = []
    var settled: [Settlement] = []
    var exchanges = 0
    /// The number of the exchange that fails.
    var failing: Int?
  }

  struct Failure: Error {}

  let state: Mutex<State>

  init(_ addresses: [String], failing: Int? = nil) {
    state = Mutex(State(waiting: claims(addresses), failing: failing))
  }

  func exchange(
    settled: [Settlement],
    wanting: Int,
    run: String,
    asOf: Instant,
    now: Instant
  ) throws -> [Claim] {
    try state.withLock { state in
      state.exchanges += 1
      if state.exchanges == state.failing { throw Failure() }
      for settlement in settled { state.settle(settlement) }
      let claims = Array(state.waiting.prefix(wanting))
      state.waiting.removeFirst(claims.count)
      state.claimed += claims
      return claims
    }
  }

  func add(_ messages: [StaffMessage]) throws {}
  func recoverClaims(except run: String) throws -> Int { 0 }
  func hasPending(now: Instant) throws -> Bool { state.withLock { !$0.waiting.isEmpty } }
  func counts(of issue: Int64?) throws -> DeliveryCounts { [:] }

  var settled: [Settlement] { state.withLock { $0.settled } }
  var outcomes: [DeliveryOutcome] { settled.map(\.outcome) }
  var claimed: [Int64] { state.withLock { $0.claimed.map(\.delivery) } }
  var waiting: [Int64] { state.withLock { $0.waiting.map(\.delivery) } }
}

extension MemoryQueue.State {
  fileprivate mutating func settle(_ settlement: Settlement) {
    guard let index = claimed.firstIndex(where: { $0.delivery == settlement.delivery })
    else { preconditionFailure("settled without a claim") }
    let claim = claimed.remove(at: index)
    settled.append(settlement)
    if settlement.outcome == .untouched { waiting.insert(claim, at: 0) }
  }
}

private func claims(_ addresses: [String]) -> [Claim] {
  addresses.enumerated().compactMap { index, text in
    guard let address = EmailAddress(text), let date = CivilDate("2026-11-23") else { return nil }
    return Claim(
      delivery: Int64(index + 1),
      content: .edition(
        ClaimedEdition(
          issue: 1,
          name: IssueName(digest: "weekly", date: date),
          group: 0,
          subscriber: Int64(index + 1)
        )
      ),
      recipient: Mailbox(address: address),
      date: Instant(seconds: 1_764_000_000),
      attempt: 1
    )
  }
}
