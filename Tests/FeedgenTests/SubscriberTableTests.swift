import Foundation
import Model
import TestSupport
import Testing

@testable import feedgen

@Suite struct SubscriberTableTests {
  /// The rows of a table in short, and its problems.
  private func read(_ text: String, pieces: Int = 7) throws -> [String] {
    try read(Array(text.utf8), pieces: pieces)
  }

  private func read(_ bytes: [UInt8], pieces: Int = 7) throws -> [String] {
    var rest = bytes[...]
    var lines: [String] = []
    try table().read {
      defer { rest = rest.dropFirst(pieces) }
      return Array(rest.prefix(pieces))
    } _: { result in
      switch result {
      case .success(let row):
        lines.append("\(row.line) " + SubscriberTable.line(for: row).dropLast(1))
      case .failure(let problem): lines.append("\(problem.line ?? 0)! \(problem.message)")
      }
    }
    return lines
  }

  private func table(_ path: String = "list.csv") throws -> SubscriberTable {
    var site = try ConfigurationSample.read(ConfigurationSample.smallest).site
    let slugs = try ["amerique-latine", "bielorussie", "ancien"].map { try #require(Slug($0)) }
    site.topics = [
      Topic(slug: slugs[0], title: "Amérique latine"),
      Topic(slug: slugs[1], title: "Biélorussie", was: try [#require(Slug("belarus"))]),
      Topic(slug: slugs[2], title: "Ancien", isRetired: true),
    ]
    return SubscriberTable(path: path, site: site, now: ConfigurationSample.now)
  }

  @Test(arguments: [1, 2, 5, 1000])
  func `columns in any order, quotes, CRLF and a byte order mark are read`(pieces: Int) throws {
    let rows = try read(
      "\u{FEFF}Name,email,topics,consent_source,consent_at\r\n"
        + "\"Dupont, \"\"Anne\"\"\",anne@Example.org,Biélorussie; AMERIQUE-LATINE;belarus,"
        + "form,2026-11-01\r\n"
        + "\r\n"
        + "\"Two\nlines\",b@example.org,,,\r\n"
        + "Bo,c@example.org",
      pieces: pieces
    )
    #expect(
      rows == [
        "2 anne@example.org,\"Dupont, \"\"Anne\"\"\",\"bielorussie;amerique-latine\",fr,weekly,"
          + "active,2026-10-31T23:00:00Z,form",
        "4! the name is longer than 200 bytes or has control characters in it",
        "6 c@example.org,Bo,\"amerique-latine;bielorussie\",fr,weekly,active,,",
      ]
    )
  }

  @Test(arguments: [
    (";", "email;topics\na@example.org;\"bielorussie;amerique-latine\"\n"),
    ("tab", "email\ttopics\na@example.org\tbielorussie;amerique-latine\n"),
    ("comma", "email,topics\na@example.org,bielorussie;amerique-latine\n"),
  ])
  func `the separators that spreadsheets write are understood`(name: String, text: String) throws {
    let rows = try read(text)
    #expect(
      rows == ["2 a@example.org,,\"bielorussie;amerique-latine\",fr,weekly,active,,"]
    )
  }

  @Test(arguments: [
    ("email,nmae\n", "list.csv:1: “nmae” is no column; did you mean “name”?"),
    ("name\nAnne\n", "list.csv:1: there is no column “email” in the first line"),
    ("email,Email\n", "list.csv:1: the column “email” is here twice; remove one"),
    ("", "list.csv:1: empty; a line that names the columns is expected"),
    (
      "a@example.org,Anne\n",
      "list.csv:1: “a@example.org” is no column; the first line names columns, of email,name,"
        + "topics,language,cadence,status,consent_at,consent_source"
    ),
    ("\"email\n", "list.csv:1: a quote that is never closed"),
  ])
  func `a wrong header line stops the import`(text: String, message: String) throws {
    let problem = #expect(throws: Problem.self) { try read(text) }
    #expect(problem?.description == message)
  }

  @Test(arguments: [
    ("", "the address is missing"),
    ("anne", "“anne” is no e-mail address"),
    ("a@b@é.org", "“a@b@é.org” is no e-mail address"),
    ("a@-é.org", "“a@-é.org” is no e-mail address"),
    ("first@example.org", "first@example.org was already in line 2; remove one"),
    ("FIRST@Example.org", "FIRST@example.org was already in line 2; remove one"),
    ("a@b.org,,bielorusie", "“bielorusie” is no topic; did you mean “bielorussie”?"),
    ("a@b.org,,sport", "“sport” is no topic; known are amerique-latine, bielorussie, ancien"),
    ("a@b.org,,,français", "“français” is no language tag; write for instance fr"),
    ("a@b.org,,,,hourly", "“hourly” is no cadence; write one of daily, weekly, monthly"),
    (
      "a@b.org,,,,,sleeping",
      "“sleeping” is no status; write active or one of left, erased, dead, "
        + "complaint, never, by-hand"
    ),
    (
      "a@b.org,,,,,,hier,form",
      "“hier” is no date; write for instance 2026-11-23 or "
        + "2026-11-23T08:00:00Z"
    ),
    ("a@b.org,,,,,,2026-11-22,form", "consent_at, “2026-11-22”, is still to come"),
    (
      "a@b.org,,,,,,2026-11-01",
      "consent_at without consent_source; write how the consent was "
        + "given"
    ),
    (
      "a@b.org,,,,,,,form,more",
      "9 fields, and the first line names 8 columns; put quotes around "
        + "a field with the separator in it"
    ),
    ("a@b.org,\"An\"ne", "there is text behind a closing quote; double the quotes inside a field"),
    ("a@b.org,An\"ne", "a quote inside a field; put the field between quotes"),
    ("a@b.org,\"Anne", "a quote that is never closed"),
    ("a@b.org,\(String(repeating: "x", count: 20_000))", "over 16384 bytes in a line"),
    ("a@b.org,\u{7}", "the name is longer than 200 bytes or has control characters in it"),
  ])
  func `a bad row is said with its line, and the next is read`(row: String, message: String) throws
  {
    let header = "email,name,topics,language,cadence,status,consent_at,consent_source\n"
    let line = row.isEmpty ? ",Anne" : row
    let rows = try read("\(header)first@example.org\n\(line)\nlast@example.org\n", pieces: 999)
    #expect(rows.count == 3)
    #expect(rows[1] == "3! \(message)")
    #expect(rows[2].hasPrefix("4 last@example.org,"))
  }

  @Test(arguments: ["pending", "Unconfirmed"])
  func `who has not confirmed is left out, and said so`(status: String) throws {
    let rows = try read("email,status\na@example.org,\(status)\n")
    #expect(rows == ["2 a@example.org,,\"amerique-latine;bielorussie\",fr,weekly,unconfirmed,,"])
  }

  @Test func `a row that is not UTF-8 is left out`() throws {
    let latin = Array("email,name\na@b.org,Ren".utf8) + [0xE9] + Array("\nb@b.org,Zoé\n".utf8)
    let rows = try read(latin)
    #expect(rows[0] == "2! not UTF-8; in a spreadsheet, save the table as “CSV UTF-8”")
    #expect(rows[1].hasPrefix("3 b@b.org,Zoé,"))
  }

  @Test func `what is written is read back the same`() throws {
    let text =
      "email,name,topics,status\n"
      + "\"a+b'c@example.org\",\"An, \"\"ne\"\"; é\",ancien,\n"
      + "b@example.org,,,left\n"
    let rows = try read(text).map { $0.drop { $0 != " " }.dropFirst() + "\n" }
    let again = try read(SubscriberTable.header + rows.joined())
    #expect(again.map { $0.drop { $0 != " " }.dropFirst() + "\n" } == rows)
    #expect(
      rows[0]
        == "a+b'c@example.org,\"An, \"\"ne\"\"; é\",ancien,fr,weekly,active,,\n"
    )
  }

