package import Model
package import Store

/// Hands over what is owed, one message at a time, and records what became of each.
///
/// A delivery is claimed, durably, before its first byte, and settled right after its reply,
/// together with the next claim. So a run that dies leaves one delivery whose fate is open. While
/// the server is told whom a message is for, it is signed on another thread.
package struct Deliverer {
  /// So many refusals for reasons of policy in a row are about us, not about the recipients.
  static let mostPolicyRefusals = 5

  let queue: any DeliveryQueue
  let sender: (Claim) -> EmailAddress
  let run: String
  let asOf: Instant
  let schedule = RetrySchedule()
  let clock: () -> Instant
  let shouldStop: () -> Bool
  let progress: (DeliveryReport) -> Void
  let signers: [DKIMSigner]
  let compose: (Claim) throws -> [UInt8]

  /// - Parameters:
  ///   - sender: the envelope's, for each delivery.
  ///   - run: the name under which deliveries are claimed.
  ///   - asOf: the run's instant, which becomes the Date of first claims.
  ///   - clock: the real time, for when to try again.
  ///   - shouldStop: asked before each message.
  ///   - progress: told after each message.
  ///   - signers: sign each message, with its date.
  ///   - compose: makes a delivery's message; the same bytes on every try.
  package init(
    queue: any DeliveryQueue,
    sender: @escaping (Claim) -> EmailAddress,
    run: String,
    asOf: Instant,
    clock: @escaping () -> Instant,
    shouldStop: @escaping () -> Bool = { false },
    progress: @escaping (DeliveryReport) -> Void = { _ in },
    signers: [DKIMSigner] = [],
    compose: @escaping (Claim) throws -> [UInt8]
  ) {
    self.queue = queue
    self.sender = sender
    self.run = run
    self.asOf = asOf
    self.clock = clock
    self.shouldStop = shouldStop
    self.progress = progress
    self.signers = signers
    self.compose = compose
  }

  /// Delivers until nothing is due, the transport fails, or it is asked to stop.
  ///
  /// - Throws: what the queue throws. What was settled until then stays so; the delivery in hand
  ///   stays claimed, and the next run finds it.
  package func deliver(by transport: inout some Transport) throws -> DeliveryReport {
    defer { transport.finish() }
    var report = DeliveryReport()
    var policyRefusals = 0
    var settled: [Settlement] = []
    while true {
      if report.end == .finished, shouldStop() { report.end = .stopped }
      let claims = try exchange(settled, wanting: report.end == .finished ? 1 : 0)
      guard let claim = claims.first else { return report }
      let outcome = attempt(claim, by: &transport, &report)
      policyRefusals = outcome.isPolicyRefusal ? policyRefusals + 1 : 0
      if policyRefusals == Self.mostPolicyRefusals, case .rejected(let reply) = outcome {
        report.end = .failed(.policy(reply, count: policyRefusals))
      }
      settled = [settlement(of: claim, outcome)]
      progress(report)
    }
  }

  private func exchange(_ settled: [Settlement], wanting: Int) throws -> [Claim] {
    try queue.exchange(settled: settled, wanting: wanting, run: run, asOf: asOf, now: clock())
  }

  /// Composes and sends one message; a failure of the transport puts it back and ends the run.
  private func attempt(
    _ claim: Claim,
    by transport: inout some Transport,
    _ report: inout DeliveryReport
  ) -> DeliveryOutcome {
    let recipient = claim.recipient.address
    let outcome: DeliveryOutcome
    do throws(RelayError) {
      outcome = try send(claim, by: &transport)
      if outcome == .untouched { report.end = .stopped }
    } catch {
      outcome = .untouched
      report.end = .failed(error)
    }
    report.record(outcome, for: recipient)
    return outcome
  }

  private func send(
    _ claim: Claim,
    by transport: inout some Transport
  ) throws(RelayError) -> DeliveryOutcome {
    let message: OutgoingMessage
    do {
      message = OutgoingMessage(try compose(claim), signedBy: signers, date: claim.date)
    } catch {
      return .rejected(.local(554, "5.6.0 the message cannot be composed: \(error)"))
    }
    let envelope = Envelope(
      sender: sender(claim),
      recipient: claim.recipient.address,
      identifier: claim.messageName
    )
    return try transport.send(envelope, message: message)
  }

  private func settlement(of claim: Claim, _ outcome: DeliveryOutcome) -> Settlement {
    let wait = schedule.wait(after: outcome, delivery: claim.delivery, attempt: claim.attempt)
    return Settlement(
      delivery: claim.delivery,
      outcome: outcome,
      notBefore: wait.map { clock().advanced(by: $0) }
    )
  }
}

extension Claim {
  /// A name for the delivery's message, in the form of a Maildir's: the same on every try.
  var messageName: String {
    guard case .edition(let edition) = content else {
      return "\(date.seconds).\(delivery).feedgen"
    }
    let name = edition.name
    return "\(date.seconds).\(name.digest)-\(name.date)-\(delivery).feedgen"
  }
}

extension DeliveryOutcome {
  /// Whether it was refused for what the server thinks of us (RFC 3463 §3.8).
  var isPolicyRefusal: Bool {
    guard case .rejected(let reply) = self else { return false }
    return reply.enhancedCode?.hasPrefix("5.7.") ?? false
  }
}
