import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func put(
    _ changes: [SubscriberChange],
    asOf: Instant
  ) throws -> [SubscriberResult] {
    try write { db in
      var left: [Departure] = []
      let results = try changes.map { change in
        let hash = hashAddress(change.subscriber.address)
        switch change.standing {
        case .suppressed(let reason):
          let result = try db.suppress(change.subscriber.address, hash, reason, asOf: asOf)
          if result == .added {
            left.append(Departure(addressHash: hash, reason: reason, date: asOf))
          }
          return result
        case .active(let consent):
          guard try db.suppression(hash) == nil else { return SubscriberResult.suppressed }
          return try db.put(change.subscriber, hash, consent, asOf: asOf)
        }
      }
      // Before the commit, so that what is said to be done is in both.
      try departures.append(left)
      return results
    }
  }

  package func subscriber(_ address: EmailAddress) throws -> SubscriberRecord? {
    try read { db in
      let statement = try db.cachedStatement(sql: "\(subscriberSQL) WHERE identity = ?")
      return try Row.fetchOne(statement, arguments: [address.identity])
        .flatMap { try db.subscriberRecord($0, hashAddress) }
    }
  }

  package func update(_ record: SubscriberRecord, asOf: Instant) throws {
    try write { db in
      _ = try db.setChoices(of: record.key, record.subscriber, asOf: asOf)
      try db.run(
        "UPDATE subscriber SET pausedUntil = ? WHERE key = ?",
        [record.pausedUntil?.seconds, record.key]
      )
    }
  }

  package func move(
    _ subscriber: Int64,
    to address: EmailAddress,
    telling letter: DoorLetter?,
    asOf: Instant
  ) throws -> Bool {
    let hash = hashAddress(address)
    return try write { db in
      guard let former = try db.address(ofSubscriber: subscriber).map(hashAddress),
        try db.canMove(from: former, to: hash)
      else { return false }
      try db.run(
        """
        UPDATE OR IGNORE subscriber SET address = ?, identity = ? WHERE key = ?
        """,
        [address.description, address.identity, subscriber]
      )
      guard db.changesCount > 0 else { return false }
      guard former != hash else { return true }
      try db.recordMove(of: subscriber, to: hash, asOf: asOf)
      if let letter { try db.keep(letter, former, asOf: asOf) }
      try departures.append([Departure(addressHash: former, reason: .left, date: asOf)])
      return true
    }
  }

  package func eachSubscriber(_ visit: (SubscriberRecord) throws -> Void) throws {
    try read { db in
      let rows = try Row.fetchCursor(db, sql: "\(subscriberSQL) ORDER BY key")
      while let row = try rows.next() {
        guard let record = try db.subscriberRecord(row, hashAddress) else { continue }
        try visit(record)
      }
    }
  }

  package func subscribers(after key: Int64, atMost limit: Int) throws -> [SubscriberRecord] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "\(subscriberSQL) WHERE key > ? ORDER BY key"
      )
      let rows = try Row.fetchCursor(statement, arguments: [key])
      var records: [SubscriberRecord] = []
      while records.count < limit, let row = try rows.next() {
        if let record = try db.subscriberRecord(row, hashAddress) { records.append(record) }
      }
      return records
    }
  }
}

/// The source of what is in the ledger of consents because of a move: the consent is an older one.
private let changeOfAddress = "change of address"

let subscriberSQL = """
  SELECT key, address, name, language, cadence, covered, previewed, pausedUntil FROM subscriber
  """

extension Database {
  /// Whether neither address has said that it wants no mail; one that was dead may be left behind.
  fileprivate func canMove(from former: [UInt8], to hash: [UInt8]) throws -> Bool {
    let reason = try suppression(former)
    return try (reason == nil || reason == .dead) && suppression(hash) == nil
  }

  /// Whoever returns to an address that they left has said so later.
  fileprivate func recordMove(of subscriber: Int64, to hash: [UInt8], asOf: Instant) throws {
    try run(
      "INSERT INTO consent (subscriber, addressHash, source, given) VALUES (?, ?, ?, ?)",
      [subscriber, data(hash), changeOfAddress, asOf.seconds]
    )
  }

  func suppression(_ addressHash: [UInt8]) throws -> SuppressionReason? {
    let statement = try cachedStatement(
      sql: "SELECT reason FROM suppression WHERE addressHash = ?"
    )
    return try String.fetchOne(statement, arguments: [data(addressHash)])
      .flatMap(SuppressionReason.init(rawValue:))
  }

  func subscriberRecord(
    _ row: Row,
    _ hashAddress: (EmailAddress) -> [UInt8]
  ) throws -> SubscriberRecord? {
    guard let address = EmailAddress(row[1]), let language = Language(row[3]) else { return nil }
    let since = try since(of: row[0])
    return SubscriberRecord(
      key: row[0],
      subscriber: Subscriber(
        address: address,
        name: row[2],
        language: language,
        cadence: Cadence(rawValue: row[4]) ?? .weekly,
        topics: since.map(\.topic)
      ),
      covered: row[5],
      previewed: row[6],
      since: Dictionary(uniqueKeysWithValues: since.map { ($0.topic, $0.release) }),
      pausedUntil: (row[7] as Int64?).map(Instant.init(seconds:)),
      suppression: try suppression(hashAddress(address)),
      consent: try consent(of: row[0])
    )
  }

