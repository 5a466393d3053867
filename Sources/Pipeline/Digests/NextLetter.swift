package import Model
import Selecting

extension Site {
  /// The day of the next issue of a cadence; nil where no digest has it.
  package func nextLetter(of cadence: Cadence, after instant: Instant) -> CivilDate? {
    guard let schedule = digests.map(\.schedule).first(where: { $0.cadence == cadence })
    else { return nil }
    let latest = schedule.latestSlot(asOf: instant, in: zone)
    return schedule.slot(after: latest.date, in: zone).date
  }
}
