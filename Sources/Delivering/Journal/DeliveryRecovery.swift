package import Model
package import Store

/// Settles what runs have left that died while they sent.
package struct DeliveryRecovery {
  private let queue: any DeliveryQueue
  private let journals: JournalFolder
  private let schedule: RetrySchedule
  private let clock: () -> Instant

  package init(
    queue: any DeliveryQueue,
    journals: JournalFolder,
    schedule: RetrySchedule = RetrySchedule(),
    clock: @escaping () -> Instant
  ) {
    self.queue = queue
    self.journals = journals
    self.schedule = schedule
    self.clock = clock
  }

  /// Settles the deliveries that dead runs had claimed: by the reply where one was noted, as
  /// uncertain where the end of the message may have gone out, and else as if not claimed.
  package func recover() throws {
    let claiming = try queue.claimingRuns()
    try recover(claiming)
    // A run that died after its last exchange has left nothing but its journal.
    for run in journals.runs() where !claiming.contains(run) {
      if case .left = try journals.remains(of: run) { journals.remove(run) }
    }
  }

  private func recover(_ runs: [String]) throws {
    for run in runs {
      switch try journals.remains(of: run) {
      case .alive: continue
      case .missing: try settle(run) { _ in .lostRecord }
      case .left(.outbox, _, _): try settle(run) { _ in .untouched }
      case .left(.relay, let records, let isWhole):
        let last = Dictionary(records.map { ($0.key, $0.phase) }) { $1 }
        try settle(run) { claim in
          last[claim].map(\.outcome) ?? (isWhole ? .untouched : .lostRecord)
        }
      }
      journals.remove(run)
    }
  }

  private func settle(_ run: String, _ outcome: (ClaimKey) -> DeliveryOutcome) throws {
    while true {
      let claims = try queue.claims(of: run, atMost: 500)
      guard !claims.isEmpty else { return }
      let now = clock()
      let settled = claims.map { schedule.settlement(of: $0, outcome($0), now: now) }
      let claimant = Claimant(run: run, asOf: now, now: now)
      _ = try queue.exchange(settled: settled, wanting: 0, by: claimant)
    }
  }
}

extension JournalRecord {
  fileprivate var key: ClaimKey { ClaimKey(delivery: delivery, attempt: attempt) }
}

extension JournalRecord.Phase {
  /// What the record says of a delivery of which it is the last.
  fileprivate var outcome: DeliveryOutcome {
    switch self {
    case .withdrawn: return .untouched
    case .ending: return .uncertain("the run ended before the server’s reply came")
    case .answered(let code, let enhancedCode):
      let text = [enhancedCode, "(the run ended before its words were kept)"].compactMap { $0 }
      let reply = SMTPReply(code: code, text: text.joined(separator: " "))
      return code < 400 ? .accepted(reply) : reply.isTransient ? .deferred(reply) : .rejected(reply)
    }
  }
}

extension DeliveryOutcome {
  fileprivate static let lostRecord = DeliveryOutcome.uncertain(
    "the run ended, and what it did is not on record"
  )
}
