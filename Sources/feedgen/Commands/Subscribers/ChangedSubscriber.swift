import Model
import Store

/// What became of a subscriber, as people and programs are told.
struct ChangedSubscriber: Encodable {
  let email: String
  let isChanged: Bool

  init(_ record: SubscriberRecord, isChanged: Bool) {
    email = record.subscriber.address.description
    self.isChanged = isChanged
  }

  func tell(_ report: Report) throws {
    if report.isJSON { return try report.document(self) }
    report.say("\(email): \(isChanged ? "changed" : "unchanged").")
  }
}
