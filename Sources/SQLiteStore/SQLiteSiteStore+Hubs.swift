import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func waitingPings() throws -> [WaitingPing] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT hub, topic, attempts, notBefore, reply FROM hubPing
          ORDER BY notBefore, hub, topic
          """
      ).map { row in
        WaitingPing(
          ping: HubPing(hub: row[0], topic: row[1]),
          attempts: row[2],
          notBefore: Instant(seconds: row[3]),
          reply: row[4]
        )
      }
    }
  }

  package func updatePings(_ waiting: [WaitingPing], forgetting: [HubPing]) throws {
    try write { db in
      for ping in forgetting {
        try db.run("DELETE FROM hubPing WHERE hub = ? AND topic = ?", [ping.hub, ping.topic])
      }
      for row in waiting {
        try db.run(
          """
          INSERT OR REPLACE INTO hubPing (hub, topic, attempts, notBefore, reply)
          VALUES (?, ?, ?, ?, ?)
          """,
          [row.ping.hub, row.ping.topic, row.attempts, row.notBefore.seconds, row.reply]
        )
      }
    }
  }
}
