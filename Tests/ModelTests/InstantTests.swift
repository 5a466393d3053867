import Model
import TestSupport
import Testing

@Suite struct InstantTests {
  @Test(arguments: [
    ("2026-11-20T07:30:00+01:00", "2026-11-20T06:30:00Z"),
    ("2026-11-20T07:30:00Z", "2026-11-20T07:30:00Z"),
    ("2026-11-20t07:30:00z", "2026-11-20T07:30:00Z"),
    ("2026-11-20 07:30:00 +0530", "2026-11-20T02:00:00Z"),
    ("2026-11-20T07:30:00.999Z", "2026-11-20T07:30:00Z"),
    ("2026-11-20 07:30", "2026-11-20T06:30:00Z"),
    ("2026-11-20", "2026-11-19T23:00:00Z"),
    ("2026-07-20", "2026-07-19T22:00:00Z"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
    ("1889-01-01", "1888-12-31T23:00:00Z"),
  ])
  func `dates are read as people and programs write them`(text: String, instant: String) {
    #expect(Instant(text, in: .paris2026)?.rfc3339 == instant)
  }

  @Test(arguments: [
    "2026-02-30T10:00:00Z", "2026-11-20T25:61:00Z", "5 novembre 2026", "2026-11", "", "hier",
    "2026-11-20T10", "2026-11-20T10:00:00+25:00", "2026-11-20X10:00:00Z", "2026-11-20T10:00:00.xZ",
    "2026-11-20T10:00:00Zulu", "20261120",
  ])
  func `what is no date is none`(text: String) {
    #expect(Instant(text, in: .paris2026) == nil)
  }

  /// In Paris 02:30 on 29 March 2026 does not exist, and 02:30 on 25 October comes twice.
  @Test(arguments: [
    ("2026-03-29 02:30", "2026-03-29T01:30:00Z"), ("2026-10-25 02:30", "2026-10-25T00:30:00Z"),
    ("2026-03-29 03:00", "2026-03-29T01:00:00Z"), ("2026-10-25 03:00", "2026-10-25T02:00:00Z"),
  ])
  func `a time in a change of clocks has one meaning`(text: String, instant: String) {
    #expect(Instant(text, in: .paris2026)?.rfc3339 == instant)
  }
}
