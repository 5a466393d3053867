import Delivering
import Foundation
import Glibc
import Model
import Store
import Synchronization

/// Sends the messages that ask for a confirmation, as soon as there are some.
///
/// They are deliveries like those of an issue, with a run and a journal of their own; what the
/// relay defers is tried again here, or by `publish`.
final class ConfirmationSender: Sendable {
  private static let pause = DispatchTimeInterval.seconds(30)

  private let site: OpenSite
  private let queue = DispatchQueue(label: "feedgen.confirmations")
  private let state = Mutex(State())

  private struct State {
    var runs = 0
    var isAwake = false
    var isStopped = false
    /// What was said last, so that a relay that is down is said once.
    var complaint: String?
  }

  init(_ site: OpenSite) {
    self.site = site
  }

  /// Settles what dead runs have left, and from now on looks for messages now and then.
  func start() {
    queue.async { [self] in
      attempt { try recover() }
      tick()
    }
  }

  /// Says that a message waits.
  func wake() {
    let isNews = state.withLock { state in
      defer { state.isAwake = true }
      return !state.isAwake
    }
    if isNews { queue.async { [self] in work() } }
  }

  /// Ends, when what is being sent has been.
  func stop() {
    state.withLock { $0.isStopped = true }
    queue.sync {}
  }

  /// Whether the editor has stopped all mail.
  private var isOnHold: Bool {
    FileManager.default.fileExists(atPath: site.configuration.holdPath)
  }

  private var schedule: RetrySchedule {
    RetrySchedule(repeatsUncertain: site.site.mail?.repeatsUncertain ?? true)
  }

  private var isStopped: Bool { state.withLock { $0.isStopped } }

  private func tick() {
    guard !isStopped else { return }
    attempt { try site.store.forgetRequests(asOf: .now) }
    work()
    queue.asyncAfter(deadline: .now() + Self.pause) { [weak self] in self?.tick() }
  }

  private func work() {
    state.withLock { $0.isAwake = false }
    attempt {
      guard try site.store.hasConfirmations(now: .now), !isStopped else { return }
      guard try site.mailHold(asOf: .now) == nil, !isOnHold else { return }
      try deliver()
    }
  }

  private func deliver() throws {
    guard let mail = site.site.mail else { return }
    let destination = try site.destination()
    let isSending = site.configuration.relay != nil
    if isSending { try site.noteSending(asOf: .now) }
    defer { if isSending { attempt { try site.noteSending(asOf: .now) } } }
    let deliverer = Deliverer(
      queue: site.store,
      journals: JournalFolder(beside: site.configuration.storePath),
      settings: Deliverer.Settings(
        run: nextRun(),
        asOf: .now,
        clock: { .now },
        schedule: schedule,
        signers: try site.signers(),
        sender: { _ in mail.envelopeSender },
        takesConfirmationsOnly: true,
        compose: { claim in
          guard case .message(let bytes) = claim.content else { throw NoConfirmation() }
          return bytes
        }
      )
    )
    let report = try deliverer.deliver(
      to: destination,
      Deliverer.Watch(shouldStop: { self.isStopped }, isOnHold: { self.isOnHold })
    )
    if case .failed(let error) = report.end { throw error }
  }

  private func nextRun() -> String {
    state.withLock { state in
      state.runs += 1
      return "serve-\(getpid())-\(Instant.now.seconds)-\(state.runs)"
    }
  }

  private func recover() throws {
    try DeliveryRecovery(
      queue: site.store,
      journals: JournalFolder(beside: site.configuration.storePath),
      schedule: schedule,
      clock: { .now }
    ).recover()
  }

  /// Says what went wrong, unless it is what was said last.
  private func attempt(_ work: () throws -> Void) {
    do {
      try work()
      state.withLock { $0.complaint = nil }
    } catch {
      let isNews = state.withLock { state in
        defer { state.complaint = "\(error)" }
        return state.complaint != "\(error)"
      }
      if isNews { Report.standard().error("\(error)") }
    }
  }

  /// The queue has given what was not asked for.
  private struct NoConfirmation: Error {}
}
