import GRDB
package import Model
import Store

extension SQLiteSiteStore {
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
}

/// The deliveries that are not to be tried again, though their time has not come.
private let staleSQL = """
  SELECT delivery.key FROM delivery LEFT JOIN issue ON issue.key = delivery.issue
  WHERE delivery.state = 'pending' AND attempts > 0 AND delivery.claimed < :tried
    OR delivery.state = 'uncertain' AND (delivery.claimed < :tried OR issue.state = 'cancelled')
  """
