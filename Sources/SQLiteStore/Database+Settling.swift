import GRDB
import Model
import Store

extension Database {
  /// Records what became of a claimed delivery; nothing where another run holds it.
  func settle(
    _ settlement: Settlement,
    by claimant: Claimant,
    _ hashAddress: (EmailAddress) -> [UInt8]
  ) throws {
    let (state, reply) = try settledState(settlement)
    try run(
      """
      UPDATE delivery SET state = :state,
        -- Servers name the address, and whoever is nobody's any more was erased.
        reply = iif(subscriber IS NULL AND recipient IS NULL, NULL, coalesce(:reply, reply)),
        notBefore = iif(:untouched, notBefore, :notBefore),
        claimed = iif(:untouched AND attempts = 1, NULL, claimed),
        attempts = attempts - :untouched, uncertainTries = uncertainTries + :uncertain,
        settled = :now
      WHERE key = :key AND state = 'claimed' AND run = :run
      """,
      [
        "run": claimant.run, "state": state.rawValue, "reply": reply,
        "notBefore": settlement.notBefore?.seconds,
        "untouched": settlement.outcome == .untouched ? 1 : 0,
        "uncertain": settlement.outcome.isUncertain ? 1 : 0, "now": claimant.now.seconds,
        "key": settlement.delivery,
      ]
    )
    guard changesCount > 0 else { return }
    try moveCovered(settlement)
    guard case .rejected(let reply) = settlement.outcome else { return }
    _ = try noteRefusal(
      Refusal(reply),
      of: settlement.delivery,
      at: claimant.now,
      hashAddress
    )
  }

  private func settledState(_ settlement: Settlement) throws -> (DeliveryState, String?) {
    switch settlement.outcome {
    case .accepted(let reply): return (.accepted, reply.description)
    case .rejected(let reply): return (.rejected, reply.description)
    case .deferred(let reply): return (try waiting(settlement.delivery), reply.description)
    case .previewed(let file): return (.previewed, file)
    case .untouched: return (try waiting(settlement.delivery), nil)
    case .uncertain(let what):
      // Uncertain a second time, it is left to a person: never more than two copies.
      let isLast = try settlement.notBefore == nil || wasUncertain(settlement.delivery)
      return (isLast ? .unknown : .uncertain, what)
    }
  }

  /// What a delivery is that waits: still uncertain, where an earlier try was; cancelled, where its
  /// issue was meanwhile.
  private func waiting(_ delivery: Int64) throws -> DeliveryState {
    if try wasUncertain(delivery) { return .uncertain }
    let statement = try cachedStatement(
      sql: """
        SELECT 1 FROM delivery JOIN issue ON issue.key = delivery.issue
        WHERE delivery.key = ? AND issue.state = 'cancelled' AND kind <> 'resend'
        """
    )
    return try Bool.fetchOne(statement, arguments: [delivery]) ?? false ? .cancelled : .pending
  }

  private func wasUncertain(_ delivery: Int64) throws -> Bool {
    let statement = try cachedStatement(
      sql: "SELECT uncertainTries > 0 FROM delivery WHERE key = ?"
    )
    return try Bool.fetchOne(statement, arguments: [delivery]) ?? false
  }

  /// What the subscriber has got, or can never get at this address, is settled.
  private func moveCovered(_ settlement: Settlement) throws {
    let column: String? =
      switch settlement.outcome {
      case .accepted, .uncertain: "covered"
      case .rejected(let reply): reply.isAboutAddress ? "covered" : nil
      case .previewed: "previewed"
      case .deferred, .untouched: nil
      }
    guard let column else { return }
    try run(
      """
      UPDATE subscriber SET \(column) = max(\(column), coalesce(
        (SELECT through FROM delivery JOIN issue ON issue.key = delivery.issue
          WHERE delivery.key = :key), 0))
      WHERE key = (SELECT subscriber FROM delivery WHERE key = :key)
      """,
      ["key": settlement.delivery]
    )
  }
}

extension DeliveryOutcome {
  fileprivate var isUncertain: Bool {
    if case .uncertain = self { true } else { false }
  }
}
