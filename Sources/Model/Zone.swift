/// A time zone: where an instant falls on its calendar and clock.
///
/// The rules come from outside (the IANA database), as a function from an instant to the offset
/// from UTC in seconds. So what is decided by dates stays pure, and tests can make any zone.
package struct Zone: Sendable {
  package let identifier: String
  private let offsetFromUTC: @Sendable (Instant) -> Int

  package init(identifier: String, offsetFromUTC: @escaping @Sendable (Instant) -> Int) {
    self.identifier = identifier
    self.offsetFromUTC = offsetFromUTC
  }

  package static let utc = Zone(identifier: "UTC") { _ in 0 }

  /// The seconds by which clocks there are ahead of UTC.
  package func offset(at instant: Instant) -> Int {
    offsetFromUTC(instant)
  }

  package func civil(_ instant: Instant) -> (date: CivilDate, time: CivilTime) {
    let local = Int(instant.seconds) + offset(at: instant)
    let days = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    return (
      CivilDate(daysSinceEpoch: days), CivilTime(secondsSinceMidnight: local - days * 86_400)
    )
  }

  /// The instant at which clocks there show a date and time.
  ///
  /// A time that a change of clocks leaves out becomes the one as long after the change (02:30 in
  /// the gap is 03:30); of a time that comes twice, the first is meant.
  package func instant(_ date: CivilDate, _ time: CivilTime = .midnight) -> Instant {
    let local = Int64(date.daysSinceEpoch * 86_400 + time.secondsSinceMidnight)
    let dayBefore = offset(at: Instant(seconds: local - 86_400))
    let dayAfter = offset(at: Instant(seconds: local + 86_400))
    let candidates = [max(dayBefore, dayAfter), min(dayBefore, dayAfter)]
      .map { Instant(seconds: local - Int64($0)) }
    let exact = candidates.first { $0.seconds + Int64(offset(at: $0)) == local }
    return exact ?? Instant(seconds: local - Int64(dayBefore))
  }
}
