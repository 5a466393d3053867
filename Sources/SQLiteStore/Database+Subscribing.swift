import GRDB
import Model
import Store

extension Database {
  /// Lifts what kept an address from being written to; what came out meanwhile is not owed.
  func welcomeBack(_ subscriber: Subscriber, _ hash: [UInt8]) throws {
    try run("DELETE FROM suppression WHERE addressHash = ?", [data(hash)])
    try run(
      """
      UPDATE subscriber SET covered = max(covered, coalesce((\(lastReleaseOfDigest)), covered))
      WHERE identity = :identity
      """,
      ["digest": subscriber.cadence.rawValue, "identity": subscriber.address.identity]
    )
  }

  /// Subscribes who asked, or changes what they chose, and adds the consent to the ledger.
  func subscribe(_ request: PendingRequest, _ hash: [UInt8], asOf: Instant) throws -> Int64 {
    let key = try setChoices(of: request.stored.subscriber, asOf: asOf)
    try run(
      """
      INSERT INTO consent
        (subscriber, addressHash, source, requested, given, shownVersion, shownHash)
      VALUES (?, ?, 'web', ?, ?, ?, ?)
      """,
      [
        key, data(hash), request.requested.seconds, asOf.seconds, request.shown.version,
        data(request.shown.hash),
      ]
    )
    return key
  }

  private func setChoices(of subscriber: Subscriber, asOf: Instant) throws -> Int64 {
    let row = try Row.fetchOne(
      self,
      sql: "SELECT key, name FROM subscriber WHERE identity = ?",
      arguments: [subscriber.address.identity]
    )
    guard let row else { return try insert(subscriber, asOf: asOf) }
    var subscriber = subscriber
    subscriber.name = row[1]
    _ = try setChoices(of: row[0], subscriber, asOf: asOf)
    // Who asks for the letter now wants it now.
    try run("UPDATE subscriber SET pausedUntil = NULL WHERE key = ?", [row[0] as Int64])
    return row[0]
  }
}
