import Foundation
import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func exchange(
    settled: [Settlement],
    wanting: Int,
    by claimant: Claimant
  ) throws -> [Claim] {
    guard !settled.isEmpty || wanting > 0 else { return [] }
    return try write { db in
      for settlement in settled { try db.settle(settlement, by: claimant, hashAddress) }
      var claims: [Claim] = []
      while claims.count < wanting {
        let waiting = try db.nextWaiting(wanting - claims.count, now: claimant.now)
        guard !waiting.isEmpty else { break }
        for delivery in waiting {
          let claim = try db.claim(delivery, by: claimant, hashAddress)
          if let claim { claims.append(claim) }
        }
      }
      return claims
    }
  }

  package func claimingRuns() throws -> [String] {
    try read { db in
      try String.fetchAll(
        db,
        sql: "SELECT DISTINCT run FROM delivery WHERE state = 'claimed' ORDER BY run"
      )
    }
  }

  package func claims(of run: String, atMost limit: Int) throws -> [ClaimKey] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT key, attempts FROM delivery WHERE state = 'claimed' AND run = ?
          ORDER BY key LIMIT ?
          """,
        arguments: [run, limit]
      ).map { ClaimKey(delivery: $0[0], attempt: $0[1]) }
    }
  }

  package func expireDeliveries(
    of digest: String,
    dueBefore: Instant
  ) throws -> [IssueName: Int] {
    let rows = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT issue.key, issue.date, count(*) FROM delivery JOIN issue ON issue.key = delivery.issue
          WHERE delivery.state = 'pending' AND kind <> 'resend' AND digest = ? AND slot < ?
            AND issue.state IN ('planned', 'held', 'review')
          GROUP BY issue.key
          """,
        arguments: [digest, dueBefore.seconds]
      )
    }
    for row in rows {
      try write { db in
        try db.run(
          """
          UPDATE delivery SET state = 'expired'
          WHERE issue = ? AND state = 'pending' AND kind <> 'resend'
          """,
          [row[0] as Int64]
        )
        try db.run(
          "UPDATE issue SET state = 'cancelled' WHERE key = ? AND state IN ('held', 'review')",
          [row[0] as Int64]
        )
      }
    }
    return Dictionary(
      rows.compactMap { row in
        CivilDate(row[1] as String).map { (IssueName(digest: digest, date: $0), row[2] as Int) }
      },
      uniquingKeysWith: +
    )
  }

  package func expireDeliveries(triedBefore instant: Instant) throws {
    let isAny = try read { db in
      try Bool.fetchOne(
        db,
        sql: "SELECT EXISTS (\(staleSQL))",
        arguments: ["tried": instant.seconds]
      )
    }
    guard isAny ?? false else { return }
    try write { db in
      try db.run(
        """
        UPDATE delivery SET state = iif(state = 'pending', 'expired', 'unknown')
        WHERE key IN (\(staleSQL))
        """,
        ["tried": instant.seconds]
      )
    }
  }

  package func add(_ messages: [StaffMessage]) throws {
    try write { db in try db.add(messages) }
  }

  package func hasPending(now: Instant) throws -> Bool {
    try read { try !$0.nextWaiting(1, now: now).isEmpty }
  }

  package func counts(of issue: Int64?) throws -> DeliveryCounts {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT state, count(*) FROM delivery WHERE :issue IS NULL OR issue = :issue
          GROUP BY state
          """,
        arguments: ["issue": issue]
      )
      return Dictionary(
        uniqueKeysWithValues: rows.compactMap { row in
          DeliveryState(rawValue: row[0]).map { ($0, row[1]) }
        }
      )
    }
  }
}

extension Database {
  func add(_ messages: [StaffMessage]) throws {
    for message in messages {
      try run(
        "INSERT INTO delivery (kind, message, recipient, state) VALUES ('staff', ?, ?, 'pending')",
        [data(message.bytes), message.recipient.description]
      )
    }
  }

  /// The deliveries to claim next: those never tried before those that failed, and what may already
  /// have arrived last of all.
  fileprivate func nextWaiting(_ limit: Int, now: Instant) throws -> [Int64] {
    for state in ["pending", "uncertain"] {
      let statement = try cachedStatement(
        sql: """
          SELECT delivery.key FROM delivery LEFT JOIN issue ON issue.key = delivery.issue
          WHERE delivery.state = '\(state)' AND (notBefore IS NULL OR notBefore <= ?)
            AND (issue.state = 'planned' OR delivery.issue IS NULL)
            AND NOT EXISTS (SELECT 1 FROM mailHold)
          ORDER BY notBefore, delivery.key LIMIT ?
          """
      )
      let keys = try Int64.fetchAll(statement, arguments: [now.seconds, limit])
      if !keys.isEmpty { return keys }
    }
    return []
  }

  /// Claims a delivery, or cancels it where its address must not be written to any more.
  fileprivate func claim(
    _ delivery: Int64,
    by claimant: Claimant,
    _ hashAddress: (EmailAddress) -> [UInt8]
  ) throws -> Claim? {
    let row = try Row.fetchOne(
      try cachedStatement(sql: claimSQL),
      arguments: [delivery]
    )
    guard let row, let claim = claim(from: row, asOf: claimant.asOf),
      try isWanted(claim, row, hashAddress)
    else {
      try run("UPDATE delivery SET state = 'cancelled' WHERE key = ?", [delivery])
      return nil
    }
    try run(
      """
      UPDATE delivery SET state = 'claimed', attempts = attempts + 1, run = ?, relay = ?,
        date = coalesce(date, ?), claimed = coalesce(claimed, ?)
      WHERE key = ?
      """,
      [claimant.run, claimant.relay, claimant.asOf.seconds, claimant.now.seconds, delivery]
    )
    return claim
  }

  /// Whether the subscriber has neither left nor paused since the plan, and anything is left to
  /// say.
  private func isWanted(
    _ claim: Claim,
    _ row: Row,
    _ hashAddress: (EmailAddress) -> [UInt8]
  ) throws -> Bool {
    guard case .edition(let edition) = claim.content else { return true }
    return try suppression(hashAddress(claim.recipient.address)) == nil
      && !hasPaused(row, edition) && noteOmissions(from: claim, edition)
  }

  /// Whether the subscriber has paused since the plan, and so misses this issue.
  private func hasPaused(_ row: Row, _ edition: ClaimedEdition) throws -> Bool {
    guard let pausedUntil: Int64 = row[10], row[11] < pausedUntil else { return false }
    try addAbsence(edition.subscriber, from: edition.issue)
    return true
  }

  /// Records what the message leaves out because it was withdrawn since the plan.
  ///
  /// - Returns: whether anything is left to say.
  private func noteOmissions(from claim: Claim, _ edition: ClaimedEdition) throws -> Bool {
    let statement = try cachedStatement(
      sql: """
        SELECT article, isVisible FROM groupArticle
        JOIN article ON article.key = groupArticle.article
        WHERE issue = ? AND number = ?
        """
    )
    let rows = try Row.fetchAll(statement, arguments: [edition.issue, edition.group])
    // An earlier claim may have noted some.
    try run("DELETE FROM omission WHERE delivery = ?", [claim.delivery])
    for row in rows where !row[1] {
      try run(
        "INSERT INTO omission (delivery, article) VALUES (?, ?)",
        [claim.delivery, row[0] as Int64]
      )
    }
    return try rows.contains { $0[1] } || showsAnything(edition) ?? rows.isEmpty
  }

  /// Whether any article or correction is left that a message shows; nil where it is about none.
  private func showsAnything(_ edition: ClaimedEdition) throws -> Bool? {
    try Bool.fetchOne(
      self,
      sql: """
        SELECT max(isVisible) FROM editionGroup
        JOIN fragment ON fragment.issue = editionGroup.issue
          AND instr(' ' || text || ' ', ' ' || fragment.number || ' ') > 0
        JOIN article ON article.key = fragment.article
        WHERE editionGroup.issue = ? AND editionGroup.number = ?
        """,
      arguments: [edition.issue, edition.group]
    )
  }

  private func claim(from row: Row, asOf: Instant) -> Claim? {
    guard let address = EmailAddress(row[8] as String? ?? ""), let content = content(row)
    else { return nil }
    return Claim(
      delivery: row[0],
      content: content,
      recipient: Mailbox(name: row[9], address: address),
      date: Instant(seconds: row[6] ?? asOf.seconds),
      attempt: (row[7] as Int) + 1
    )
  }

  private func content(_ row: Row) -> Claim.Content? {
    if let message: Data = row[12] { return .message(bytes(message)) }
    guard let date = CivilDate(row[3] as String? ?? "") else { return nil }
    return .edition(
      ClaimedEdition(
        issue: row[1],
        name: IssueName(digest: row[2], date: date),
        group: row[4],
        subscriber: row[5]
      )
    )
  }

  fileprivate func settle(
    _ settlement: Settlement,
    by claimant: Claimant,
    _ hashAddress: (EmailAddress) -> [UInt8]
  ) throws {
    let (state, reply) = try settledState(settlement)
    try run(
      """
      UPDATE delivery SET state = :state, reply = coalesce(:reply, reply),
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

/// The deliveries that are not to be tried again, though their time has not come.
private let staleSQL = """
  SELECT delivery.key FROM delivery LEFT JOIN issue ON issue.key = delivery.issue
  WHERE delivery.state = 'pending' AND attempts > 0 AND delivery.claimed < :tried
    OR delivery.state = 'uncertain' AND (delivery.claimed < :tried OR issue.state = 'cancelled')
  """

private let claimSQL = """
  SELECT delivery.key, delivery.issue, digest, issue.date, groupNumber, subscriber.key,
    delivery.date, attempts, coalesce(recipient, subscriber.address), subscriber.name, pausedUntil,
    slot, message
  FROM delivery
  LEFT JOIN issue ON issue.key = delivery.issue
  LEFT JOIN subscriber ON subscriber.key = delivery.subscriber
  WHERE delivery.key = ?
  """

extension DeliveryOutcome {
  fileprivate var isUncertain: Bool {
    if case .uncertain = self { true } else { false }
  }
}
