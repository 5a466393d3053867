import Foundation
import GRDB
import Model
import Store

extension Row {
  func instant(_ column: Int) -> Instant? {
    (self[column] as Int64?).map(Instant.init(seconds:))
  }

  /// The name in a column and its next, where there is one.
  func issueName(_ column: Int) -> IssueName? {
    guard let digest: String = self[column],
      let date = CivilDate(self[column + 1] as String? ?? "")
    else { return nil }
    return IssueName(digest: digest, date: date)
  }
}

extension ShownText {
  init?(_ row: Row, at column: Int) {
    guard let version: String = row[column], let hash: Data = row[column + 1] else { return nil }
    self.init(version: version, hash: bytes(hash))
  }
}

extension PersonalData.Request {
  init?(_ row: Row) {
    guard let address = EmailAddress(row[0] as String) else { return nil }
    self.init(
      address: address,
      wanted: Subscriber(address, choices: row[1]),
      requested: Instant(seconds: row[2]),
      expires: Instant(seconds: row[3]),
      confirmed: row.instant(4),
      shown: ShownText(row, at: 5)
    )
  }
}

extension PersonalData.Message {
  init?(_ row: Row, omitted: [String]) {
    guard let state = DeliveryState(rawValue: row[4]) else { return nil }
    self.init(
      kind: row[3],
      issue: row.issueName(1),
      state: state,
      attempts: row[5],
      date: row.instant(6),
      notBefore: row.instant(7),
      settled: row.instant(8),
      reply: row[9],
      refusal: PersonalData.NotedRefusal(row, at: 10),
      omitted: omitted
    )
  }
}

extension PersonalData.NotedRefusal {
  init?(_ row: Row, at column: Int) {
    guard let kind = (row[column] as String?).flatMap(RefusalClass.init) else { return nil }
    self.init(
      kind: kind,
      code: row[column + 1],
      text: row[column + 2],
      reported: Instant(seconds: row[column + 3])
    )
  }
}
