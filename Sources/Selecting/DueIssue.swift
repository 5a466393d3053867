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

  /// The next slot, where its review has come: its issue is planned ahead.
  package func slotToReview(asOf instant: Instant, in zone: Zone, lastSlot: CivilDate?) -> Slot? {
    guard let review else { return nil }
    let next = schedule.slot(
      after: schedule.latestSlot(asOf: instant, in: zone).date,
      in: zone
    )
    if let lastSlot, next.date <= lastSlot { return nil }
    return review.instant(before: next, in: zone) <= instant ? next : nil
  }
}

extension ReviewSettings {
  /// The last instant before a slot at which the reviewers' clocks show the day and time.
  package func instant(before slot: Slot, in zone: Zone) -> Instant {
    var date = slot.date
    while zone.instant(date, time) >= slot.instant || (day.map { $0 != date.weekday } ?? false) {
      date = date.adding(days: -1)
    }
    return zone.instant(date, time)
  }
}
