import Dispatch
import Glibc
package import Model
package import Store
import Transfer

/// Hands over what is owed, and records what became of each message.
package struct Deliverer: Sendable {
  /// What is sent, and under which name and date.
  package struct Settings: Sendable {
    /// The name under which deliveries are claimed: no two runs have the same.
    package var run: String
    /// The run's instant, which becomes the Date of first claims.
    package var asOf: Instant
    /// The real time, for when to try again.
    package var clock: @Sendable () -> Instant
    package var schedule: RetrySchedule
    /// Sign each message, with its date.
    package var signers: [DKIMSigner]
    /// The envelope's sender, where bounces go.
    package var sender: @Sendable (Claim) -> EmailAddress
    /// Makes a delivery's message: the same bytes on every try.
    ///
    /// Several threads use it.
    package var compose: @Sendable (Claim) throws -> [UInt8]
    /// Whether it delivers messages that ask for a confirmation, and no others.
    package var takesConfirmationsOnly: Bool

    package init(
      run: String,
      asOf: Instant,
      clock: @escaping @Sendable () -> Instant,
      schedule: RetrySchedule = RetrySchedule(),
      signers: [DKIMSigner] = [],
      sender: @escaping @Sendable (Claim) -> EmailAddress,
      takesConfirmationsOnly: Bool = false,
      compose: @escaping @Sendable (Claim) throws -> [UInt8]
    ) {
      self.run = run
      self.asOf = asOf
      self.clock = clock
      self.schedule = schedule
      self.signers = signers
      self.sender = sender
      self.compose = compose
      self.takesConfirmationsOnly = takesConfirmationsOnly
    }
  }

  /// What the caller has to say while messages go out.
  package struct Watch {
    /// Asked a few times a second.
    package var shouldStop: () -> Bool
    /// Asked too: whether the editor has stopped all mail.
    package var isOnHold: () -> Bool
    /// Told after each message.
    package var progress: (DeliveryReport) -> Void

    package init(
      shouldStop: @escaping () -> Bool = { false },
      isOnHold: @escaping () -> Bool = { false },
      progress: @escaping (DeliveryReport) -> Void = { _ in }
    ) {
      self.shouldStop = shouldStop
      self.isOnHold = isOnHold
      self.progress = progress
    }
  }

  let queue: any DeliveryQueue
  let journals: JournalFolder
  let settings: Settings

  package init(queue: any DeliveryQueue, journals: JournalFolder, settings: Settings) {
    self.queue = queue
    self.journals = journals
    self.settings = settings
  }

  /// Hands messages over until nothing is due, the relay or the outbox fails, or it is asked to stop.
  ///
  /// - Throws: what the queue or the journal throws. What was settled until then stays so; the next
  ///   run settles the rest from the journal.
  package func deliver(
    to destination: Destination,
    _ watch: Watch = Watch()
  ) throws -> DeliveryReport {
    switch destination {
    case .relay(let relay, let profile): try deliver(to: relay, profile, watch)
    case .transport(let transport): try deliver(to: transport, watch)
    }
  }

  /// Sends by SMTP.
  package func deliver(
    to relay: Relay,
    _ profile: RelayProfile,
    trusting authorities: String? = nil,
    timeouts: SMTPTimeouts = .standard,
    _ watch: Watch = Watch()
  ) throws -> DeliveryReport {
    let standing = try queue.standing(of: profile.name)
    let now = settings.clock()
    if let until = standing.openUntil, until > now { return DeliveryReport(end: .resting(until)) }
    let journal = try journals.begin(settings.run, .relay)
    let network = SMTPNetwork(relay: relay, trusting: authorities)
    let engine = DeliveryEngine(
      settings: DeliveryEngine<SMTPNetwork>.Settings(
        relay: profile,
        timeouts: timeouts,
        isCareful: standing.failures > 0,
        schedule: settings.schedule,
        clock: settings.clock,
        watch: watch
      ),
      network: network,
      supply: supply(profile, wake: network.wake) { claim throws(Uncomposable) in
        try prepared(claim)
      },
      journal: journal
    )
    let report = try engine.run()
    journal.remove()
    // What strangers make the reader's door send says nothing about the digests.
    if !settings.takesConfirmationsOnly {
      try queue.note(standing.after(report, now: settings.clock()), of: profile.name)
    }
    return report
  }

  private func deliver(to transport: any Transport, _ watch: Watch) throws -> DeliveryReport {
    let journal = try journals.begin(settings.run, .outbox)
    let bell = DispatchSemaphore(value: 0)
    let supply = supply(nil, wake: { bell.signal() }) { claim throws(Uncomposable) in
      try signed(claim)
    }
    let delivery = TransportDelivery(
      transport: transport,
      supply: supply,
      bell: bell,
      watch: watch,
      settlement: settlement
    )
    let report = try delivery.run()
    journal.remove()
    return report
  }

  private func settlement(of claim: Claim, _ outcome: DeliveryOutcome) -> Settlement {
    settings.schedule.settlement(of: claim.key, outcome, now: settings.clock())
  }

  private func supply<Message>(
    _ relay: RelayProfile?,
    wake: @escaping @Sendable () -> Void,
    prepare: @escaping @Sendable (Claim) throws(Uncomposable) -> Message
  ) -> ClaimSupply<Message> {
    let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    return ClaimSupply(
      work: ClaimSupply.Work(
        exchange: { try exchange($0, wanting: $1, relay) },
        prepare: prepare,
        start: { DispatchQueue.global().async(execute: $0) },
        wake: wake
      ),
      mostItems: min(64, max(16, relay?.connections ?? 0)),
      mostWorkers: max(1, cores - 1)
    )
  }

  private func exchange(
    _ settled: [Settlement],
    wanting: Int,
    _ relay: RelayProfile?
  ) throws -> [Claim] {
    let now = settings.clock()
    let rest = try relay?.quota.map { try queue.rest(of: $0, now: now) }
    let claims = try queue.exchange(
      settled: settled,
      wanting: min(wanting, rest ?? wanting),
      by: Claimant(
        run: settings.run,
        relay: relay?.name,
        asOf: settings.asOf,
        now: now,
        takesConfirmationsOnly: settings.takesConfirmationsOnly
      )
    )
    if let quota = relay?.quota {
      let unused = settled.count { $0.outcome == .untouched }
      try queue.use(claims.count - unused, of: quota, now: now)
    }
    return claims
  }

  private func prepared(_ claim: Claim) throws(Uncomposable) -> PreparedMessage {
    let message = try composed(claim)
    let signatures = settings.signers.signatures(of: message, date: claim.date)
    guard let data = MessageData(message, signatures: signatures)
    else { throw Uncomposable("the message has a line end that is not CR LF") }
    let envelope = Envelope(
      sender: settings.sender(claim),
      recipient: claim.recipient.address
    )
    return PreparedMessage(claim: claim, envelope: envelope, data: data)
  }

  private func signed(_ claim: Claim) throws(Uncomposable) -> [UInt8] {
    settings.signers.signed(try composed(claim), date: claim.date)
  }

  private func composed(_ claim: Claim) throws(Uncomposable) -> [UInt8] {
    do {
      return try settings.compose(claim)
    } catch {
      throw Uncomposable("the message cannot be composed: \(error)")
    }
  }
}
