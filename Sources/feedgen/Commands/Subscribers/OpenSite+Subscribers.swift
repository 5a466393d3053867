import ArgumentParser
import Model
import Store
import Transfer

extension EmailAddress {
  /// An address as a person types it, also with a domain in their own script.
  init(argument text: String) throws {
    guard let address = EmailAddress(converting: text) else {
      throw ValidationError("“\(text)” is no e-mail address.")
    }
    self = address
  }
}

extension OpenSite {
  /// The subscriber whom a person names by their address.
  func subscriber(_ text: String) throws -> SubscriberRecord {
    guard let record = try store.subscriber(EmailAddress(argument: text)) else {
      throw ValidationError("\(text): nobody has subscribed with it; see “subscribers list”.")
    }
    return record
  }

  /// Visits every subscriber, by key, without holding up who writes meanwhile.
  func eachSubscriber(_ visit: (SubscriberRecord) throws -> Void) throws {
    var last: Int64 = 0
    while true {
      let records = try store.subscribers(after: last, atMost: 500)
      guard let end = records.last else { return }
      for record in records { try visit(record) }
      last = end.key
    }
  }
}

extension SubscriberTable.Row {
  init(_ record: SubscriberRecord) {
    self.init(
      line: 0,
      subscriber: record.subscriber,
      standing: record.suppression.map(Standing.suppressed) ?? .active(record.consent)
    )
  }
}
