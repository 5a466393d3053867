import Model
import SQLiteStore
import Store

/// Who has left, by `left.log`: a store that is new or restored may not know.
struct Departures {
  private let site: OpenSite
  private var last: [[UInt8]: Departure] = [:]

  init(of site: OpenSite) throws {
    self.site = site
    for departure in try DepartureLog(besideStore: site.configuration.storePath).departures() {
      last[departure.addressHash] = departure
    }
  }

  /// Suppresses the address of a row that would bring somebody back who left after the consent that
  /// it names, or who left and it names none.
  ///
  /// - Returns: whether it would.
  func suppress(_ row: SubscriberTable.Row) throws -> Bool {
    guard !last.isEmpty, case .active(let consent) = row.standing,
      let departure = last[site.keys.suppressionHash(row.subscriber.address)],
      consent.map({ $0.given <= departure.date }) ?? true
    else { return false }
    _ = try site.store.replay([departure])
    // Who is there all the same came back since.
    return try site.store.subscriber(row.subscriber.address).map { $0.suppression != nil } ?? true
  }
}
