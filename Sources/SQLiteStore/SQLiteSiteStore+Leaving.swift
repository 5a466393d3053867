import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func subscriber(_ key: Int64) throws -> SubscriberRecord? {
    try read { db in
      let statement = try db.cachedStatement(sql: "\(subscriberSQL) WHERE key = ?")
      return try Row.fetchOne(statement, arguments: [key])
        .flatMap { try db.subscriberRecord($0, hashAddress) }
    }
  }

  package func leave(_ subscribers: [Int64], asOf: Instant) throws {
    try write { db in
      try leave(try subscribers.compactMap { try db.address(ofSubscriber: $0) }, asOf: asOf, db)
    }
  }

  package func leave(_ topic: Slug, by subscriber: Int64, asOf: Instant) throws {
    try write { db in
      guard let address = try db.address(ofSubscriber: subscriber), let key = try db.topicKey(topic)
      else { return }
      try db.run(
        "DELETE FROM subscription WHERE subscriber = ? AND topic = ?",
        [subscriber, key]
      )
      if try !db.hasTopics(subscriber) { try leave([address], asOf: asOf, db) }
    }
  }

  package func topic(_ slug: Slug) throws -> Slug? {
    try read { db in
      guard let key = try db.topicKey(slug) else { return nil }
      let current = try String.fetchOne(
        db,
        sql: "SELECT slug FROM topic WHERE key = ?",
        arguments: [key]
      )
      return current.flatMap { Slug($0) }
    }
  }

  /// Suppresses the addresses that are not yet, and notes beside the store that they left.
  private func leave(_ addresses: [EmailAddress], asOf: Instant, _ db: Database) throws {
    let left = try Set(addresses).compactMap { address -> Departure? in
      let hash = hashAddress(address)
      guard try db.suppress(address, hash, .left, asOf: asOf) == .added else { return nil }
      return Departure(addressHash: hash, reason: .left, date: asOf)
    }
    // Before the commit, so that what is said to be done is in both.
    try departures.append(left)
  }
}

extension Database {
  fileprivate func hasTopics(_ subscriber: Int64) throws -> Bool {
    try Bool.fetchOne(
      self,
      sql: "SELECT EXISTS (SELECT 1 FROM subscription WHERE subscriber = ?)",
      arguments: [subscriber]
    ) ?? false
  }
}
