import Model
import Testing

@testable import Rendering

@Suite struct CatalogTests {
  @Test(arguments: [
    (Language.french, 0, "0\u{A0}article"), (.french, 1, "1\u{A0}article"),
    (.french, 2, "2\u{A0}articles"), (.english, 0, "0\u{A0}articles"),
    (.english, 1, "1\u{A0}article"), (.english, 2, "2\u{A0}articles"),
  ])
  func `a number takes its language's form`(language: Language, count: Int, text: String) throws {
    let catalog = try catalog(language)
    #expect(catalog.text(.count, count: count) == text)
  }

  @Test(arguments: [
    (Language.french, "La semaine du 16 au 22\u{A0}novembre", "2026-11-16", "2026-11-22"),
    (.french, "La semaine du 30\u{A0}novembre au 6\u{A0}décembre", "2026-11-30", "2026-12-06"),
    (.french, "La semaine du 1er au 7\u{A0}juin", "2026-06-01", "2026-06-07"),
    (
      .french, "La semaine du 28\u{A0}décembre 2026 au 3\u{A0}janvier 2027", "2026-12-28",
      "2027-01-03"
    ),
    (.french, "Les articles du 1er\u{A0}mai", "2026-05-01", "2026-05-01"),
    (.french, "Du 9 au 22\u{A0}novembre", "2026-11-09", "2026-11-22"),
    (.english, "The week of 16 to 22\u{A0}November", "2026-11-16", "2026-11-22"),
    (.english, "The week of 30\u{A0}November to 6\u{A0}December", "2026-11-30", "2026-12-06"),
    (.english, "Articles of 1\u{A0}May", "2026-05-01", "2026-05-01"),
  ])
  func `a heading says what both days share once`(
    language: Language,
    heading: String,
    first: String,
    last: String
  ) throws {
    let span = IssueSpan(.weekly, first: try day(first), last: try day(last))
    let catalog = try catalog(language)
    #expect(catalog.heading(span) == heading)
  }

  @Test(arguments: [
    (
      Language.french, Cadence.weekly, 10, "2026-11-16", "2026-11-22",
      "Veille\u{202F}: 10\u{A0}articles, semaine du 16 au 22\u{A0}novembre 2026"
    ),
    (
      .french, .weekly, 1, "2026-12-28", "2027-01-03",
      "Veille\u{202F}: 1\u{A0}article, semaine du 28\u{A0}décembre 2026 au 3\u{A0}janvier 2027"
    ),
    (
      .french, .daily, 2, "2026-11-22", "2026-11-22",
      "Veille\u{202F}: 2\u{A0}articles, 22\u{A0}novembre 2026"
    ),
    (
      .french, .monthly, 3, "2026-11-02", "2026-12-06",
      "Veille\u{202F}: 3\u{A0}articles, novembre 2026"
    ),
    (
      .french, .monthly, 3, "2026-10-05", "2026-12-06",
      "Veille\u{202F}: 3\u{A0}articles, du 5\u{A0}octobre au 6\u{A0}décembre 2026"
    ),
    (
      .english, .weekly, 1, "2026-11-16", "2026-11-22",
      "Veille: 1\u{A0}article, week of 16 to 22\u{A0}November 2026"
    ),
  ])
  func `a subject always has the year`(
    language: Language,
    cadence: Cadence,
    count: Int,
    first: String,
    last: String,
    subject: String
  ) throws {
    let span = IssueSpan(cadence, first: try day(first), last: try day(last))
    let catalog = try catalog(language)
    #expect(catalog.subject(span, publication: "Veille", count: count) == subject)
  }

  @Test func `a month issue is headed by its month`() throws {
    let span = IssueSpan(.monthly, first: try day("2026-11-02"), last: try day("2026-12-06"))
    #expect(try catalog(.french).heading(span) == "Novembre 2026")
  }

  @Test(arguments: [
    ("2026-11-23", "Lundi 23\u{A0}novembre 2026", "Monday 23\u{A0}November 2026"),
    ("2026-02-01", "Dimanche 1er\u{A0}février 2026", "Sunday 1\u{A0}February 2026"),
    ("2026-08-15", "Samedi 15\u{A0}août 2026", "Saturday 15\u{A0}August 2026"),
  ])
  func `a long date begins with the weekday`(date: String, french: String, english: String) throws {
    #expect(try catalog(.french).longDate(try day(date)) == french)
    #expect(try catalog(.english).longDate(try day(date)) == english)
  }

  private func catalog(_ language: Language) throws -> Catalog {
    try Templates().catalog(for: [language])
  }

  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
}
