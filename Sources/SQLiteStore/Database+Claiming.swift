import Foundation
import GRDB
import Model
import Store

extension Database {
  /// The deliveries to claim next: those never tried before those that failed, and what may already
  /// have arrived last of all.
  func nextWaiting(
    _ limit: Int,
    now: Instant,
    onlyConfirmations: Bool = false
  ) throws -> [Int64] {
    let kind = onlyConfirmations ? "AND kind = 'confirmation'" : ""
    for state in ["pending", "uncertain"] {
      let statement = try cachedStatement(
        sql: """
          SELECT delivery.key FROM delivery LEFT JOIN issue ON issue.key = delivery.issue
          WHERE delivery.state = '\(state)' AND (notBefore IS NULL OR notBefore <= ?)
            AND (issue.state = 'planned' OR delivery.issue IS NULL)
            AND NOT EXISTS (SELECT 1 FROM mailHold) \(kind)
          ORDER BY notBefore, delivery.key LIMIT ?
          """
      )
      let keys = try Int64.fetchAll(statement, arguments: [now.seconds, limit])
      if !keys.isEmpty { return keys }
    }
    return []
  }

  /// Claims a delivery, or cancels it where its address must not be written to any more.
  func claim(
    _ delivery: Int64,
    by claimant: Claimant,
    _ hashAddress: (EmailAddress) -> [UInt8]
  ) throws -> Claim? {
    let row = try Row.fetchOne(
      try cachedStatement(sql: claimSQL),
      arguments: [delivery]
    )
    guard let row, let claim = claim(from: row, asOf: claimant.asOf),
      try isWanted(claim, row, claimant.now, hashAddress)
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
    _ now: Instant,
    _ hashAddress: (EmailAddress) -> [UInt8]
  ) throws -> Bool {
    let isOfDoor = row[13] == "confirmation"
    guard case .edition(let edition) = claim.content else {
      return try !isOfDoor || isAwaited(claim, now, hashAddress(claim.recipient.address))
    }
    return try suppression(hashAddress(claim.recipient.address)) == nil
      && !hasPaused(row, edition) && noteOmissions(from: claim, edition)
  }

  /// Whether the link in a message of the reader's door is still good, and its address has not said
  /// meanwhile that it wants no more.
  private func isAwaited(_ claim: Claim, _ now: Instant, _ hash: [UInt8]) throws -> Bool {
    let isGood = try Bool.fetchOne(
      self,
      sql: "SELECT EXISTS (SELECT 1 FROM confirmation WHERE delivery = ? AND expires > ?)",
      arguments: [claim.delivery, now.seconds]
    )
    return try isGood ?? false && suppression(hash)?.allowsReturn ?? true
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
}

private let claimSQL = """
  SELECT delivery.key, delivery.issue, digest, issue.date, groupNumber, subscriber.key,
    delivery.date, attempts, coalesce(recipient, subscriber.address), subscriber.name, pausedUntil,
    slot, message, kind
  FROM delivery
  LEFT JOIN issue ON issue.key = delivery.issue
  LEFT JOIN subscriber ON subscriber.key = delivery.subscriber
  WHERE delivery.key = ?
  """
