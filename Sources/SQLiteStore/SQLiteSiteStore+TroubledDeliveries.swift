import GRDB
import Model
package import Store

extension SQLiteSiteStore {
  package func troubledDeliveries(atMost limit: Int) throws -> [TroubledDelivery] {
    try read { db in
      try ["pending", "uncertain", "unknown", "rejected"].flatMap { state in
        try Row.fetchAll(db, sql: troubledSQL, arguments: [state, limit])
          .compactMap(TroubledDelivery.init)
      }
    }
  }
}

private let troubledSQL = """
  SELECT digest, issue.date, coalesce(recipient, address), delivery.state, attempts, notBefore, reply
  FROM delivery
  LEFT JOIN issue ON issue.key = delivery.issue
  LEFT JOIN subscriber ON subscriber.key = delivery.subscriber
  WHERE delivery.state = ? AND attempts > 0
    AND (delivery.state <> 'rejected' OR issue.key > (SELECT max(key) - 10 FROM issue))
  ORDER BY delivery.key DESC LIMIT ?
  """

extension TroubledDelivery {
  fileprivate init?(_ row: Row) {
    guard let recipient = EmailAddress(row[2] as String? ?? ""),
      let state = DeliveryState(rawValue: row[3])
    else { return nil }
    let date = (row[1] as String?).flatMap { CivilDate($0) }
    let notBefore: Int64? = row[5]
    self.init(
      issue: date.map { IssueName(digest: row[0], date: $0) },
      recipient: recipient,
      state: state,
      attempts: row[4],
      notBefore: notBefore.map(Instant.init(seconds:)),
      reply: row[6]
    )
  }
}
