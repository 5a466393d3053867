import GRDB
import Model
package import Store

extension SQLiteSiteStore {
  package func personalData(of subscriber: Int64) throws -> PersonalData? {
    try read { db in
      let statement = try db.cachedStatement(sql: "\(subscriberSQL) WHERE key = ?")
      guard let row = try Row.fetchOne(statement, arguments: [subscriber]),
        let record = try db.subscriberRecord(row, hashAddress)
      else { return nil }
      return try db.personalData(record, hashAddress(record.subscriber.address))
    }
  }
}

extension Database {
  fileprivate func personalData(_ record: SubscriberRecord, _ hash: [UInt8]) throws -> PersonalData
  {
    let key = record.key
    let created = try cachedStatement(sql: "SELECT created FROM subscriber WHERE key = ?")
    return PersonalData(
      key: key,
      subscriber: record.subscriber,
      created: Instant(seconds: try Int64.fetchOne(created, arguments: [key]) ?? 0),
      pausedUntil: record.pausedUntil,
      topics: try chosenTopics(of: key),
      suppression: try storedSuppression(hash),
      consents: try consents(of: key, hash),
      requests: try requests(of: key, hash),
      messages: try messages(to: record),
      missed: try missedIssues(of: key)
    )
  }

  private func rows(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
    try Row.fetchAll(try cachedStatement(sql: sql), arguments: arguments)
  }

  private func chosenTopics(of key: Int64) throws -> [PersonalData.ChosenTopic] {
    try rows(
      """
      SELECT slug, chosen FROM subscription JOIN topic ON topic.key = subscription.topic
      WHERE subscriber = ? ORDER BY ordinal
      """,
      [key]
    ).compactMap { row in
      Slug(row[0]).map { PersonalData.ChosenTopic(slug: $0, chosen: Instant(seconds: row[1])) }
    }
  }

  private func consents(of key: Int64, _ hash: [UInt8]) throws -> [PersonalData.GivenConsent] {
    try rows(
      """
      SELECT source, given, requested, shownVersion, shownHash, ip FROM consent
      WHERE subscriber = ?
        OR addressHash = ? AND subscriber IS NULL ORDER BY key
      """,
      [key, data(hash)]
    ).map { row in
      PersonalData.GivenConsent(
        consent: Consent(given: Instant(seconds: row[1]), source: row[0]),
        requested: row.instant(2),
        shown: ShownText(row, at: 3),
        ip: row[5]
      )
    }
  }

  private func requests(of key: Int64, _ hash: [UInt8]) throws -> [PersonalData.Request] {
    try rows(
      """
      SELECT address, choices, requested, expires, confirmed, shownVersion, shownHash
      FROM confirmation WHERE addressHash = ? OR subscriber = ? ORDER BY requested, tokenHash
      """,
      [data(hash), key]
    ).compactMap(PersonalData.Request.init)
  }

  private func missedIssues(of key: Int64) throws -> [IssueName] {
    try rows(
      """
      SELECT digest, issue.date FROM absence JOIN issue ON issue.key = absence.issue
      WHERE subscriber = ? ORDER BY slot
      """,
      [key]
    ).compactMap { $0.issueName(0) }
  }
}

extension Database {
  fileprivate func messages(to record: SubscriberRecord) throws -> [PersonalData.Message] {
    let omitted = try omittedArticles(of: record.key)
    return try rows(
      """
      SELECT delivery.key, digest, issue.date, delivery.kind, delivery.state, attempts,
        delivery.date, notBefore, settled, reply, refusal.kind, refusal.code, refusal.text,
        refusal.reported
      FROM delivery LEFT JOIN issue ON issue.key = delivery.issue
      LEFT JOIN refusal ON refusal.delivery = delivery.key
      WHERE delivery.key IN (SELECT key FROM delivery WHERE subscriber = ?
        UNION SELECT key FROM delivery WHERE recipient IS NOT NULL AND lower(recipient) = ?)
      ORDER BY delivery.key
      """,
      [record.key, record.subscriber.address.identity]
    ).compactMap { PersonalData.Message($0, omitted: omitted[$0[0]] ?? []) }
  }

  /// By delivery, the articles that the message did not list after all.
  private func omittedArticles(of key: Int64) throws -> [Int64: [String]] {
    let rows = try rows(
      """
      SELECT delivery.key, article.id FROM delivery
      JOIN omission ON omission.delivery = delivery.key
      JOIN article ON article.key = omission.article
      WHERE subscriber = ? ORDER BY delivery.key, article.key
      """,
      [key]
    )
    return Dictionary(rows.map { ($0[0], [$0[1]]) }, uniquingKeysWith: +)
  }
}
