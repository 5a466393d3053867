import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func articles(
    in range: ReleaseRange,
    atMost limit: Int,
    previewing: Bool
  ) throws -> [IssueArticle] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT key, offered, firstOffered, revision FROM article
          WHERE offered > ? AND offered <= ? AND isVisible AND inDigest
          ORDER BY offered DESC LIMIT ?
          """,
        arguments: [range.after, range.through, limit]
      )
      let entries = try EntryReader(db)
      return try rows.compactMap { row in
        try entries.entry(row[0]).map { try db.issueArticle(row, $0, previewing: previewing) }
      }
    }
  }

  package func errata(
    through release: Int64,
    cadence: Cadence,
    previewing: Bool
  ) throws -> [IssueErratum] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT key, erratum, erratumRelease FROM article
          WHERE erratumRelease <= ? AND isVisible ORDER BY erratumRelease DESC LIMIT ?
          """,
        arguments: [release, mostErrata]
      )
      let entries = try EntryReader(db)
      return try rows.compactMap { row in
        let readers = try db.readers(
          of: row[0],
          waitingFor: row[2],
          cadence: cadence,
          previewing: previewing
        )
        guard !readers.isEmpty, let entry = try entries.entry(row[0]) else { return nil }
        return IssueErratum(
          article: row[0],
          text: row[1],
          release: row[2],
          readers: readers,
          entry: entry
        )
      }
    }
  }

  package func addAbsences(_ subscribers: [Int64], from issue: Int64) throws {
    try write { db in
      for subscriber in subscribers { try db.addAbsence(subscriber, from: issue) }
    }
  }

  package func absences(previewing: Bool) throws -> [Int64: [MissedIssue]] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT subscriber, digest, date, through FROM absence
          JOIN issue ON issue.key = absence.issue
          JOIN subscriber ON subscriber.key = absence.subscriber
          WHERE state <> 'cancelled' AND through > \(settledMark(previewing))
          ORDER BY through, issue.key
          """
      )
      let missed = rows.compactMap { row in
        CivilDate(row[2] as String).map { date in
          (
            row[0] as Int64,
            [MissedIssue(name: IssueName(digest: row[1], date: date), through: row[3])]
          )
        }
      }
      return Dictionary(missed, uniquingKeysWith: +)
    }
  }
}

/// An issue looks at so many of the latest corrections at most.
private let mostErrata = 20

/// The releases of a subscriber that are settled; what is in the outbox settles no mail.
private func settledMark(_ previewing: Bool) -> String {
  previewing ? "max(subscriber.covered, subscriber.previewed)" : "subscriber.covered"
}

extension Database {
  func addAbsence(_ subscriber: Int64, from issue: Int64) throws {
    try run(
      "INSERT OR IGNORE INTO absence (subscriber, issue) VALUES (?, ?)",
      [subscriber, issue]
    )
  }

  /// An article that is offered for the first time is new to all.
  fileprivate func issueArticle(
    _ row: Row,
    _ entry: Entry,
    previewing: Bool
  ) throws -> IssueArticle {
    let key: Int64 = row[0]
    let (release, firstRelease): (Int64, Int64) = (row[1], row[2])
    return IssueArticle(
      key: key,
      release: release,
      firstRelease: firstRelease,
      readers: release == firstRelease ? [] : try readers(of: key, previewing: previewing),
      revision: row[3],
      entry: entry
    )
  }

  /// The subscribers who got, or may have got, a message that lists an article.
  ///
  /// - Parameters:
  ///   - erratum: the release that they have not settled yet.
  ///   - cadence: how often they get mail; nil for all.
  fileprivate func readers(
    of article: Int64,
    waitingFor erratum: Int64 = .max,
    cadence: Cadence? = nil,
    previewing: Bool
  ) throws -> Set<Int64> {
    let statement = try cachedStatement(
      sql: """
        SELECT subscriber.key FROM groupArticle AS listed
        JOIN delivery ON delivery.issue = listed.issue AND groupNumber = listed.number
        JOIN subscriber ON subscriber.key = delivery.subscriber
        WHERE listed.article = :article
          AND (state = 'accepted' OR uncertainTries > 0 OR :previewing AND state = 'previewed')
          AND \(settledMark(previewing)) < :erratum AND cadence = coalesce(:cadence, cadence)
          AND NOT EXISTS (SELECT 1 FROM omission
            WHERE omission.delivery = delivery.key AND omission.article = listed.article)
        """
    )
    return try Int64.fetchSet(
      statement,
      arguments: [
        "article": article, "erratum": erratum, "cadence": cadence?.rawValue,
        "previewing": previewing,
      ]
    )
  }
}
