import Importing
import Model
import Testing

struct EntryDateTests {
  @Test(arguments: [
    ("Thu, 05 Nov 2026 08:00:00 +0100", "2026-11-05T07:00:00Z"),
    ("5 Nov 2026 8:00 CET", "2026-11-05T07:00:00Z"),
    ("5 Nov 2026", "2026-11-04T23:00:00Z"),
    ("Thu, 5 Nov 99 08:00 GMT", "1999-11-05T08:00:00Z"),
    ("Thu, 5 Nov 049 08:00 GMT", "1949-11-05T08:00:00Z"),
    ("mar. 3 févr. 2026 09:00 +0100", "2026-02-03T08:00:00Z"),
    ("lundi 1 juin 2026 09:00 +0200", "2026-06-01T07:00:00Z"),
    ("1 juil. 2026 09:00 +0200", "2026-07-01T07:00:00Z"),
    ("15 août 2026 09:00 UT", "2026-08-15T09:00:00Z"),
    ("15 AOÛT 2026 09:00 UT", "2026-08-15T09:00:00Z"),
    ("3. März 2026 09:00 UT", nil),
    ("3 März 2026 09:00 UT", "2026-03-03T09:00:00Z"),
    ("25 de dic", nil),
    ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"),
    ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"),
    ("\n\t2026-11-05T08:00:00+01:00\n", "2026-11-05T07:00:00Z"),
    ("2026-11-05T08:00:00.999+01:00", "2026-11-05T07:00:00Z"),
  ])
  func `a date is read in the forms that feeds have`(text: String, expected: String?) {
    #expect(Instant(entryDate: text, in: paris)?.rfc3339 == expected)
  }

  @Test(arguments: [
    "", " ", ",", "hier", "2026", "1794376800", "31 Feb 2026 08:00 GMT", "00 Nov 2026 08:00 GMT",
    "5 Nov 2026 25:00 GMT", "5 Nov 2026 24:01 GMT", "5 Nov 2026 08:61 GMT", "5 Nov 2026 :: GMT",
    "5 Nov 2026 08:00:61 GMT", "5 Nov 20261 08:00 GMT", "5 Nov 99999999999999999999",
    "5 Nix 2026 08:00", "Mon, 01 Jan 0001 00:00:00 +0000", "0001-01-01T00:00:00Z",
    "Wed, 30 Nov -0001 00:00:00 +0000", "0000-00-00 00:00:00", "(5 Nov 2026)",
  ])
  func `what is no date is none`(text: String) {
    #expect(Instant(entryDate: text, in: paris) == nil)
  }

  @Test(arguments: [
    // RFC 5322's, not China's; summer time in Britain, not Bangladesh.
    ("5 Jun 2026 08:00 CST", "2026-06-05T14:00:00Z"),
    ("5 Jun 2026 08:00 BST", "2026-06-05T07:00:00Z"),
    ("5 Jun 2026 08:00 cest", "2026-06-05T06:00:00Z"),
    // Unknown names and letters of the military are UTC (RFC 5322 §4.3).
    ("5 Jun 2026 08:00 XYZ", "2026-06-05T08:00:00Z"),
    ("5 Jun 2026 08:00 A", "2026-06-05T08:00:00Z"),
    // No zone is the site's, of which the first of two hours is meant.
    ("5 Jun 2026 08:00", "2026-06-05T06:00:00Z"), ("25 Oct 2026 02:30", "2026-10-25T00:30:00Z"),
    // An impossible offset is none.
    ("5 Jun 2026 08:00 +9900", "2026-06-05T06:00:00Z"),
  ])
  func `a zone that could be several is one`(text: String, expected: String) {
    #expect(Instant(entryDate: text, in: paris)?.rfc3339 == expected)
  }
}