  @Test func `a file is read in pieces`() throws {
    let folder = TemporaryFolder()
    let lines = (1...20_000).map { "reader\($0)@example.org,Reader \($0)" }
    try folder.write("email,name\r\n" + lines.joined(separator: "\r\n"), to: "list.csv")
    var count = 0
    try table("\(folder.path)/list.csv").read { result in
      let row = try result.get()
      count += 1
      #expect(row.line == count + 1)
    }
    #expect(count == 20_000)
    #expect(throws: SubscriberTableError.self) {
      try table("\(folder.path)/none.csv").read { _ in }
    }
  }

  @Test func `no bytes whatever stop the program`() throws {
    var generator = SeededGenerator(seed: 7)
    let signs = Array("\",;\t\r\na@b.é ".utf8) + [0xFF, 0]
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 0...400, using: &generator)).map { _ in
        signs.randomElement(using: &generator) ?? 0
      }
      let lines = try read(Array("email,name\n".utf8) + bytes)
      #expect(lines.count <= bytes.count + 1)
    }
  }

  @Test(arguments: [
    ("left", SuppressionReason.left), ("Unsubscribed", .left), ("erased", .erased),
    ("dead", .dead), ("bounced", .dead), ("cleaned", .dead), ("complained", .complaint),
    ("complaint", .complaint), ("never", .never), ("blocklisted", .never), ("by-hand", .byHand),
    ("by_hand", .byHand),
  ])
  func `who has left elsewhere must not be written to`(
    status: String,
    reason: SuppressionReason
  ) throws {
    let rows = try read("email,status\na@example.org,\(status)\n")
    #expect(
      rows == [
        "2 a@example.org,,\"amerique-latine;bielorussie\",fr,weekly,\(reason.rawValue),,"
      ]
    )
  }
}
