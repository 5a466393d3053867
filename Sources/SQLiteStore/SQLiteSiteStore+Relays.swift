import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func standing(of relay: String) throws -> RelayStanding {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: "SELECT failures, openUntil FROM relay WHERE name = ?",
        arguments: [relay]
      )
      guard let row else { return RelayStanding() }
      let openUntil: Int64? = row[1]
      return RelayStanding(failures: row[0], openUntil: openUntil.map(Instant.init(seconds:)))
    }
  }

  package func note(_ standing: RelayStanding, of relay: String) throws {
    guard try self.standing(of: relay) != standing else { return }
    try write { db in
      try db.run(
        """
        INSERT INTO relay (name, failures, openUntil) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET failures = excluded.failures, openUntil = excluded.openUntil
        """,
        [relay, standing.failures, standing.openUntil?.seconds]
      )
    }
  }

  package func reserve(_ count: Int, of quota: RelayQuota, now: Instant) throws -> Int {
    guard count > 0 else { return 0 }
    return try write { db in
      let used = try db.used(of: quota, now: now)
      let rests = [(quota.perHour, used.hour), (quota.perDay, used.day)].map { limit, used in
        limit == 0 ? count : max(0, limit - used)
      }
      let granted = min(count, rests[0], rests[1])
      if granted > 0 { try db.use(granted, of: quota, now: now) }
      return granted
    }
  }
}

extension Database {
  /// What a relay has got in the hour and the day of an instant.
  fileprivate func used(of quota: RelayQuota, now: Instant) throws -> (hour: Int, day: Int) {
    let row = try Row.fetchOne(
      self,
      sql: """
        SELECT iif(hour = ?, hourCount, 0), iif(day = ?, dayCount, 0) FROM relay WHERE name = ?
        """,
      arguments: [now.hour, now.day, quota.relay]
    )
    return row.map { ($0[0], $0[1]) } ?? (0, 0)
  }

  fileprivate func use(_ count: Int, of quota: RelayQuota, now: Instant) throws {
    try run(
      """
      INSERT INTO relay (name, hour, hourCount, day, dayCount)
      VALUES (:name, :hour, :count, :day, :count)
      ON CONFLICT (name) DO UPDATE SET
        hourCount = iif(relay.hour = :hour, hourCount, 0) + :count, hour = :hour,
        dayCount = iif(relay.day = :day, dayCount, 0) + :count, day = :day
      """,
      ["name": quota.relay, "hour": now.hour, "day": now.day, "count": count]
    )
  }
}

extension Instant {
  /// Hours, and days in UTC, since 1970.
  fileprivate var hour: Int64 { seconds / 3600 }
  fileprivate var day: Int64 { seconds / 86_400 }
}
