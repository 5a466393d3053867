import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func mailHold() throws -> MailHold? {
    try read { db in
      let row = try Row.fetchOne(db, sql: "SELECT reason, copied, noticed FROM mailHold")
      guard let row else { return nil }
      return MailHold(
        MailHold.Reason(rawValue: row[0]) ?? .restored,
        copied: (row[1] as Int64?).map(Instant.init(seconds:)),
        noticed: (row[2] as Int64?).map(Instant.init(seconds:))
      )
    }
  }

  package func holdMail(_ hold: MailHold) throws {
    try write { try $0.holdMail(hold) }
  }

  package func releaseMail(as sending: SendingRecord) throws {
    try write { db in
      try db.run("DELETE FROM mailHold")
      try db.run(
        "UPDATE state SET sendings = ?, machine = ?",
        [sending.count, sending.machine]
      )
    }
  }

  package func sending() throws -> SendingRecord {
    try read { db in
      let row = try Row.fetchOne(db, sql: "SELECT sendings, machine FROM state")
      return SendingRecord(count: row?[0] ?? 0, machine: row?[1])
    }
  }

  package func noteSending(from machine: String?) throws -> Int64 {
    try write { db in
      let statement = try db.cachedStatement(
        sql: "UPDATE state SET sendings = sendings + 1, machine = ? RETURNING sendings"
      )
      return try Int64.fetchOne(statement, arguments: [machine]) ?? 0
    }
  }

  package func countAsSent(dueBy instant: Instant) throws -> Int {
    try write { db in
      let count = try db.coverWaiting(dueBy: instant)
      try db.endWaiting(dueBy: instant)
      try db.goOn(dueBy: instant)
      return count
    }
  }

  package func replay(_ departures: [Departure]) throws -> Int {
    var count = 0
    var erased: Set<[UInt8]> = []
    for batch in batches(of: departures) {
      try write { db in
        for departure in batch where try !db.hasReturned(departure) {
          if try db.suppress(departure) { count += 1 }
          if departure.reason == .erased { erased.insert(departure.addressHash) }
        }
      }
    }
    try forget(erased)
    return count
  }

  /// Removes those subscribers, found by their addresses' hashes, and all that was kept of them.
  private func forget(_ erased: Set<[UInt8]>) throws {
    guard !erased.isEmpty else { return }
    var known: [EmailAddress] = []
    try eachSubscriber { record in
      let address = record.subscriber.address
      if erased.contains(hashAddress(address)) { known.append(address) }
    }
    try write { db in
      for address in known { try db.eraseAll(of: address, hashAddress(address)) }
      for hash in erased { try db.eraseRequests(of: hash) }
    }
    try emptyLog()
  }
}

/// No write transaction is longer.
private func batches(of departures: [Departure]) -> [ArraySlice<Departure>] {
  stride(from: 0, to: departures.count, by: 500).map { departures[$0...].prefix(500) }
}

extension Database {
  func holdMail(_ hold: MailHold) throws {
    try run(
      "INSERT OR REPLACE INTO mailHold (id, reason, copied, noticed) VALUES (1, ?, ?, ?)",
      [hold.reason.rawValue, hold.copied?.seconds, hold.noticed?.seconds]
    )
    if let noticed = hold.noticed { try skipKeys(at: noticed) }
  }

  /// Gives no key again that the lost store may have given: Message-IDs and links to leave are made
  /// from them, and would be somebody else's.
  ///
  /// A thousand a second since 1970 are more than any store has given.
  private func skipKeys(at instant: Instant) throws {
    for table in ["subscriber", "issue", "delivery"] {
      let key = instant.seconds * 1000
      try run("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", [key, table])
      guard changesCount == 0 else { continue }
      try run("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table, key])
    }
  }

  /// Whether the address was subscribed again after it had left.
  fileprivate func hasReturned(_ departure: Departure) throws -> Bool {
    let statement = try cachedStatement(
      sql: "SELECT EXISTS (SELECT 1 FROM consent WHERE addressHash = ? AND given > ?)"
    )
    return try Bool.fetchOne(
      statement,
      arguments: [data(departure.addressHash), departure.date.seconds]
    ) ?? false
  }

  fileprivate func suppress(_ departure: Departure) throws -> Bool {
    try run(
      "INSERT OR IGNORE INTO suppression (addressHash, reason, since) VALUES (?, ?, ?)",
      [data(departure.addressHash), departure.reason.rawValue, departure.date.seconds]
    )
    return changesCount > 0
  }
}

/// The deliveries whose messages may have gone out, of issues that were due by an instant.
private let waitingDeliveries = """
  FROM delivery LEFT JOIN issue ON issue.key = delivery.issue
  WHERE delivery.state IN ('pending', 'claimed', 'uncertain')
    AND (issue.key IS NULL OR issue.slot <= :instant AND issue.state <> 'planning')
  """

extension Database {
  /// - Returns: how many deliveries wait.
  fileprivate func coverWaiting(dueBy instant: Instant) throws -> Int {
    try run(
      """
      UPDATE subscriber SET covered = max(covered, waiting.through)
      FROM (SELECT subscriber AS key, max(through) AS through \(waitingDeliveries)
        AND issue.key IS NOT NULL GROUP BY subscriber) AS waiting
      WHERE waiting.key = subscriber.key
      """,
      ["instant": instant.seconds]
    )
    return try Int.fetchOne(
      self,
      sql: "SELECT count(*) \(waitingDeliveries)",
      arguments: ["instant": instant.seconds]
    ) ?? 0
  }

  /// A try more whose fate nobody knows: what is sent again in spite of it is sent once.
  fileprivate func endWaiting(dueBy instant: Instant) throws {
    try run(
      """
      UPDATE delivery SET uncertainTries = uncertainTries + 1,
        state = iif(state = 'uncertain', 'unknown', 'cancelled')
      WHERE key IN (SELECT delivery.key \(waitingDeliveries))
      """,
      ["instant": instant.seconds]
    )
  }

  /// Makes the issues that waited such as this store saw going out.
  fileprivate func goOn(dueBy instant: Instant) throws {
    try run(
      """
      UPDATE webEdition SET isStale = 1
      WHERE issue IN (SELECT key FROM issue WHERE state IN ('held', 'review') AND slot <= ?)
      """,
      [instant.seconds]
    )
    try run(
      """
      UPDATE issue SET state = 'planned', holdReason = NULL, reported = coalesce(reported, slot)
      WHERE state IN ('held', 'review') AND slot <= ?
      """,
      [instant.seconds]
    )
  }
}
