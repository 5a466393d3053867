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

  package func rest(of quota: RelayQuota, now: Instant) throws -> Int {
    let used = try read { try $0.used(of: quota, now: now) }
    let rests = [(quota.perHour, used.hour), (quota.perDay, used.day)].map { limit, used in
      limit == 0 ? Int.max : max(0, limit - used)
    }
    return min(rests[0], rests[1])
  }

  package func use(_ count: Int, of quota: RelayQuota, now: Instant) throws {
    guard count != 0 else { return }
    try write { try $0.use(count, of: quota, now: now) }
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
      VALUES (:name, :hour, max(0, :count), :day, max(0, :count))
      ON CONFLICT (name) DO UPDATE SET
        hourCount = max(0, iif(relay.hour = :hour, hourCount, 0) + :count), hour = :hour,
        dayCount = max(0, iif(relay.day = :day, dayCount, 0) + :count), day = :day
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
