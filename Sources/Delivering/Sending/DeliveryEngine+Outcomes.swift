import Model
import Store
import Transfer

extension DeliveryEngine {
  /// Takes what became of a message.
  func take(_ result: SMTPDialogue.Result, from lane: Lane<Network.Connection>) {
    let claim = result.message.claim
    if result.outcome == .untouched, lane.marked == claim.delivery { _ = note(claim, .withdrawn) }
    if result.outcome.isBusy { pace.lower(network.now) }
    if result.outcome.isUntaken {
      if mayTryAgain(claim, lane) { return supply.putBack(claim) }
    } else {
      lane.isProven = true
    }
    if let error = relayError(result) {
      end(.failed(error))
      settle(claim, .untouched)
    } else {
      settle(claim, result.outcome == .untouched && !isEnding ? lostOutcome(lane) : result.outcome)
      judge(result)
    }
  }

  /// Whether a message that was not taken gets another connection: once, and more often after
  /// connections that had worked, whose end says little about the message.
  private func mayTryAgain(_ claim: Claim, _ lane: Lane<Network.Connection>) -> Bool {
    let tries = retried[claim.delivery, default: 0]
    guard !isEnding, tries < (lane.isProven ? 3 : 1) else { return false }
    retried[claim.delivery] = tries + 1
    return true
  }

  /// A connection that is lost twice counts as a 451 (RFC 5321 §3.8), so that a message which makes
  /// the server fail does not stand in the way of the others.
  private func lostOutcome(_ lane: Lane<Network.Connection>) -> DeliveryOutcome {
    let reason = lane.dialogue.closure ?? ""
    return .deferred(.local(451, "4.4.2 the connection was lost: \(reason)"))
  }

  /// Notes an outcome, here and in the journal; the queue learns of it with the next exchange.
  func settle(_ claim: Claim, _ outcome: DeliveryOutcome) {
    if let reply = outcome.reply {
      _ = note(claim, .answered(code: reply.code, enhancedCode: reply.enhancedCode))
    }
    settled.append(settings.schedule.settlement(of: claim.key, outcome, now: settings.clock()))
    report.record(outcome, for: claim.recipient.address)
    settings.watch.progress(report)
  }

  /// Tells what an outcome says about the relay.
  private func judge(_ result: SMTPDialogue.Result) {
    // What was refused here says nothing about the relay.
    guard result.step != nil else { return }
    if let count = watch.note(result.outcome), case .rejected(let reply) = result.outcome {
      end(.failed(.policy(reply, count: count)))
    }
    let now = network.now
    switch result.outcome {
    case .accepted:
      if settings.isCareful, report.accepted == 1 { pace.open(now) }
      standing.succeed()
      pace.rise(now)
    case .rejected: standing.succeed()
    case .deferred(let reply) where reply.isAboutServer || result.step == .mail:
      fail(standing.complain("\(reply)"))
    // A good-bye says nothing good; the loss of its connection counts.
    case .deferred(let reply) where reply.code == 421: break
    case .deferred: standing.succeed()
    case .uncertain, .untouched, .previewed: break
    }
  }

  /// Tells refusals that are about us from those that are about a message or its recipient.
  private func relayError(_ result: SMTPDialogue.Result) -> RelayError? {
    guard case .rejected(let reply) = result.outcome else { return nil }
    let server = settings.relay.server
    if [530, 534, 535, 538].contains(reply.code) {
      return .authenticationRequired(server: server, reply)
    }
    guard result.step == .mail, !reply.isAboutMessage else { return nil }
    return .senderRefused(server: server, sender: result.message.envelope.sender, reply)
  }

  /// A connection is over: after QUIT, or because something went wrong.
  func connectionEnded(_ lane: Lane<Network.Connection>, _ now: ContinuousClock.Instant) {
    lane.connection.close()
    guard !lane.dialogue.isQuitting, let reason = lane.dialogue.closure else { return }
    fail(standing.lose(reason, begun: lane.begun, now))
  }

  func connectionFailed(
    _ error: SMTPConnectionError,
    _ lane: Lane<Network.Connection>,
    _ now: ContinuousClock.Instant
  ) {
    let open = lanes.count(where: \.isOpen)
    if open > 0 {
      pace.limit(to: open, now)
    } else if error.kind.isAboutUs || report.total == 0 {
      end(.failed(.connection(error)))
    } else {
      fail(standing.lose(error.detail, begun: lane.begun, now))
    }
  }

  /// Ends the run where the relay has failed too often.
  private func fail(_ reasons: RelayWatch.Verdict) {
    guard case .unfit(let reason) = reasons else { return }
    end(.failed(.unsteady(server: settings.relay.server, reason: reason)))
  }
}

/// Counts how often in a row a relay failed for its own reasons.
struct RelayWatch {
  enum Verdict: Equatable {
    case fit
    case unfit(String)
  }

  /// After so many failures in a row it is left alone.
  static let mostFailures = 3

  private var failures = 0
  private var lastLoss: ContinuousClock.Instant?

  mutating func succeed() { failures = 0 }

  mutating func complain(_ reason: String) -> Verdict {
    failures += 1
    return failures >= Self.mostFailures ? .unfit(reason) : .fit
  }

  /// A connection was lost; those that were made before the last loss were lost with it.
  mutating func lose(
    _ reason: String,
    begun: ContinuousClock.Instant,
    _ now: ContinuousClock.Instant
  ) -> Verdict {
    guard lastLoss.map({ begun > $0 }) ?? true else { return .fit }
    lastLoss = now
    return complain(reason)
  }
}

extension DeliveryOutcome {
  /// Whether the server has certainly not taken the message, and not refused it either.
  fileprivate var isUntaken: Bool {
    switch self {
    case .untouched: true
    case .deferred(let reply): reply.code == 421
    default: false
    }
  }

  /// Whether the server asks for less at a time (RFC 3463: 4.3.2 takes no messages now; 4.7.28 is
  /// Gmail's for too many).
  fileprivate var isBusy: Bool {
    guard case .deferred(let reply) = self else { return false }
    return reply.code == 421 || ["4.3.2", "4.7.28"].contains(reply.enhancedCode)
  }

  /// The reply, where the server has given one.
  fileprivate var reply: SMTPReply? {
    switch self {
    case .accepted(let reply), .rejected(let reply), .deferred(let reply): reply
    case .uncertain, .previewed, .untouched: nil
    }
  }
}

extension SMTPReply {
  /// Whether a refusal of MAIL is about the message's size or content, not its sender.
  fileprivate var isAboutMessage: Bool {
    code == 552 || enhancedCode.map { $0.hasPrefix("5.6.") || $0.hasPrefix("5.3.4") } ?? false
  }

  /// Whether the server fails for its own reasons (RFC 3463 §3.4): a full disk, for instance.
  fileprivate var isAboutServer: Bool { enhancedCode?.hasPrefix("4.3.") ?? false }
}

extension SMTPConnectionError.Kind {
  /// Whether every connection would fail in the same way.
  fileprivate var isAboutUs: Bool {
    switch self {
    case .noSTARTTLS, .certificate, .tls, .authentication: true
    case .unreachable, .refused, .lost: false
    }
  }
}
