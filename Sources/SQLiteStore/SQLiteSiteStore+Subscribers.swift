import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func put(
    _ changes: [SubscriberChange],
    asOf: Instant
  ) throws -> [SubscriberResult] {
    try write { db in
      try changes.map { change in
        let hash = hashAddress(change.subscriber.address)
        switch change.standing {
        case .suppressed(let reason):
          return try db.suppress(change.subscriber.address, hash, reason, asOf: asOf)
        case .active(let consent):
          guard try db.suppression(hash) == nil else { return .suppressed }
          return try db.put(change.subscriber, hash, consent, asOf: asOf)
        }
      }
    }
  }

  package func eachSubscriber(_ visit: (SubscriberRecord) throws -> Void) throws {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT key, address, name, language, cadence, covered, previewed FROM subscriber
          ORDER BY key
          """
      )
      while let row = try rows.next() {
        guard let record = try db.subscriberRecord(row, hashAddress) else { continue }
        try visit(record)
      }
    }
  }
}

extension Database {
  func suppression(_ addressHash: [UInt8]) throws -> SuppressionReason? {
    let statement = try cachedStatement(
      sql: "SELECT reason FROM suppression WHERE addressHash = ?"
    )
    return try String.fetchOne(statement, arguments: [data(addressHash)])
      .flatMap(SuppressionReason.init(rawValue:))
  }

  fileprivate func subscriberRecord(
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
      suppression: try suppression(hashAddress(address)),
      consent: try consent(of: row[0])
    )
  }

  private func consent(of subscriber: Int64) throws -> Consent? {
    let statement = try cachedStatement(
      sql: "SELECT given, source FROM consent WHERE subscriber = ? ORDER BY key DESC LIMIT 1"
    )
    return try Row.fetchOne(statement, arguments: [subscriber])
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

  fileprivate func suppress(
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
    let existing = try Row.fetchOne(
      try cachedStatement(
        sql: "SELECT key, address, name, language, cadence FROM subscriber WHERE identity = ?"
      ),
      arguments: [subscriber.address.identity]
    )
    guard let existing else {
      try insert(subscriber, hash, consent, asOf: asOf)
      return .added
    }
    let key: Int64 = existing[0]
    let rowChanged =
      existing[2] != subscriber.name || existing[3] != subscriber.language.tag
      || existing[4] != subscriber.cadence.rawValue
    if rowChanged {
      try run(
        "UPDATE subscriber SET name = ?, language = ?, cadence = ? WHERE key = ?",
        [subscriber.name, subscriber.language.tag, subscriber.cadence.rawValue, key]
      )
    }
    let topicsChanged = try setTopics(of: key, subscriber, asOf: asOf)
    if try self.consent(of: key)?.source != consent.source { try record(consent, of: key, hash) }
    return rowChanged || topicsChanged ? .changed : .unchanged
  }

  private func insert(
    _ subscriber: Subscriber,
    _ hash: [UInt8],
    _ consent: Consent,
    asOf: Instant
  ) throws {
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
    try record(consent, of: key, hash)
    _ = try setTopics(of: key, subscriber, asOf: asOf)
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
        VALUES (?, ?, coalesce((SELECT max(through) FROM issue
          WHERE digest = ? AND state IN ('planned', 'held', 'missed')), 0), ?)
        """,
        [key, topic, subscriber.cadence.rawValue, asOf.seconds]
      )
    }
    return wanted != chosen
  }
}
