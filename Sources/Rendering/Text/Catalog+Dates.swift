import Model

extension Catalog {
  /// How much of a date is written.
  enum DateDetail: Sendable {
    case day, dayMonth, full
  }

  /// A date: `16`, `16 novembre`, `16 novembre 2026`.
  func text(_ date: CivilDate, _ detail: DateDetail = .full) -> String {
    let day = date.day == 1 ? text(.firstDay) : String(date.day)
    let values = ["d": day, "month": months[date.month - 1], "year": String(date.year)]
    return switch detail {
    case .day: day
    case .dayMonth: text(.dayMonth, values)
    case .full: text(.date, values)
    }
  }

  /// A time of day: `08:05`.
  func text(_ time: CivilTime) -> String {
    "\(padded(time.hour, to: 2)):\(padded(time.minute, to: 2))"
  }

  /// The date with its weekday, as a line of its own: `Lundi 23 novembre 2026`.
  func longDate(_ date: CivilDate) -> String {
    capitalized(dateWithWeekday(date))
  }

  /// The date with its weekday, within a sentence: `lundi 23 novembre 2026`.
  func dateWithWeekday(_ date: CivilDate) -> String {
    let weekday = weekdays[Weekday.allCases.firstIndex(of: date.weekday) ?? 0]
    return text(.longDate, ["weekday": weekday, "date": text(date)])
  }

  /// A month: `novembre 2026`.
  func month(of date: CivilDate) -> String {
    text(.monthYear, ["month": months[date.month - 1], "year": String(date.year)])
  }

  /// The first and last day of a range, which write once what both share.
  ///
  /// - Parameter withYear: whether the last day has its year although it is the first day's.
  func range(
    _ first: CivilDate,
    _ last: CivilDate,
    withYear: Bool
  ) -> (first: String, last: String) {
    guard first.year == last.year else { return (text(first), text(last)) }
    return (
      text(first, first.month == last.month ? .day : .dayMonth),
      text(last, withYear ? .full : .dayMonth)
    )
  }

  /// The text with a capital at its start.
  func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
