import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func lastRelease(of digest: String) throws -> Int64? {
    try read { db in
      try Int64.fetchOne(db, sql: lastReleaseOfDigest, arguments: ["digest": digest])
    }
  }

  package func lastSlot(of digest: String) throws -> CivilDate? {
    try read { db in
      try String.fetchOne(
        db,
        sql: "SELECT max(date) FROM issue WHERE digest = ? AND state <> 'planning'",
        arguments: [digest]
      ).flatMap { CivilDate($0) }
    }
  }

  package func hasUnsent(of digest: String, cadence: Cadence) throws -> Bool {
    try read { db in
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM delivery
            JOIN issue ON issue.key = delivery.issue
            JOIN subscriber ON subscriber.key = delivery.subscriber
            WHERE delivery.state = 'pending' AND kind = 'digest'
              AND issue.state IN ('planned', 'held', 'review')
              AND (digest = ? OR cadence = ?))
          """,
        arguments: [digest, cadence.rawValue]
      ) ?? false
    }
  }

  package func issues(atMost limit: Int) throws -> [IssueRecord] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT \(issueColumns) FROM issue ORDER BY slot DESC, key DESC LIMIT ?",
        arguments: [limit]
      ).compactMap(issueRecord)
    }
  }

  package func release(before instant: Instant) throws -> Int64 {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT coalesce(
            (SELECT min(release) - 1 FROM article
              WHERE release IS NOT NULL AND NOT isArchive AND published >= ?),
            (SELECT release FROM state))
          """,
        arguments: [instant.seconds]
      ) ?? 0
    }
  }

  package func lowestCovered(cadence: Cadence, previewing: Bool) throws -> Int64? {
    let settled = previewing ? "max(covered, previewed, since)" : "max(covered, since)"
    return try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT min(\(settled)) FROM subscriber
          JOIN subscription ON subscription.subscriber = subscriber.key
          WHERE cadence = ?
          """,
        arguments: [cadence.rawValue]
      )
    }
  }

  package func openIssue(
    _ name: IssueName,
    state: IssueState,
    slot: Instant,
    range: ReleaseRange,
    asOf: Instant,
    templates: String
  ) throws -> Int64 {
    try write { db in
      try db.dropHalfPlanned(name.digest)
      try db.run(
        """
        INSERT INTO issue (digest, date, plan, state, slot, after, through, planned, templates)
        VALUES (:digest, :date, (SELECT coalesce(max(plan), 0) + 1 FROM issue
          WHERE digest = :digest AND date = :date), :state, :slot, :after, :through, :asOf,
          :templates)
        """,
        [
          "digest": name.digest, "date": name.date.description, "state": state.rawValue,
          "slot": slot.seconds, "after": range.after, "through": range.through,
          "asOf": asOf.seconds, "templates": templates,
        ]
      )
      return db.lastInsertedRowID
    }
  }

  package func beginCovered(cadence: Cadence, at release: Int64) throws {
    try write { db in
      try db.run(
        """
        UPDATE subscription SET since = :release WHERE since < 0
          AND subscriber IN (SELECT key FROM subscriber WHERE cadence = :cadence)
        """,
        ["release": release, "cadence": cadence.rawValue]
      )
    }
  }

  package func addArticles(_ articles: [IssueArticle], to issue: Int64) throws {
    try write { db in
      for article in articles {
        try db.run(
          "INSERT OR IGNORE INTO issueArticle (issue, article, revision) VALUES (?, ?, ?)",
          [issue, article.key, article.revision]
        )
      }
    }
  }

  package func addFragments(_ fragments: [Fragment], to issue: Int64) throws {
    try write { db in
      for fragment in fragments {
        try db.run(
          """
          INSERT INTO fragment (issue, number, article, role, substitute, bytes)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
          [
            issue, fragment.number, fragment.article, fragment.role?.rawValue,
            fragment.substitute, data(fragment.bytes),
          ]
        )
      }
    }
  }

  package func addGroups(_ groups: [EditionGroup], to issue: Int64) throws {
    try write { db in
      for group in groups {
        try db.run(
          """
          INSERT INTO editionGroup (issue, number, language, subject, text, html)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
          [
            issue, group.number, group.language.tag, group.subject, list(group.text),
            list(group.html),
          ]
        )
        try db.run(
          """
          INSERT OR IGNORE INTO groupArticle (issue, number, article)
          SELECT ?, ?, value FROM json_each(?)
          """,
          [issue, group.number, "\(group.articles)"]
        )
      }
    }
  }

  package func addDeliveries(_ deliveries: [PlannedDelivery], to issue: Int64) throws {
    try write { db in
      for delivery in deliveries {
        try db.run(
          """
          UPDATE delivery SET state = 'cancelled'
          WHERE subscriber = ? AND state = 'pending' AND kind = 'digest'
          """,
          [delivery.subscriber]
        )
        try db.run(
          """
          INSERT INTO delivery (kind, issue, groupNumber, subscriber, state)
          VALUES ('digest', ?, ?, ?, 'pending')
          """,
          [issue, delivery.group, delivery.subscriber]
        )
      }
    }
  }

  package func closePlan(
    of issue: Int64,
    as standing: IssueStanding,
    postponing postponed: [Int64],
    telling copies: [StaffMessage]
  ) throws {
    try write { db in
      try db.add(copies)
      try db.offer(postponed)
      try db.run(
        "UPDATE issue SET deliveries = (SELECT count(*) FROM delivery WHERE issue = issue.key)"
          + " WHERE key = ?",
        [issue]
      )
      try db.set(standing, of: issue)
    }
  }

  package func setState(_ standing: IssueStanding, of issue: Int64) throws {
    try write { db in try db.set(standing, of: issue) }
  }

  package func cover(_ subscribers: [Int64], through release: Int64, previewing: Bool) throws {
    let column = previewing ? "previewed" : "covered"
    try write { db in
      for subscriber in subscribers {
        try db.run(
          "UPDATE subscriber SET \(column) = max(\(column), ?) WHERE key = ?",
          [release, subscriber]
        )
      }
    }
  }

  package func group(_ number: Int, of issue: Int64) throws -> EditionGroup? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT number, language, subject, text, html FROM editionGroup
          WHERE issue = ? AND number = ?
          """,
        arguments: [issue, number]
      )
      guard let row, let language = Language(row[1]) else { return nil }
      return EditionGroup(
        number: row[0],
        language: language,
        subject: row[2],
        text: numbers(row[3]),
        html: numbers(row[4])
      )
    }
  }

  package func fragments(of issue: Int64, numbers: Set<Int>) throws -> [Fragment] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT bytes, fragment.article, role, substitute FROM fragment
          LEFT JOIN article ON article.key = fragment.article
          WHERE issue = ? AND number = ? AND (fragment.article IS NULL OR isVisible)
          """
      )
      return try numbers.sorted().compactMap { number in
        try Row.fetchOne(statement, arguments: [issue, number])
          .map { fragment(number, $0) }
      }
    }
  }
}

/// The last release that the issues of a digest are about; where none went out, the one that it
/// begins after; NULL for a digest that has not begun.
let lastReleaseOfDigest = """
  SELECT coalesce(max(iif(state NOT IN ('missed', 'cancelled'), through, NULL)), min(after)) FROM issue
  WHERE digest = :digest AND state <> 'planning'
  """

let issueColumns =
  "key, digest, date, state, slot, after, through, deliveries, plan, holdReason, approved,"
  + " editorial"

func issueRecord(_ row: Row) -> IssueRecord? {
  guard let date = CivilDate(row[2] as String), let state = IssueState(rawValue: row[3])
  else { return nil }
  return IssueRecord(
    key: row[0],
    name: IssueName(digest: row[1], date: date),
    state: state,
    slot: Instant(seconds: row[4]),
    range: ReleaseRange(after: row[5], through: row[6]),
    deliveries: row[7],
    plan: row[8],
    holds: state == .held ? [IssueHold](text: row[9] ?? "") : [],
    approved: (row[10] as Int64?).map { Instant(seconds: $0) },
    editorial: row[11]
  )
}

private func fragment(_ number: Int, _ row: Row) -> Fragment {
  Fragment(
    number: number,
    article: row[1],
    role: (row[2] as String?).flatMap { FragmentRole(rawValue: $0) },
    substitute: row[3],
    bytes: bytes(row[0])
  )
}

private func list(_ numbers: [Int]) -> String {
  numbers.map(String.init).joined(separator: " ")
}

private func numbers(_ list: String) -> [Int] {
  list.utf8.split(separator: UInt8(ascii: " ")).map { digits in
    digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}

extension Database {
  fileprivate func set(_ standing: IssueStanding, of issue: Int64) throws {
    try run(
      // What a run has given up meanwhile does not come back.
      """
      UPDATE issue SET state = ?, holdReason = ?
      WHERE key = ? AND state NOT IN ('cancelled', 'missed')
      """,
      [standing.state.rawValue, standing.state == .held ? standing.holds.text : nil, issue]
    )
    try run("UPDATE webEdition SET isStale = 1 WHERE issue = ?", [issue])
    guard standing.state == .cancelled else { return }
    try run(
      "UPDATE delivery SET state = 'cancelled' WHERE issue = ? AND state = 'pending'",
      [issue]
    )
  }

  /// Removes what a run that died while planning has left: nothing of it could be claimed.
  fileprivate func dropHalfPlanned(_ digest: String) throws {
    try run(
      """
      DELETE FROM delivery WHERE issue IN
        (SELECT key FROM issue WHERE digest = ? AND state = 'planning')
      """,
      [digest]
    )
    try run("DELETE FROM issue WHERE digest = ? AND state = 'planning'", [digest])
  }
}
