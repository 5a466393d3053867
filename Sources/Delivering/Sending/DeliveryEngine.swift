package import Model
import Store
import Transfer

/// Sends what the supply brings over as many connections as the relay allows.
///
/// It runs on one thread and waits in one place. What happens to each message is in the journal
/// before it can matter: before the end of a message leaves, that it does; when the reply is
/// there, what it says. The queue learns of it with the next exchange.
package final class DeliveryEngine<Network: MailNetwork> {
  package struct Settings {
    package var relay: RelayProfile
    package var timeouts: SMTPTimeouts
    /// Whether the relay failed last time, so that one message is to show that it is well.
    package var isCareful: Bool
    package var schedule: RetrySchedule
    /// The real time, for when to try again.
    package var clock: () -> Instant
    package var watch: Deliverer.Watch

    package init(
      relay: RelayProfile,
      timeouts: SMTPTimeouts = .standard,
      isCareful: Bool = false,
      schedule: RetrySchedule = RetrySchedule(),
      clock: @escaping () -> Instant,
      watch: Deliverer.Watch = Deliverer.Watch()
    ) {
      self.relay = relay
      self.timeouts = timeouts
      self.isCareful = isCareful
      self.schedule = schedule
      self.clock = clock
      self.watch = watch
    }
  }

  let settings: Settings
  let network: Network
  let supply: ClaimSupply<PreparedMessage>
  let journal: any DeliveryJournal
  var lanes: [Lane<Network.Connection>] = []
  var report = DeliveryReport()
  var settled: [Settlement] = []
  var pace: ConnectionPace
  var watch = RefusalWatch()
  var standing = RelayWatch()
  /// How often messages that were not taken got another connection.
  var retried: [Int64: Int] = [:]
  var failure: (any Error)?
  var isEnding = false
  var stopLimit: ContinuousClock.Instant?
  var lastExchange: ContinuousClock.Instant
  private var lastLook: ContinuousClock.Instant
  private var buffer = [UInt8](repeating: 0, count: 16 << 10)

  package init(
    settings: Settings,
    network: Network,
    supply: ClaimSupply<PreparedMessage>,
    journal: any DeliveryJournal
  ) {
    self.settings = settings
    self.network = network
    self.supply = supply
    self.journal = journal
    let now = network.now
    lastExchange = now
    lastLook = now - .seconds(1)
    pace = ConnectionPace(
      most: settings.relay.connections,
      isCareful: settings.isCareful,
      now: now
    )
  }

  /// Sends until nothing is due, the relay fails, or it is asked to stop.
  ///
  /// - Throws: what the queue or the journal throws. What was on its way then is in the journal.
  package func run() throws -> DeliveryReport {
    defer { for lane in lanes { lane.connection.close() } }
    while !isDone {
      let now = network.now
      lookForReasonsToEnd(now)
      exchangeIfDue(now)
      openLanes(now)
      for lane in lanes { work(lane) }
      // What a closed connection leaves to be done is done at once.
      let longest = dropClosedLanes(now) ? Duration.zero : .milliseconds(200)
      if !isDone { wait(now, longest) }
    }
    if let failure = failure ?? supply.failure { throw failure }
    return report
  }

  /// Whether everything is settled and every connection closed.
  ///
  /// Jobs are waited for also where the run has failed: they use what the program takes down when
  /// it ends.
  private var isDone: Bool {
    guard lanes.isEmpty, !supply.isWorking else { return false }
    if supply.failure != nil { return true }
    return settled.isEmpty && supply.waiting == 0 && (isEnding || !supply.mayHaveMore)
  }

  /// Moves a connection on as far as it goes without waiting.
  private func work(_ lane: Lane<Network.Connection>) {
    guard lane.isOpen else { return }
    if lane.connection.isReady {
      lane.receive(into: &buffer)
      takeResults(of: lane)
    }
    give(to: lane)
    while !lane.dialogue.output.isEmpty, mark(lane), lane.send() {}
    takeResults(of: lane)
  }

  private func give(to lane: Lane<Network.Connection>) {
    let isSurplus = isSurplus(lane)
    while !isEnding, !isSurplus, lane.dialogue.wantsMessage, isTrusted || !isAnyBusy,
      let item = supply.next()
    {
      switch item.message {
      case .success(let message): lane.dialogue.give(message)
      case .failure(let error): settle(item.claim, .rejected(error.reply))
      }
    }
    guard lane.dialogue.isIdle else { return }
    let isLeft = !isEnding && (supply.waiting > 0 || supply.mayHaveMore)
    if lane.dialogue.isWornOut || !isLeft || isSurplus { lane.dialogue.quit() }
  }

  /// Whether the relay has asked for fewer connections than would be with this one.
  private func isSurplus(_ lane: Lane<Network.Connection>) -> Bool {
    lanes.count > pace.allowed && lanes[pace.allowed...].contains { $0 === lane }
  }

  /// Whether the relay may get more than one message at a time.
  var isTrusted: Bool { !settings.isCareful || report.accepted > 0 }

  private var isAnyBusy: Bool { lanes.contains { !$0.dialogue.transactions.isEmpty } }

  /// Notes that the end of a message is about to leave.
  ///
  /// - Returns: false where that cannot be noted, so that it must not leave.
  private func mark(_ lane: Lane<Network.Connection>) -> Bool {
    guard let claim = lane.dialogue.endingMessage?.claim, lane.marked != claim.delivery
    else { return true }
    guard note(claim, .ending) else {
      giveUp(lane, "the journal cannot be kept")
      return false
    }
    lane.marked = claim.delivery
    return true
  }

  func note(_ claim: Claim, _ phase: JournalRecord.Phase) -> Bool {
    do throws(JournalError) {
      try journal.append(
        JournalRecord(delivery: claim.delivery, attempt: claim.attempt, phase: phase)
      )
      return true
    } catch {
      fail(error)
      return false
    }
  }

  private func openLanes(_ now: ContinuousClock.Instant) {
    guard !isEnding else { return }
    // A second connection only when the first has come to something: a relay that is down costs
    // one attempt.
    let most = lanes.contains(where: \.isOpen) && isTrusted ? pace.allowed : 1
    while lanes.count < most, supply.waiting > idleLanes {
      let dialogue = SMTPDialogue(
        ehloName: settings.relay.ehloName,
        timeouts: settings.timeouts,
        mostMessages: settings.relay.messagesPerConnection
      )
      lanes.append(Lane(network.connect(), dialogue, begun: now))
    }
  }

  private var idleLanes: Int { lanes.count { $0.isIdle || !$0.isOpen } }

  /// - Returns: whether there were any.
  private func dropClosedLanes(_ now: ContinuousClock.Instant) -> Bool {
    let count = lanes.count
    for lane in lanes {
      if case .failed(let error) = lane.connection.state { connectionFailed(error, lane, now) }
      if lane.dialogue.isClosed { connectionEnded(lane, now) }
    }
    lanes.removeAll { $0.dialogue.isClosed || $0.connection.state.isOver }
    return lanes.count < count
  }

  private func wait(_ now: ContinuousClock.Instant, _ longest: Duration) {
    var limit = now + longest
    for lane in lanes where lane.isOpen {
      guard let deadline = lane.deadline(now) else { continue }
      if deadline <= now { giveUp(lane, "no answer in time") } else { limit = min(limit, deadline) }
    }
    let rest = (limit - now).components.attoseconds / 1_000_000_000_000_000
    network.wait(for: lanes.filter(\.isOpen).map(\.connection), milliseconds: Int32(rest) + 1)
  }

  /// Gives a connection up; what became of its messages is taken at once.
  func giveUp(_ lane: Lane<Network.Connection>, _ reason: String) {
    lane.dialogue.lose(reason)
    takeResults(of: lane)
  }

  private func takeResults(of lane: Lane<Network.Connection>) {
    for result in lane.dialogue.takeResults() { take(result, from: lane) }
  }

  private func lookForReasonsToEnd(_ now: ContinuousClock.Instant) {
    if let error = supply.failure { fail(error) }
    if isEnding { returnClaims() }
    guard now - lastLook >= .milliseconds(50) else { return }
    lastLook = now
    if stopLimit == nil, settings.watch.shouldStop() {
      end(.stopped)
      stopLimit = now + .seconds(10)
    }
    if !isEnding, settings.watch.isOnHold() { end(.onHold) }
    if let stopLimit, now >= stopLimit { for lane in lanes { giveUp(lane, "stopped") } }
  }

  func fail(_ error: any Error) {
    if failure == nil { failure = error }
    end(.stopped)
  }

  /// Begins no more messages.
  func end(_ end: DeliveryReport.End) {
    if report.end == .finished { report.end = end }
    isEnding = true
    returnClaims()
  }

  private func returnClaims() {
    settled += supply.stop().map { Settlement(delivery: $0.delivery, outcome: .untouched) }
  }
}

extension SMTPConnection.State {
  fileprivate var isOver: Bool {
    switch self {
    case .failed, .closed: true
    case .connecting, .open: false
    }
  }
}
