package import Model

extension Schedule {
  /// The latest civil date and instant at which a digest was due, at or before an instant.
  ///
  /// Slots are civil time: 08:00 stays 08:00 when clocks change (see ``Zone/instant(_:_:)``).
  package func latestSlot(asOf instant: Instant, in zone: Zone) -> Slot {
    var date = latestDate(notAfter: zone.civil(instant).date)
    if zone.instant(date, time) > instant {
      date = latestDate(notAfter: date.adding(days: -1))
    }
    return Slot(date: date, instant: zone.instant(date, time))
  }

  /// The slot before that of a date.
  package func slot(before date: CivilDate, in zone: Zone) -> Slot {
    let earlier = latestDate(notAfter: date.adding(days: -1))
    return Slot(date: earlier, instant: zone.instant(earlier, time))
  }

  /// The slot after that of a date.
  package func slot(after date: CivilDate, in zone: Zone) -> Slot {
    var later = date.adding(days: 1)
    while latestDate(notAfter: later) == date { later = later.adding(days: 1) }
    return Slot(date: later, instant: zone.instant(later, time))
  }

  private var time: CivilTime {
    switch self {
    case .daily(let time), .weekly(_, let time), .monthly(_, let time): time
    }
  }

  private func latestDate(notAfter date: CivilDate) -> CivilDate {
    switch self {
    case .daily: return date
    case .weekly(let weekday, _): return date.latest(weekday)
    case .monthly(let weekday, _):
      let inThisMonth = firstOfMonth(date.year, date.month).next(weekday)
      guard inThisMonth > date else { return inThisMonth }
      let lastMonth = firstOfMonth(date.year, date.month).adding(days: -1)
      return firstOfMonth(lastMonth.year, lastMonth.month).next(weekday)
    }
  }
}

/// One due instant of a digest.
package struct Slot: Hashable, Sendable {
  package var date: CivilDate
  package var instant: Instant

  package init(date: CivilDate, instant: Instant) {
    self.date = date
    self.instant = instant
  }
}

private func firstOfMonth(_ year: Int, _ month: Int) -> CivilDate {
  CivilDate(daysSinceEpoch: CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? 0)
}

extension CivilDate {
  /// The latest such weekday, this day included.
  fileprivate func latest(_ weekday: Weekday) -> CivilDate {
    adding(days: -distance(from: weekday, to: self.weekday))
  }

  /// The next such weekday, this day included.
  fileprivate func next(_ weekday: Weekday) -> CivilDate {
    adding(days: distance(from: self.weekday, to: weekday))
  }
}

/// The days from one weekday to the next other one: 0 to 6.
private func distance(from start: Weekday, to end: Weekday) -> Int {
  let days = Weekday.allCases
  let first = days.firstIndex(of: start) ?? 0
  let second = days.firstIndex(of: end) ?? 0
  return (second - first + 7) % 7
}
