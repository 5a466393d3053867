package import Model

extension Instant {
  /// The instant as RFC 5322 §3.3 writes it, on a zone's clocks: `Mon, 23 Nov 2026 08:00:00 +0100`.
  package func rfc5322(in zone: Zone) -> String {
    // Offsets of old times have seconds, which the format cannot say.
    let minutes = zone.offset(at: self) / 60
    let shifted = Instant(seconds: seconds + Int64(minutes * 60))
    let (date, time) = Zone.utc.civil(shifted)
    let weekday = weekdays[Weekday.allCases.firstIndex(of: date.weekday) ?? 0]
    let clock = [time.hour, time.minute, time.second].map { padded($0, to: 2) }
    let offset = padded(abs(minutes) / 60 * 100 + abs(minutes) % 60, to: 4)
    return "\(weekday), \(date.day) \(months[date.month - 1]) \(padded(date.year, to: 4)) "
      + "\(clock.joined(separator: ":")) \(minutes < 0 ? "-" : "+")\(offset)"
  }
}

private let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
private let months = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]
