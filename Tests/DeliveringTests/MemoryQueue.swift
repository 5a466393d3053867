import Delivering
import Model
import Store
import Synchronization
import TestSupport

/// A delivery queue in memory, which keeps to the protocol's rules and records what it was told.
final class MemoryQueue: DeliveryQueue {
  struct Entry {
    var address: String
    var state = DeliveryState.pending
    var attempts = 0
    var uncertainTries = 0
    var notBefore: Instant?
    var run: String?
  }

  struct State {
    var entries: [Int64: Entry]
    var settled: [Settlement] = []
    var claimed: [Int64] = []
    var exchanges = 0
    /// The number of the exchange that fails.
    var failing: Int?
    var standings: [String: RelayStanding] = [:]
    var granted = 0
  }

  struct Failure: Error {}

  let state: Mutex<State>

  init(_ addresses: [String], failing: Int? = nil) {
    let entries = zip(1..., addresses).map { (Int64($0), Entry(address: $1)) }
    state = Mutex(State(entries: Dictionary(uniqueKeysWithValues: entries), failing: failing))
  }

  func exchange(
    settled: [Settlement],
    wanting: Int,
    by claimant: Claimant
  ) throws -> [Claim] {
    try state.withLock { state in
      state.exchanges += 1
      if state.exchanges == state.failing { throw Failure() }
      for settlement in settled { state.settle(settlement, claimant.run) }
      return state.waiting(claimant.now).prefix(wanting).compactMap {
        state.claim($0, claimant.run)
      }
    }
  }

  func claimingRuns() throws -> [String] {
    state.withLock { Set($0.entries.values.compactMap(\.run)).sorted() }
  }

  func claims(of run: String, atMost limit: Int) throws -> [ClaimKey] {
    state.withLock { state in
      state.entries.filter { $0.value.run == run }
        .map { ClaimKey(delivery: $0.key, attempt: $0.value.attempts) }
        .sorted { $0.delivery < $1.delivery }.prefix(limit).map { $0 }
    }
  }

  func expireDeliveries(triedBefore instant: Instant) throws {}
  func add(_ messages: [StaffMessage]) throws {}
  func hasPending(now: Instant) throws -> Bool { state.withLock { !$0.waiting(now).isEmpty } }
  func counts(of issue: Int64?) throws -> DeliveryCounts {
    state.withLock { Dictionary($0.entries.values.map { ($0.state, 1) }, uniquingKeysWith: +) }
  }

  func troubledDeliveries(atMost limit: Int) throws -> [TroubledDelivery] { [] }

  func standing(of relay: String) throws -> RelayStanding {
    state.withLock { $0.standings[relay] ?? RelayStanding() }
  }

  func note(_ standing: RelayStanding, of relay: String) throws {
    state.withLock { $0.standings[relay] = standing }
  }

  func rest(of quota: RelayQuota, now: Instant) throws -> Int {
    state.withLock { quota.perHour - $0.granted }
  }

  func use(_ count: Int, of quota: RelayQuota, now: Instant) throws {
    state.withLock { $0.granted += count }
  }

  var settled: [Settlement] { state.withLock { $0.settled } }
  var outcomes: [DeliveryOutcome] { settled.map(\.outcome) }
  /// In the order in which they were claimed.
  var everClaimed: [Int64] { state.withLock { $0.claimed } }
  var claimed: [Int64] { keys(.claimed) }
  var waiting: [Int64] { keys(.pending) }

  func keys(_ wanted: DeliveryState) -> [Int64] {
    state.withLock { $0.entries.filter { $0.value.state == wanted }.keys.sorted() }
  }

  /// What each delivery was settled as last.
  var lastOutcomes: [Int64: DeliveryOutcome] {
    Dictionary(settled.map { ($0.delivery, $0.outcome) }) { $1 }
  }
}

extension MemoryQueue.State {
  fileprivate func waiting(_ now: Instant) -> [Int64] {
    func due(_ state: DeliveryState) -> [Int64] {
      entries.filter { $0.value.state == state && ($0.value.notBefore ?? now) <= now }.keys.sorted()
    }
    let pending = due(.pending)
    return pending.isEmpty ? due(.uncertain) : pending
  }

