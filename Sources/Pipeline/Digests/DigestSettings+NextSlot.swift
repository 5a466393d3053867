package import Model
import Selecting
package import Store

extension DigestSettings {
  /// When the next issue is due: past, where the next run is to plan it.
  ///
  /// - Parameter notBefore: the end of a subscriber's pause; no earlier issue goes to them.
  package func nextSlot(
    asOf: Instant,
    notBefore: Instant?,
    in zone: Zone,
    _ store: any IssueStore
  ) throws -> Instant {
    let lastSlot = try store.lastSlot(of: name)
    var slot = schedule.latestSlot(asOf: asOf, in: zone)
    if case .due(let due) = dueIssue(asOf: asOf, in: zone, lastSlot: lastSlot) {
      slot = due
    } else {
      slot = schedule.slot(after: slot.date, in: zone)
    }
    while let notBefore, slot.instant < notBefore {
      slot = schedule.slot(after: slot.date, in: zone)
    }
    return slot.instant
  }
}
