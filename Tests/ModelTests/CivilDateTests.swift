import Model
import Testing

@Suite struct CivilDateTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("2026-11-23", 20_780), ("2000-02-29", 11_016), ("1969-12-31", -1),
    ("1600-03-01", -135_080),
  ])
  func `a date and its number of days since 1970 are one`(text: String, days: Int) throws {
    let date = try #require(CivilDate(text))
    #expect(date.daysSinceEpoch == days)
    #expect(CivilDate(daysSinceEpoch: days).description == text)
  }

  @Test(arguments: ["2026-02-29", "2026-13-01", "2026-1-01", "2026-00-10", "+026-01-01", ""])
  func `a date that does not exist is none`(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test func `a week begins on Monday`() throws {
    let date = try #require(CivilDate("2026-11-23"))
    #expect(date.weekday == .monday)
    #expect(date.adding(days: 6).weekday == .sunday)
  }
}
