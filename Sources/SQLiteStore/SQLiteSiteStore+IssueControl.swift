import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func issue(_ name: IssueName) throws -> IssueRecord? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT \(issueColumns) FROM issue
          WHERE digest = ? AND date = ? AND state <> 'planning' ORDER BY plan DESC LIMIT 1
          """,
        arguments: [name.digest, name.date.description]
      ).flatMap(issueRecord)
    }
  }

  package func waitingIssues() throws -> [IssueRecord] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT \(issueColumns) FROM issue WHERE state IN ('held', 'review') ORDER BY key"
      ).compactMap(issueRecord)
    }
  }

  package func issue(withEditorial text: String) throws -> IssueName? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT \(issueColumns) FROM issue
          WHERE editorial = ? AND (state IN ('review', 'held', 'planned') AND deliveries > 0
            OR EXISTS (SELECT 1 FROM delivery WHERE issue = issue.key
              AND state IN ('accepted', 'previewed', 'uncertain', 'unknown')))
          ORDER BY key DESC LIMIT 1
          """,
        arguments: [text]
      ).flatMap(issueRecord)?.name
    }
  }

  package func setEditorial(_ text: String, of issue: Int64) throws {
    try write { db in try db.run("UPDATE issue SET editorial = ? WHERE key = ?", [text, issue]) }
  }

  package func approve(_ issue: Int64, at instant: Instant) throws {
    try write { db in
      try db.run("UPDATE issue SET approved = ? WHERE key = ?", [instant.seconds, issue])
    }
  }

  package func settleUnsent(of issue: Int64, wasSent: Bool) throws {
    try write { db in
      try db.run(
        """
        UPDATE subscriber SET covered = max(covered, (SELECT through FROM issue WHERE key = :issue))
        WHERE key IN (SELECT subscriber FROM delivery
          WHERE issue = :issue AND kind = 'digest' AND state = 'pending')
        """,
        ["issue": issue]
      )
      try db.run(
        """
        UPDATE delivery SET state = 'cancelled', uncertainTries = uncertainTries + ?
        WHERE issue = ? AND state = 'pending'
        """,
        [wasSent ? 1 : 0, issue]
      )
    }
  }

  package func resend(_ issue: Int64, to recipients: [EmailAddress]) throws -> [EmailAddress] {
    try write { db in
      try recipients.filter { recipient in
        try db.run(
          """
          UPDATE delivery SET kind = 'resend', state = 'pending', notBefore = NULL,
            claimed = NULL, uncertainTries = 0
          WHERE issue = ? AND kind IN ('digest', 'resend') AND state <> 'claimed'
            AND subscriber = (SELECT key FROM subscriber WHERE identity = ?)
          """,
          [issue, recipient.identity]
        )
        return db.changesCount == 0
      }
    }
  }

  package func hasSent() throws -> Bool {
    try read { db in
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM delivery
            WHERE kind IN ('digest', 'resend') AND state IN ('accepted', 'rejected', 'uncertain', 'unknown'))
          """
      ) ?? false
    }
  }

  package func settlePreviewed() throws {
    try write { db in
      try db.run("UPDATE subscriber SET covered = previewed WHERE previewed > covered")
    }
  }

  package func issuesToReport(dueAfter instant: Instant) throws -> [IssueRecord] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT \(issueColumns) FROM issue
          WHERE state = 'planned' AND reported IS NULL AND deliveries > 0 AND slot > ? ORDER BY key
          """,
        arguments: [instant.seconds]
      ).compactMap(issueRecord)
    }
  }

  package func setReported(
    _ issue: Int64,
    at instant: Instant,
    telling reports: [StaffMessage]
  ) throws {
    try write { db in
      try db.run("UPDATE issue SET reported = ? WHERE key = ?", [instant.seconds, issue])
      try db.add(reports)
    }
  }

  package func readerChanges(since instant: Instant) throws -> (new: Int, left: Int) {
    try read { db in
      let new = try Int.fetchOne(
        db,
        sql: "SELECT count(*) FROM subscriber WHERE created > ?",
        arguments: [instant.seconds]
      )
      let left = try Int.fetchOne(
        db,
        sql: "SELECT count(*) FROM suppression WHERE reason = 'left' AND since > ?",
        arguments: [instant.seconds]
      )
      return (new ?? 0, left ?? 0)
    }
  }

  package func titles(of issue: Int64) throws -> [String] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT title FROM issueArticle JOIN article ON article.key = issueArticle.article
          WHERE issue = ? ORDER BY published DESC, id DESC
          """,
        arguments: [issue]
      )
    }
  }
}
