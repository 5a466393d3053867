package import Model

/// What is to be done about a digest at an instant.
package enum DueIssue: Equatable, Sendable {
  /// Nothing: its latest slot has been dealt with.
  case none
  /// An issue is to be planned for this slot.
  case due(Slot)
  /// The slot passed too long ago: its articles are in the next issue.
  case missed(Slot)
}

extension DigestSettings {
  /// Decides whether an issue is due.
  ///
  /// Only the latest slot counts, so two weeks off give one issue.
  ///
  /// - Parameters:
  ///   - lastSlot: the date of the digest's last slot that was planned or missed.
  package func dueIssue(asOf instant: Instant, in zone: Zone, lastSlot: CivilDate?) -> DueIssue {
    let slot = schedule.latestSlot(asOf: instant, in: zone)
    if let lastSlot, slot.date <= lastSlot { return .none }
    return instant.since(slot.instant) <= maxLateness ? .due(slot) : .missed(slot)
  }
}
