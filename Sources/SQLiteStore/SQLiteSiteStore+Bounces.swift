import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func editionsSent(
    to address: EmailAddress,
    atMost limit: Int
  ) throws -> [SentEdition] {
    try read { db in
      let statement = try db.cachedStatement(
        sql:
          "\(sentSQL) WHERE identity = ? AND delivery.date IS NOT NULL ORDER BY delivery.key DESC"
      )
      let rows = try Row.fetchCursor(statement, arguments: [address.identity])
      var editions: [SentEdition] = []
      while editions.count < limit, let row = try rows.next() {
        if let edition = SentEdition(row) { editions.append(edition) }
      }
      return editions
    }
  }

  package func editionSent(by delivery: Int64) throws -> SentEdition? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "\(sentSQL) WHERE delivery.key = ? AND delivery.date IS NOT NULL"
      )
      return try Row.fetchOne(statement, arguments: [delivery]).flatMap(SentEdition.init)
    }
  }

  package func address(ofSubscriber key: Int64) throws -> EmailAddress? {
    try read { try $0.address(ofSubscriber: key) }
  }

  package func take(
    _ findings: [ReturnFinding],
    from identity: [UInt8],
    at instant: Instant
  ) throws -> [ReturnEffect]? {
    try write { db in
      try db.run(
        "INSERT OR IGNORE INTO returnedMail (identity, taken) VALUES (?, ?)",
        [data(identity), instant.seconds]
      )
      guard db.changesCount > 0 else { return nil }
      let effects = try findings.map { try db.act(on: $0, at: instant, hashAddress) }
      try departures.append(effects.compactMap { departure(by: $0, at: instant) })
      return effects
    }
  }

  private func departure(by effect: ReturnEffect, at instant: Instant) -> Departure? {
    guard case .suppressed(let address, let reason) = effect else { return nil }
    return Departure(addressHash: hashAddress(address), reason: reason, date: instant)
  }

  package func noteRefusal(
    _ refusal: Refusal,
    of delivery: Int64,
    at instant: Instant
  ) throws -> ReturnEffect {
    try write { try $0.noteRefusal(refusal, of: delivery, at: instant, hashAddress) }
  }

  package func refusals(
    of issue: IssueName
  ) throws -> (sent: Int, refused: [RefusalClass: Int]) {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT refusal.kind, count(*) FROM delivery
          JOIN issue ON issue.key = delivery.issue
          LEFT JOIN refusal ON refusal.delivery = delivery.key
          WHERE digest = ? AND issue.date = ? AND delivery.date IS NOT NULL
          GROUP BY refusal.kind
          """,
        arguments: [issue.digest, issue.date.description]
      )
      let refused = rows.compactMap { row in
        (row[0] as String?).flatMap(RefusalClass.init).map { ($0, row[1] as Int) }
      }
      let sent = rows.reduce(0) { $0 + ($1[1] as Int) }
      return (sent, Dictionary(refused, uniquingKeysWith: +))
    }
  }
}

extension SQLiteSiteStore {
  package func suppress(
    _ address: EmailAddress,
    _ suppression: Suppression
  ) throws -> Suppression {
    let hash = hashAddress(address)
    return try write { db in
      try db.suppress(hash, suppression)
      let (reason, date) = (suppression.reason, suppression.since)
      try departures.append([Departure(addressHash: hash, reason: reason, date: date)])
      return try db.storedSuppression(hash) ?? suppression
    }
  }

  package func suppression(of address: EmailAddress) throws -> Suppression? {
    try read { try $0.storedSuppression(hashAddress(address)) }
  }

  package func liftSuppression(of address: EmailAddress) throws -> Bool {
    try write { db in
      try db.run(
        "DELETE FROM suppression WHERE addressHash = ?",
        [data(hashAddress(address))]
      )
      return db.changesCount > 0
    }
  }

  package func suppressionCounts() throws -> [SuppressionReason: Int] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: "SELECT reason, count(*) FROM suppression GROUP BY reason"
      )
      return Dictionary(
        uniqueKeysWithValues: rows.compactMap { row in
          SuppressionReason(rawValue: row[0]).map { ($0, row[1]) }
        }
      )
    }
  }
}

private let sentSQL = """
  SELECT delivery.key, digest, issue.date, subscriber.key, address FROM delivery
  JOIN issue ON issue.key = delivery.issue
  JOIN subscriber ON subscriber.key = delivery.subscriber
  """

extension SentEdition {
  fileprivate init?(_ row: Row) {
    guard let date = CivilDate(row[2] as String), let recipient = EmailAddress(row[4] as String)
    else {
      return nil
    }
    self.init(
      delivery: row[0],
      issue: IssueName(digest: row[1], date: date),
      subscriber: row[3],
      recipient: recipient
    )
  }
}

extension Database {
  fileprivate func act(
    on finding: ReturnFinding,
    at instant: Instant,
    _ hashAddress: (EmailAddress) -> [UInt8]
  ) throws -> ReturnEffect {
    switch finding {
    case .refused(let delivery, let refusal):
      try noteRefusal(refusal, of: delivery, at: instant, hashAddress)
    case .complaint(let subscriber):
      try end(subscriber, .complaint, evidence: nil, at: instant, hashAddress)
    case .left(let subscriber):
      try end(subscriber, .left, evidence: "by mail", at: instant, hashAddress)
    }
  }

  /// Records a refusal, and suppresses the recipient where it means that nobody is there any more.
  ///
  /// To be called in the transaction that settles a delivery, for what the relay refuses itself.
  func noteRefusal(
    _ refusal: Refusal,
    of delivery: Int64,
    at instant: Instant,
    _ hashAddress: (EmailAddress) -> [UInt8]
  ) throws -> ReturnEffect {
    // The first word stands, but for one that says more clearly that nobody is there.
    try run(
      """
      INSERT INTO refusal (delivery, kind, code, text, reported) VALUES (:key, :kind, :code, :text, :now)
      ON CONFLICT DO UPDATE SET kind = excluded.kind, code = excluded.code, text = excluded.text
        WHERE excluded.kind = 'dead' AND kind <> 'dead'
      """,
      [
        "key": delivery, "kind": refusal.kind.rawValue, "code": refusal.code,
        "text": refusal.text, "now": instant.seconds,
      ]
    )
    guard let edition = try sentEdition(delivery) else { return .noted }
    let wear = refusal.kind.wearsOut ? try wear(of: edition.subscriber) : nil
    guard refusal.kind == .dead || wear?.isThrough == true else { return .noted }
    let words = "\(edition.issue): \(refusal.text.isEmpty ? refusal.code : refusal.text)"
    let evidence = wear.map { "\(words) (\($0.issues) issues in a row)" } ?? words
    return try end(edition.subscriber, .dead, evidence: evidence, at: instant, hashAddress)
  }

  private func sentEdition(_ delivery: Int64) throws -> SentEdition? {
    try Row.fetchOne(
      try cachedStatement(sql: "\(sentSQL) WHERE delivery.key = ?"),
      arguments: [delivery]
    ).flatMap(SentEdition.init)
  }

  /// How many issues in a row a subscriber's address refused, and over how long.
  private func wear(of subscriber: Int64) throws -> Wear {
    let rows = try Row.fetchAll(
      try cachedStatement(
        sql: """
          SELECT slot, refusal.kind FROM delivery
          JOIN issue ON issue.key = delivery.issue
          LEFT JOIN refusal ON refusal.delivery = delivery.key
          WHERE subscriber = ? AND delivery.date IS NOT NULL
          ORDER BY slot DESC LIMIT 100
          """
      ),
      arguments: [subscriber]
    )
    var wear = Wear()
    for row in rows {
      let kind = (row[1] as String?).flatMap(RefusalClass.init)
      guard wear.add(kind, slot: Instant(seconds: row[0])) else { break }
    }
    return wear
  }

  /// Ends what is sent to a subscriber.
  private func end(
    _ subscriber: Int64,
    _ reason: SuppressionReason,
    evidence: String?,
    at instant: Instant,
    _ hashAddress: (EmailAddress) -> [UInt8]
  ) throws -> ReturnEffect {
    guard let address = try address(ofSubscriber: subscriber) else { return .noted }
    let suppression = Suppression(reason: reason, evidence: evidence, since: instant)
    let isNew = try suppress(hashAddress(address), suppression)
    return isNew ? .suppressed(address, reason) : .noted
  }

  func address(ofSubscriber key: Int64) throws -> EmailAddress? {
    let statement = try cachedStatement(sql: "SELECT address FROM subscriber WHERE key = ?")
    return try String.fetchOne(statement, arguments: [key]).flatMap { EmailAddress($0) }
  }

  /// Suppresses an address, unless it is for a reason that weighs as much or more.
  ///
  /// - Returns: whether it was done.
  @discardableResult
  fileprivate func suppress(_ hash: [UInt8], _ suppression: Suppression) throws -> Bool {
    if let old = try self.suppression(hash), old.weight >= suppression.reason.weight {
      return false
    }
    try run(
      """
      INSERT OR REPLACE INTO suppression (addressHash, reason, evidence, since)
      VALUES (?, ?, ?, ?)
      """,
      [
        data(hash), suppression.reason.rawValue, suppression.evidence, suppression.since.seconds,
      ]
    )
    return true
  }

  func storedSuppression(_ hash: [UInt8]) throws -> Suppression? {
    let statement = try cachedStatement(
      sql: "SELECT reason, evidence, since FROM suppression WHERE addressHash = ?"
    )
    return try Row.fetchOne(statement, arguments: [data(hash)]).flatMap { row in
      SuppressionReason(rawValue: row[0]).map {
        Suppression(reason: $0, evidence: row[1], since: Instant(seconds: row[2]))
      }
    }
  }
}

/// How an address refuses issue after issue, counted from the last one back.
private struct Wear {
  private(set) var issues = 0
  private var first: Instant?
  private var last: Instant?

  var isThrough: Bool {
    guard let first, let last else { return false }
    return issues >= SQLiteSiteStore.worn && last.since(first) >= SQLiteSiteStore.wornAfter
  }

  /// Adds an issue before those until now.
  ///
  /// - Returns: whether the row goes on: an issue that was not refused ends it. Reports on the
  ///   latest issues may still be on their way, and refusals that are not about the address say
  ///   nothing about it.
  mutating func add(_ kind: RefusalClass?, slot: Instant) -> Bool {
    guard let kind else { return issues == 0 }
    guard kind.wearsOut else { return true }
    issues += 1
    first = slot
    last = last ?? slot
    return true
  }
}
