extension Zone {
  /// For instance `2026-11-23 08:00 (Europe/Paris)`.
  package func stamp(of instant: Instant) -> String {
    let (date, time) = civil(instant)
    return "\(date) \(padded(time.hour, to: 2)):\(padded(time.minute, to: 2)) (\(identifier))"
  }
}
