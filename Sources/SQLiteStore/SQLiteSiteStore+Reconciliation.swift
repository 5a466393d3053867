import Foundation
import GRDB
import Model
package import Store

extension SQLiteSiteStore {
  package func openDeliveries() throws -> [OpenDelivery] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT delivery.key, delivery.state, attempts, claimed, settled,
            coalesce(recipient, address), digest, issue.date, subscriber, message
          FROM delivery LEFT JOIN issue ON issue.key = delivery.issue
          LEFT JOIN subscriber ON subscriber.key = delivery.subscriber
          WHERE delivery.state IN ('uncertain', 'unknown') ORDER BY delivery.key
          """
      ).compactMap(openDelivery)
    }
  }

  package func takenDeliveries(
    beside delivery: Int64,
    atMost limit: Int
  ) throws -> [OpenDelivery.Content] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT digest, issue.date, taken.subscriber, taken.message
          FROM delivery AS open JOIN delivery AS taken
            ON taken.state = 'accepted' AND taken.relay IS open.relay
            AND taken.settled >= open.claimed AND taken.claimed <= open.settled
          LEFT JOIN issue ON issue.key = taken.issue
          WHERE open.key = ? LIMIT ?
          """,
        arguments: [delivery, limit]
      ).compactMap { content($0, at: 0) }
    }
  }

  package func reconcile(_ found: [Reconciliation]) throws -> Int {
    try write { db in
      try found.count { reconciliation in
        switch reconciliation.finding {
        case .accepted(let queueID, let instant):
          return try db.accept(reconciliation, as: queueID, at: instant)
        case .notAccepted:
          return try db.putBack(reconciliation)
        }
      }
    }
  }
}

private func openDelivery(_ row: Row) -> OpenDelivery? {
  guard let state = DeliveryState(rawValue: row[1]), let content = content(row, at: 6),
    let recipient = EmailAddress(row[5] as String? ?? "")
  else { return nil }
  return OpenDelivery(
    key: row[0],
    content: content,
    state: state,
    recipient: recipient,
    attempts: row[2],
    tried: tried(from: row[3], to: row[4])
  )
}

private func tried(from first: Int64?, to last: Int64?) -> ClosedRange<Instant>? {
  guard let first, let last, first <= last else { return nil }
  return Instant(seconds: first)...Instant(seconds: last)
}

/// What a message is of: digest, date, subscriber and message, from a column on.
private func content(_ row: Row, at column: Int) -> OpenDelivery.Content? {
  if let message: Data = row[column + 3] { return .message(bytes(message)) }
  guard let digest: String = row[column], let subscriber: Int64 = row[column + 2],
    let date = CivilDate(row[column + 1] as String? ?? "")
  else { return nil }
  return .edition(IssueName(digest: digest, date: date), subscriber: subscriber)
}

/// One that was tried again meanwhile is another case.
private let isStillOpen =
  "key = :key AND attempts = :attempts AND state IN ('uncertain', 'unknown')"

extension Database {
  fileprivate func accept(
    _ reconciliation: Reconciliation,
    as queueID: String,
    at instant: Instant
  ) throws -> Bool {
    try run(
      """
      UPDATE delivery SET state = 'accepted', settled = :instant,
        reply = '250 queued as ' || :queueID || ' (from the log)'
      WHERE \(isStillOpen)
      """,
      [
        "key": reconciliation.delivery, "attempts": reconciliation.attempts, "queueID": queueID,
        "instant": instant.seconds,
      ]
    )
    return changesCount > 0
  }

  /// Makes it pending; what it is about is owed again, unless another message has it.
  fileprivate func putBack(_ reconciliation: Reconciliation) throws -> Bool {
    try run(
      """
      UPDATE delivery SET state = 'pending', attempts = 0, uncertainTries = 0, claimed = NULL,
        settled = NULL, notBefore = NULL, reply = NULL, run = NULL
      WHERE \(isStillOpen)
      """,
      ["key": reconciliation.delivery, "attempts": reconciliation.attempts]
    )
    guard changesCount > 0 else { return false }
    try run(
      """
      UPDATE subscriber SET covered = max(issue.after, coalesce(
        (SELECT max(other.through) FROM delivery JOIN issue AS other ON other.key = delivery.issue
          WHERE delivery.subscriber = subscriber.key AND delivery.key <> open.key
            AND delivery.state IN ('accepted', 'rejected', 'uncertain', 'unknown', 'claimed')), 0))
      FROM delivery AS open JOIN issue ON issue.key = open.issue
      WHERE open.key = ? AND subscriber.key = open.subscriber AND covered = issue.through
      """,
      [reconciliation.delivery]
    )
    return true
  }
}
