import Delivering
import Glibc
import Model
import Store
import Synchronization

/// A queue that is sent by a program which dies again and again, to a relay that fails.
final class DeliverySimulation {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private let world: SimulatedWorld
  private let delivery: TestDelivery
  private let count: Int
  private let connections: Int
  private var runs = 0

  init(seed: UInt64) {
    world = SimulatedWorld(seed: seed)
    count = 1 + world.number(below: 12)
    connections = 1 + world.number(below: 4)
    delivery = TestDelivery(count: count)
  }

  /// Sends until nothing is left to send, and checks who got what.
  func run() throws {
    while isWorkLeft() {
      runs += 1
      guard runs < 80 else { throw Failure(description: "it comes to no end: \(states)") }
      try recover()
      setWeather()
      try runOnce()
      world.pass(.minutes(Int64(20 + world.number(below: 300))))
    }
    try check()
  }

  private var queue: MemoryQueue { delivery.queue }

  private var states: [DeliveryState: Int] { (try? queue.counts(of: nil)) ?? [:] }

  private func isWorkLeft() -> Bool {
    ![.pending, .claimed, .uncertain].allSatisfy { queue.keys($0).isEmpty }
  }

  /// Whether the relay lost no connection and answered in time, and the disk worked, during the
  /// last run.
  private var isCalm: Bool {
    world.weather.losses == 0 && world.weather.stalls == 0 && world.weather.brokenDisks == 0
  }

  private func setWeather() {
    guard runs < 12 else { return world.weather = .calm }
    world.weather.offersPipelining = world.chance(70)
    world.weather.refusals = world.chance(50) ? world.number(below: 20) : 0
    world.weather.losses = world.chance(50) ? world.number(below: 20) : 0
    world.weather.stalls = world.chance(20) ? 5 : 0
    world.weather.brokenDisks = world.chance(20) ? 5 : 0
  }

  /// Settles what the last run has left; of its messages at most one of each connection is in doubt.
  private func recover() throws {
    let before = queue.settled.count
    let recovery = DeliveryRecovery(
      queue: queue,
      journals: delivery.journals,
      clock: { [wall = world.wall] in wall }
    )
    try recovery.recover()
    // A child that another test is starting may hold a copy of the journal's lock for a moment.
    for _ in 0..<100 where !queue.claimed.isEmpty {
      usleep(20_000)
      try recovery.recover()
    }
    let doubts = queue.settled.dropFirst(before).count {
      if case .uncertain = $0.outcome { true } else { false }
    }
    // A connection that is lost leaves one in doubt too; without such weather only the crash does.
    if isCalm, doubts > connections {
      throw Failure(description: "\(doubts) in doubt after one crash")
    }
    if !queue.claimed.isEmpty { throw Failure(description: "claims are left: \(queue.claimed)") }
  }

  private func runOnce() throws {
    let isDying = runs < 10 && world.chance(80)
    world.begin(dyingAt: isDying ? 1 + world.number(below: 40 * count) : nil)
    do {
      _ = try engine().run()
    } catch is SimulatedWorld.Crash {
    } catch is JournalError {}
  }

  private func engine() throws -> DeliveryEngine<SimulatedNetwork> {
    let second = Interval(seconds: 2)
    let network = SimulatedNetwork(world)
    let file = try delivery.journals.begin("run-\(runs)", .relay)
    let wall = world.wall
    return DeliveryEngine(
      settings: DeliveryEngine<SimulatedNetwork>.Settings(
        relay: RelayProfile(
          .test(25),
          connections: connections,
          messagesPerConnection: 1 + world.number(below: 5)
        ),
        timeouts: SMTPTimeouts(
          command: second,
          dataInitiation: second,
          dataBlock: second,
          dataTermination: Interval(seconds: 5),
          quit: second
        ),
        isCareful: world.chance(20),
        clock: { wall }
      ),
      network: network,
      supply: supply(),
      journal: SimulatedJournal(world, file)
    )
  }

  private func supply() -> ClaimSupply<PreparedMessage> {
    let link = Link(world: world, queue: queue, run: "run-\(runs)")
    return ClaimSupply(
      work: ClaimSupply.Work(
        exchange: { try link.exchange($0, $1) },
        prepare: { claim throws(Uncomposable) in
          .test(
            .test(to: "r\(claim.delivery)@example.org"),
            Array("Subject: \(claim.delivery)\r\n\r\n.\r\n".utf8),
            of: claim
          )
        },
        start: { job in link.world.later(job) },
        wake: {}
      ),
      mostItems: 1 + world.number(below: 4),
      mostWorkers: 1
    )
  }

  /// No message is lost; one comes twice only where its fate was in doubt, and never more often.
  private func check() throws {
    if let violation = world.violations.first { throw Failure(description: violation) }
    let doubts = Dictionary(grouping: queue.settled) { $0.delivery }.mapValues { settlements in
      settlements.count { if case .uncertain = $0.outcome { true } else { false } }
    }
    for delivery in (1...Int64(count)) {
      let state = queue.state.withLock { $0.entries[delivery]?.state ?? .pending }
      let got = world.inbox[delivery] ?? 0
      let doubts = doubts[delivery] ?? 0
      let isFine =
        got <= doubts + (state == .accepted ? 1 : 0) && got <= 2
        && (state != .accepted || got > 0) && doubts <= 2
        && [.accepted, .rejected, .unknown].contains(state)
      guard isFine else {
        throw Failure(
          description: "delivery \(delivery): \(state), \(got) arrived, in doubt \(doubts) times"
        )
      }
    }
  }
}

/// The queue as a program that may die sees it; everything runs on one thread.
private final class Link: @unchecked Sendable {
  let world: SimulatedWorld
  private let queue: MemoryQueue
  private let run: String

  init(world: SimulatedWorld, queue: MemoryQueue, run: String) {
    self.world = world
    self.queue = queue
    self.run = run
  }

  func exchange(_ settled: [Settlement], _ wanting: Int) throws -> [Claim] {
    var claims: [Claim] = []
    try world.act {
      claims = try queue.exchange(
        settled: settled,
        wanting: wanting,
        by: Claimant(run: run, asOf: TestDelivery.asOf, now: world.wall)
      )
    }
    if world.hasCrashed { throw SimulatedWorld.Crash() }
    return claims
  }
}
