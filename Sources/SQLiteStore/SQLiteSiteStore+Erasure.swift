import GRDB
package import Model
import Store

extension SQLiteSiteStore {
  package func erase(_ subscriber: Int64, asOf: Instant) throws {
    let isErased = try write { db in
      guard let address = try db.address(ofSubscriber: subscriber) else { return false }
      try erase(address, asOf: asOf, db)
      return true
    }
    if isErased { try emptyLog() }
  }

  package func erase(_ address: EmailAddress, asOf: Instant) throws -> Bool {
    let isErased = try write { db in
      guard try db.knows(address, hashAddress(address)) else { return false }
      try erase(address, asOf: asOf, db)
      return true
    }
    if isErased { try emptyLog() }
    return isErased
  }

  private func erase(_ address: EmailAddress, asOf: Instant, _ db: Database) throws {
    let hash = hashAddress(address)
    try db.eraseAll(of: address, hash)
    try db.suppressErased(hash, asOf: asOf)
    // Before the commit, so that what is said to be done is in both.
    try departures.append([Departure(addressHash: hash, reason: .erased, date: asOf)])
  }
}

extension Database {
  /// Whether there is anything of an address but a suppression.
  fileprivate func knows(_ address: EmailAddress, _ hash: [UInt8]) throws -> Bool {
    let isOnRecord = try Bool.fetchOne(
      self,
      sql: """
        SELECT EXISTS (SELECT 1 FROM subscriber WHERE identity = :identity)
          OR EXISTS (SELECT 1 FROM consent WHERE addressHash = :hash)
          OR EXISTS (SELECT 1 FROM confirmation WHERE addressHash = :hash)
        """,
      arguments: ["identity": address.identity, "hash": data(hash)]
    )
    return try isOnRecord ?? false || !deliveries(to: nil, address).isEmpty
  }

  /// Erases all that there is of an address but its suppression.
  func eraseAll(of address: EmailAddress, _ hash: [UInt8]) throws {
    let key = try Int64.fetchOne(
      self,
      sql: "SELECT key FROM subscriber WHERE identity = ?",
      arguments: [address.identity]
    )
    for delivery in try deliveries(to: key, address) { try makeNobodys(delivery) }
    if let key { try eraseRecords(of: key) }
    try eraseRequests(of: hash)
  }

  /// Erases what is kept under an address's hash, and the messages with its links.
  func eraseRequests(of hash: [UInt8]) throws {
    let deliveries = try Int64.fetchAll(
      self,
      sql: "SELECT delivery FROM confirmation WHERE addressHash = ? AND delivery IS NOT NULL",
      arguments: [data(hash)]
    )
    for delivery in deliveries { try makeNobodys(delivery) }
    try run("DELETE FROM confirmation WHERE addressHash = ?", [data(hash)])
    // Somebody who moved away from the address keeps what they agreed to there.
    try run(
      """
      DELETE FROM consent WHERE addressHash = ?
        AND subscriber IS NULL
      """,
      [data(hash)]
    )
  }

  /// The messages of a subscriber, also those to an earlier address of theirs, and those that went
  /// to the address without an issue.
  private func deliveries(to subscriber: Int64?, _ address: EmailAddress) throws -> [Int64] {
    try Int64.fetchAll(
      self,
      sql: """
        SELECT key FROM delivery WHERE subscriber = :subscriber
        UNION SELECT key FROM delivery
          WHERE recipient IS NOT NULL AND lower(recipient) = :identity
        UNION SELECT delivery FROM confirmation
          WHERE subscriber = :subscriber AND delivery IS NOT NULL
        """,
      arguments: ["subscriber": subscriber, "identity": address.identity]
    )
  }

  /// Leaves of a delivery what its issue has to count, and nothing that names anybody.
  ///
  /// What a run has claimed stays so, and is settled by it.
  private func makeNobodys(_ delivery: Int64) throws {
    try run(
      """
      UPDATE delivery SET subscriber = NULL, recipient = NULL, message = NULL, reply = NULL,
        state = CASE state WHEN 'pending' THEN 'cancelled' WHEN 'uncertain' THEN 'unknown'
          ELSE state END
      WHERE key = ?
      """,
      [delivery]
    )
    try run("UPDATE refusal SET text = '' WHERE delivery = ?", [delivery])
    try run("DELETE FROM omission WHERE delivery = ?", [delivery])
  }

  private func eraseRecords(of subscriber: Int64) throws {
    try run("DELETE FROM consent WHERE subscriber = ?", [subscriber])
    try run("DELETE FROM confirmation WHERE subscriber = ?", [subscriber])
    try run("DELETE FROM subscriber WHERE key = ?", [subscriber])
  }

  /// Keeps an address from being brought back by a table; who was not to come back at all stays so.
  fileprivate func suppressErased(_ hash: [UInt8], asOf: Instant) throws {
    if let old = try suppression(hash), !old.allowsReturn {
      return try run("UPDATE suppression SET evidence = NULL WHERE addressHash = ?", [data(hash)])
    }
    try run(
      "INSERT OR REPLACE INTO suppression (addressHash, reason, since) VALUES (?, ?, ?)",
      [data(hash), SuppressionReason.erased.rawValue, asOf.seconds]
    )
  }
}