  private func consent(of subscriber: Int64) throws -> Consent? {
    let statement = try cachedStatement(
      sql: """
        SELECT given, source FROM consent WHERE subscriber = ? AND source <> ?
        ORDER BY key DESC LIMIT 1
        """
    )
    return try Row.fetchOne(statement, arguments: [subscriber, changeOfAddress])
      .map { Consent(given: Instant(seconds: $0[0]), source: $0[1]) }
  }

  /// The subscriber's topics in the site's order, and the release at which each was chosen.
  private func since(of subscriber: Int64) throws -> [(topic: Slug, release: Int64)] {
    let statement = try cachedStatement(
      sql: """
        SELECT slug, since FROM subscription JOIN topic ON topic.key = subscription.topic
        WHERE subscriber = ? ORDER BY ordinal
        """
    )
    return try Row.fetchAll(statement, arguments: [subscriber]).compactMap { row in
      Slug(row[0]).map { ($0, row[1]) }
    }
  }

  func suppress(
    _ address: EmailAddress,
    _ hash: [UInt8],
    _ reason: SuppressionReason,
    asOf: Instant
  ) throws -> SubscriberResult {
    guard try suppression(hash) == nil else { return .unchanged }
    try run(
      "INSERT INTO suppression (addressHash, reason, since) VALUES (?, ?, ?)",
      [data(hash), reason.rawValue, asOf.seconds]
    )
    return .added
  }

  fileprivate func put(
    _ subscriber: Subscriber,
    _ hash: [UInt8],
    _ consent: Consent,
    asOf: Instant
  ) throws -> SubscriberResult {
    let existing = try Int64.fetchOne(
      try cachedStatement(sql: "SELECT key FROM subscriber WHERE identity = ?"),
      arguments: [subscriber.address.identity]
    )
    guard let key = existing else {
      try record(consent, of: try insert(subscriber, asOf: asOf), hash)
      return .added
    }
    let isChanged = try setChoices(of: key, subscriber, asOf: asOf)
    if try self.consent(of: key)?.source != consent.source { try record(consent, of: key, hash) }
    return isChanged ? .changed : .unchanged
  }

  /// Writes the name, language, cadence and topics.
  ///
  /// - Returns: whether anything is different now.
  func setChoices(
    of key: Int64,
    _ subscriber: Subscriber,
    asOf: Instant
  ) throws -> Bool {
    try run(
      """
      UPDATE subscriber SET name = :name, language = :language, cadence = :cadence
      WHERE key = :key AND (name IS NOT :name OR language <> :language OR cadence <> :cadence)
      """,
      [
        "name": subscriber.name, "language": subscriber.language.tag,
        "cadence": subscriber.cadence.rawValue, "key": key,
      ]
    )
    let isChanged = changesCount > 0
    if isChanged { try beginWithNextIssue(key, of: subscriber.cadence) }
    return try setTopics(of: key, subscriber, asOf: asOf) || isChanged
  }

  /// Who has changed the cadence before the first issue of the old one begins as new subscribers of
  /// the new one do.
  private func beginWithNextIssue(_ key: Int64, of cadence: Cadence) throws {
    try run(
      """
      UPDATE subscription SET since = coalesce((\(lastReleaseOfDigest)), -1)
      WHERE subscriber = :subscriber AND since < 0
      """,
      ["digest": cadence.rawValue, "subscriber": key]
    )
  }

  /// - Returns: the key of the new subscriber.
  func insert(_ subscriber: Subscriber, asOf: Instant) throws -> Int64 {
    try run(
      """
      INSERT INTO subscriber (address, identity, name, language, cadence, created)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        subscriber.address.description, subscriber.address.identity, subscriber.name,
        subscriber.language.tag, subscriber.cadence.rawValue, asOf.seconds,
      ]
    )
    let key = lastInsertedRowID
    _ = try setTopics(of: key, subscriber, asOf: asOf)
    return key
  }

  private func record(_ consent: Consent, of key: Int64, _ hash: [UInt8]) throws {
    try run(
      "INSERT INTO consent (subscriber, addressHash, source, given) VALUES (?, ?, ?, ?)",
      [key, data(hash), consent.source, consent.given.seconds]
    )
  }

  /// Adds the topics that are new and drops those that are gone; a new one is owed from the last
  /// issue of the cadence on.
  private func setTopics(
    of key: Int64,
    _ subscriber: Subscriber,
    asOf: Instant
  ) throws -> Bool {
    let wanted = try Set(subscriber.topics.compactMap(topicKey))
    let chosen = try Set(
      Int64.fetchAll(
        try cachedStatement(sql: "SELECT topic FROM subscription WHERE subscriber = ?"),
        arguments: [key]
      )
    )
    for topic in chosen.subtracting(wanted) {
      try run("DELETE FROM subscription WHERE subscriber = ? AND topic = ?", [key, topic])
    }
    for topic in wanted.subtracting(chosen).sorted() {
      try run(
        """
        INSERT INTO subscription (subscriber, topic, since, chosen)
        VALUES (:subscriber, :topic, coalesce((\(lastReleaseOfDigest)), -1), :asOf)
        """,
        [
          "subscriber": key, "topic": topic, "digest": subscriber.cadence.rawValue,
          "asOf": asOf.seconds,
        ]
      )
    }
    return wanted != chosen
  }
}
