import Model

/// The days that an issue is about, as readers would call them.
enum IssueSpan: Hashable, Sendable {
  case day(CivilDate)
  case week(CivilDate, CivilDate)
  case month(CivilDate)
  /// Any other number of days: after a pause, an issue is about more than its cadence says.
  case period(CivilDate, CivilDate)

  init(_ cadence: Cadence, first: CivilDate, last: CivilDate) {
    let days = last.daysSinceEpoch - first.daysSinceEpoch + 1
    switch (cadence, days) {
    case (_, ...1): self = .day(last)
    case (.weekly, ...7): self = .week(first, last)
    // From the first Monday of a month to the next one; most of its days are in that month.
    case (.monthly, 27...36): self = .month(first.adding(days: days / 2))
    default: self = .period(first, last)
    }
  }
}

extension Catalog {
  /// An issue's subject.
  func subject(_ span: IssueSpan, publication: String, count: Int) -> String {
    var values = ["publication": publication]
    switch span {
    case .day(let date):
      values["date"] = text(date)
      return text(.subjectDaily, count: count, values)
    case .week(let first, let last):
      (values["d1"], values["d2"]) = range(first, last, withYear: true)
      return text(.subjectWeekly, count: count, values)
    case .month(let date):
      values["month"] = month(of: date)
      return text(.subjectMonthly, count: count, values)
    case .period(let first, let last):
      (values["d1"], values["d2"]) = range(first, last, withYear: true)
      return text(.subjectPeriod, count: count, values)
    }
  }

  /// An issue's title.
  func heading(_ span: IssueSpan) -> String {
    switch span {
    case .day(let date):
      return text(.headingDaily, ["d1": text(date, .dayMonth)])
    case .week(let first, let last):
      let (d1, d2) = range(first, last, withYear: false)
      return text(.headingWeekly, ["d1": d1, "d2": d2])
    case .month(let date):
      return capitalized(text(.headingMonthly, ["month": month(of: date)]))
    case .period(let first, let last):
      let (d1, d2) = range(first, last, withYear: false)
      return text(.headingPeriod, ["d1": d1, "d2": d2])
    }
  }

  func reason(_ cadence: Cadence, publication: String, address: String) -> String {
    let key: PhraseKey =
      switch cadence {
      case .daily: .reasonDaily
      case .weekly: .reasonWeekly
      case .monthly: .reasonMonthly
      }
    return text(key, ["publication": publication, "address": address])
  }
}
