import Model
import Selecting
import TestSupport
import Testing

private let eight = CivilTime("08:00")!
private let weekly = Schedule.weekly(on: .monday, at: eight)

@Suite struct CalendarTests {
  /// Paris is at +02:00 until 25 October 2026, 01:00 UTC, then at +01:00.
  @Test(arguments: [
    ("2026-10-19T05:59:59Z", "2026-10-12", "2026-10-12T06:00:00Z"),
    ("2026-10-19T06:00:00Z", "2026-10-19", "2026-10-19T06:00:00Z"),
    ("2026-10-26T06:59:59Z", "2026-10-19", "2026-10-19T06:00:00Z"),
    ("2026-10-26T07:00:00Z", "2026-10-26", "2026-10-26T07:00:00Z"),
    ("2026-03-30T06:00:00Z", "2026-03-30", "2026-03-30T06:00:00Z"),
    ("2027-01-03T12:00:00Z", "2026-12-28", "2026-12-28T07:00:00Z"),
  ])
  func `eight o'clock stays eight o'clock`(asOf: String, date: String, instant: String) throws {
    let slot = weekly.latestSlot(asOf: at(asOf), in: .paris2026)
    #expect(slot.date.description == date)
    #expect(slot.instant.rfc3339 == instant)
  }

  @Test(arguments: [
    ("2026-11-01T12:00:00Z", "2026-10-05"), ("2026-11-02T06:59:00Z", "2026-10-05"),
    ("2026-11-02T07:00:00Z", "2026-11-02"), ("2026-12-31T07:00:00Z", "2026-12-07"),
    ("2026-02-01T12:00:00Z", "2026-01-05"),
  ])
  func `a monthly digest is due on the first Monday`(asOf: String, date: String) throws {
    let schedule = Schedule.monthly(first: .monday, at: eight)
    let slot = schedule.latestSlot(asOf: at(asOf), in: .paris2026)
    #expect(slot.date.description == date)
  }

  @Test func `a daily digest has one slot on a day of 23 or 25 hours`() throws {
    let schedule = Schedule.daily(at: CivilTime("02:30")!)
    var slots: [String] = []
    for hour in 0..<120 {
      let instant = at("2026-10-23T00:00:00Z").advanced(by: .hours(Int64(hour)))
      let slot = schedule.latestSlot(asOf: instant, in: .paris2026).instant.rfc3339
      if slots.last != slot { slots.append(slot) }
    }
    #expect(
      slots == [
        "2026-10-22T00:30:00Z", "2026-10-23T00:30:00Z", "2026-10-24T00:30:00Z",
        "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z", "2026-10-27T01:30:00Z",
      ]
    )
  }

  @Test func `a time that the clocks leave out comes as much later`() throws {
    let schedule = Schedule.daily(at: CivilTime("02:30")!)
    let slot = schedule.latestSlot(asOf: at("2026-03-29T12:00:00Z"), in: .paris2026)
    #expect(slot.instant.rfc3339 == "2026-03-29T01:30:00Z", "03:30 in summer time")
  }

  @Test func `a leap day is a day`() throws {
    let daily = Schedule.daily(at: eight)
    let leapDay = try #require(CivilDate("2028-02-29"))
    let before = daily.slot(before: leapDay, in: .utc).date
    let after = daily.slot(after: leapDay, in: .utc).date
    #expect((before.description, after.description) == ("2028-02-28", "2028-03-01"))
    let common = daily.slot(after: try #require(CivilDate("2027-02-28")), in: .utc).date
    #expect(common.description == "2027-03-01")
  }

  @Test func `months and years are as long as they are`() throws {
    var slot = weekly.latestSlot(asOf: at("2026-01-05T12:00:00Z"), in: .utc)
    var dates: [String] = []
    while slot.date.year < 2027 {
      dates.append(slot.date.description)
      slot = weekly.slot(after: slot.date, in: .utc)
    }
    #expect(dates.count == 52)
    #expect(slot.date.description == "2027-01-04", "the 28th of December is in week 53")
    let monthly = Schedule.monthly(first: .tuesday, at: eight)
    var month = monthly.latestSlot(asOf: at("2028-01-04T08:00:00Z"), in: .utc)
    for number in 1...12 {
      #expect((month.date.month, month.date.weekday) == (number, .tuesday))
      #expect(month.date.day <= 7)
      month = monthly.slot(after: month.date, in: .utc)
    }
  }

  @Test(arguments: [
    weekly, .daily(at: eight), .monthly(first: .monday, at: eight),
  ])
  func `the slot before and the slot after lead back`(schedule: Schedule) throws {
    let slot = schedule.latestSlot(asOf: at("2026-11-23T12:00:00Z"), in: .paris2026)
    let before = schedule.slot(before: slot.date, in: .paris2026)
    let back = schedule.slot(after: before.date, in: .paris2026)
    #expect(before.date < slot.date)
    #expect(back == slot)
  }
}

@Suite struct DueIssueTests {
  private let digest = DigestSettings(name: "weekly", schedule: weekly)

  @Test(arguments: [
    ("2026-11-23T06:59:59Z", "2026-11-16", DueKind.none),
    ("2026-11-23T07:00:00Z", "2026-11-16", .due),
    ("2026-11-23T07:00:00Z", "", .due),
    ("2026-11-26T07:00:00Z", "2026-11-16", .due),
    ("2026-11-26T07:00:01Z", "2026-11-16", .missed),
    ("2026-11-26T07:00:01Z", "2026-11-23", .none),
    ("2026-11-23T07:15:00Z", "2026-11-02", .due),
  ])
  func `only the latest slot counts, and not for ever`(
    asOf: String,
    last: String,
    kind: DueKind
  ) throws {
    let due = digest.dueIssue(
      asOf: at(asOf),
      in: .paris2026,
      lastSlot: CivilDate(last)
    )
    #expect(DueKind(due) == kind)
  }
}

enum DueKind: Sendable {
  case none, due, missed

  init(_ issue: DueIssue) {
    switch issue {
    case .none: self = .none
    case .due: self = .due
    case .missed: self = .missed
    }
  }
}

func at(_ text: String) -> Instant {
  Instant(text, in: .utc)!
}
