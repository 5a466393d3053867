package import Model
import Selecting
import Store

/// What counts as sent although this store did not see it go out.
package struct CountedAsSent: Equatable, Sendable {
  /// The issues that were planned for it.
  package var issues: [IssueName] = []
  /// The messages that waited, or whose fate was open.
  package var messages = 0
}

extension DigestPlan {
  /// Plans the issue that was due last by an instant, where the store does not know it, about what
  /// had appeared by its slot.
  ///
  /// Its messages can be claimed by nobody while the site's mail is on hold.
  func planLost(dueBy instant: Instant) throws -> IssueName? {
    let slot = digest.schedule.latestSlot(asOf: instant, in: site.zone)
    if let last = try store.lastSlot(of: digest.name), slot.date <= last { return nil }
    let through = try store.release(before: slot.instant)
    _ = try plan(slot, through: through)
    let name = IssueName(digest: digest.name, date: slot.date)
    guard let issue = try store.issue(name) else { return nil }
    // No editor gets a report on it.
    try store.setReported(issue.key, at: asOf, telling: [])
    return name
  }
}
