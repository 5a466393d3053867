import Foundation
import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func exchange(
    settled: [Settlement],
    wanting: Int,
    by claimant: Claimant
  ) throws -> [Claim] {
    guard !settled.isEmpty || wanting > 0 else { return [] }
    return try write { db in
      for settlement in settled { try db.settle(settlement, by: claimant, hashAddress) }
      var claims: [Claim] = []
      while claims.count < wanting {
        let waiting = try db.nextWaiting(
          wanting - claims.count,
          now: claimant.now,
          onlyConfirmations: claimant.takesConfirmationsOnly
        )
        guard !waiting.isEmpty else { break }
        for delivery in waiting {
          let claim = try db.claim(delivery, by: claimant, hashAddress)
          if let claim { claims.append(claim) }
        }
      }
      return claims
    }
  }

  package func claimingRuns() throws -> [String] {
    try read { db in
      try String.fetchAll(
        db,
        sql: "SELECT DISTINCT run FROM delivery WHERE state = 'claimed' ORDER BY run"
      )
    }
  }

  package func claims(of run: String, atMost limit: Int) throws -> [ClaimKey] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT key, attempts FROM delivery WHERE state = 'claimed' AND run = ?
          ORDER BY key LIMIT ?
          """,
        arguments: [run, limit]
      ).map { ClaimKey(delivery: $0[0], attempt: $0[1]) }
    }
  }

  package func add(_ messages: [StaffMessage]) throws {
    try write { db in try db.add(messages) }
  }

  package func hasPending(now: Instant) throws -> Bool {
    try read { try !$0.nextWaiting(1, now: now).isEmpty }
  }

  package func counts(of issue: Int64?) throws -> DeliveryCounts {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT state, count(*) FROM delivery WHERE :issue IS NULL OR issue = :issue
          GROUP BY state
          """,
        arguments: ["issue": issue]
      )
      return Dictionary(
        uniqueKeysWithValues: rows.compactMap { row in
          DeliveryState(rawValue: row[0]).map { ($0, row[1]) }
        }
      )
    }
  }
}

extension Database {
  func add(_ messages: [StaffMessage]) throws {
    for message in messages {
      try run(
        "INSERT INTO delivery (kind, message, recipient, state) VALUES ('staff', ?, ?, 'pending')",
        [data(message.bytes), message.recipient.description]
      )
    }
  }
}