  fileprivate mutating func claim(_ delivery: Int64, _ run: String) -> Claim? {
    guard var entry = entries[delivery], let address = EmailAddress(entry.address),
      let date = CivilDate("2026-11-23")
    else { return nil }
    entry.state = .claimed
    entry.attempts += 1
    entry.run = run
    entries[delivery] = entry
    claimed.append(delivery)
    let edition = ClaimedEdition(
      issue: 1,
      name: IssueName(digest: "weekly", date: date),
      group: 0,
      subscriber: delivery
    )
    return Claim(
      delivery: delivery,
      content: .edition(edition),
      recipient: Mailbox(address: address),
      date: Instant(seconds: 1_764_000_000),
      attempt: entry.attempts
    )
  }

  fileprivate mutating func settle(_ settlement: Settlement, _ run: String) {
    guard var entry = entries[settlement.delivery], entry.run == run, entry.state == .claimed
    else { preconditionFailure("settled without a claim") }
    settled.append(settlement)
    entry.run = nil
    entry.notBefore = settlement.notBefore
    switch settlement.outcome {
    case .accepted: entry.state = .accepted
    case .rejected: entry.state = .rejected
    case .deferred: entry.state = entry.uncertainTries > 0 ? .uncertain : .pending
    case .previewed: entry.state = .previewed
    case .untouched:
      entry.state = entry.uncertainTries > 0 ? .uncertain : .pending
      entry.attempts -= 1
    case .uncertain:
      let isLast = settlement.notBefore == nil || entry.uncertainTries > 0
      entry.state = isLast ? .unknown : .uncertain
      entry.uncertainTries += 1
    }
    entries[settlement.delivery] = entry
  }
}

/// Delivers what a queue has.
struct TestDelivery {
  static let asOf = Instant(seconds: 1_764_000_000)
  static let now = Instant(seconds: 1_800_000_000)
  static let sender = EmailAddress("retour@news.example.org")

  let folder = TemporaryFolder()
  let queue: MemoryQueue
  var run = "run-1"
  var timeouts = SMTPTimeouts.standard
  var signers: [DKIMSigner] = []
  var watch = Deliverer.Watch()
  var schedule = RetrySchedule()
  var now = TestDelivery.now
  var compose: @Sendable (Claim) throws -> [UInt8] = {
    Array("Subject: \($0.delivery)\r\n\r\n.\r\n".utf8)
  }

  init(_ queue: MemoryQueue) {
    self.queue = queue
  }

  init(_ addresses: [String]) {
    self.init(MemoryQueue(addresses))
  }

  init(count: Int) {
    self.init((1...count).map { "r\($0)@example.org" })
  }

  var journals: JournalFolder { JournalFolder(beside: folder.file("store")) }

  private func deliverer() throws -> Deliverer {
    guard let sender = Self.sender else { throw MemoryQueue.Failure() }
    return Deliverer(
      queue: queue,
      journals: journals,
      settings: Deliverer.Settings(
        run: run,
        asOf: Self.asOf,
        clock: { [now] in now },
        schedule: schedule,
        signers: signers,
        sender: { _ in sender },
        compose: compose
      )
    )
  }

  func deliver(to transport: any Transport) throws -> DeliveryReport {
    try deliverer().deliver(to: .transport(transport), watch)
  }

  /// Sends to a server on this machine.
  func deliver(
    to port: Int,
    connections: Int = 1,
    messagesPerConnection: Int = 100,
    perHour: Int = 0
  ) throws -> DeliveryReport {
    let relay = Relay.test(port)
    let profile = RelayProfile(
      relay,
      connections: connections,
      messagesPerConnection: messagesPerConnection,
      perHour: perHour
    )
    return try deliverer().deliver(to: relay, profile, timeouts: timeouts, watch)
  }

  func recover() throws {
    try DeliveryRecovery(
      queue: queue,
      journals: journals,
      schedule: schedule,
      clock: { [now] in now }
    ).recover()
  }
}

extension Relay {
  static func test(_ port: Int) -> Relay {
    Relay(
      host: "127.0.0.1",
      port: port,
      security: .none,
      credentials: nil,
      ehloName: "news.example.org"
    )
  }
}
