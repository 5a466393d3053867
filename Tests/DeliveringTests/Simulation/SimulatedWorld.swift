import Delivering
import Model
import TestSupport

/// What happens beside the program: time, chance, and the instant at which the program dies.
///
/// Everything that the program does to the world is an action. The one at which it dies happens or
/// does not; none after it does.
final class SimulatedWorld {
  struct Crash: Error {}

  /// How often what goes wrong, in percent.
  struct Weather {
    var refusals = 0
    var losses = 0
    var stalls = 0
    /// How often the disk breaks at a record of the journal; it stays so until the run ends.
    var brokenDisks = 0
    var offersPipelining = true

    static let calm = Weather()
  }

  var random: SeededGenerator
  var weather = Weather.calm
  private(set) var now = ContinuousClock.now
  private(set) var wall = TestDelivery.now
  /// The messages that the relay has taken, by their number.
  private(set) var inbox: [Int64: Int] = [:]
  /// What a client must never do, and did.
  private(set) var violations: [String] = []
  private var jobs: [() -> Void] = []
  private var actions = 0
  private var lastAction: Int?
  private(set) var hasCrashed = false

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  /// Begins another run of the program, which dies at its n-th action.
  func begin(dyingAt action: Int?) {
    (actions, lastAction, hasCrashed, jobs) = (0, action, false, [])
  }

  func act(_ effect: () throws -> Void) rethrows {
    guard !hasCrashed else { return }
    actions += 1
    let isLast = actions == lastAction
    if !isLast || chance(50) { try effect() }
    hasCrashed = isLast
  }

  func chance(_ percent: Int) -> Bool { number(below: 100) < percent }

  func number(below limit: Int) -> Int { Int(random.next() % UInt64(max(1, limit))) }

  func pass(_ duration: Duration) { now += duration }

  func pass(_ interval: Interval) { wall = wall.advanced(by: interval) }

  func later(_ job: @escaping () -> Void) { jobs.append(job) }

  /// Does some of what other threads have to do.
  func runSomeJobs() {
    while !jobs.isEmpty, hasCrashed || chance(60) {
      jobs.remove(at: number(below: jobs.count))()
    }
  }

  func take(_ message: Int64) { inbox[message, default: 0] += 1 }

  func object(_ violation: String) { violations.append(violation) }
}

/// The journal as a program that may die writes it.
final class SimulatedJournal: DeliveryJournal {
  private let world: SimulatedWorld
  private let file: JournalFile
  private var isBroken = false

  init(_ world: SimulatedWorld, _ file: JournalFile) {
    self.world = world
    self.file = file
  }

  func append(_ record: JournalRecord) throws(JournalError) {
    isBroken = isBroken || world.chance(world.weather.brokenDisks)
    if isBroken, !world.hasCrashed { throw JournalError(path: "journal", detail: "broken") }
    var failure: JournalError?
    world.act {
      do throws(JournalError) { try file.append(record) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
