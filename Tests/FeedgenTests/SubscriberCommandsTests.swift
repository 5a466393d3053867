import Foundation
import TestSupport
import Testing

/// What an operator is asked for: what is there of somebody, and that it goes.
@Suite struct SubscriberCommandsTests {
  let site: TestSite
  static let anne = "anne@courrier.example"

  init() throws {
    site = try TestSite()
    try site.writeArticle("un", day: 18)
    try site.folder.write(
      """
      email,name,topics,language,cadence,status,consent_at,consent_source
      anne@courrier.example,"Anne ""Née"" Roux",amerique-latine,fr,weekly,,2026-10-01,form
      bo@courrier.example,,,en,weekly,,2026-10-02T08:00:00Z,letter
      parti@courrier.example,,,fr,weekly,,2026-10-03,form

      """,
      to: "table.csv"
    )
    try #require(try site.run(["subscribers", "import", "table.csv"]).status == 0)
    try #require(
      try site.run(["subscribers", "unsubscribe", "parti@courrier.example"]).status == 0
    )
  }

  @Test func `a person's choices, consent, messages and next issue are shown`() throws {
    try site.publish(23)
    let pause = ["subscribers", "set", Self.anne, "--pause-until", "2099-01-06"]
    try #require(try site.run(pause).status == 0)
    let result = try site.run(["subscribers", "show", "Anne@Courrier.example"])
    let lines = result.output.split(separator: "\n")
    try #require(lines.count == 6, "\(result.output)\(result.errors)")
    #expect(lines[0].hasPrefix("anne@courrier.example (Anne \"Née\" Roux), number 1, since 20"))
    #expect(
      lines[1].hasPrefix("Wants: the weekly digest in fr, about amerique-latine (since 20")
    )
    #expect(lines[2] == "Paused until: 2099-01-06 00:00 (Europe/Paris)")
    #expect(lines[3] == "Next issue: 2099-01-12 08:00 (Europe/Paris)")
    #expect(lines[4] == "Consent: 2026-10-01 00:00 (Europe/Paris) by form")
    #expect(lines[5].hasPrefix("weekly/2026-11-23: previewed "), "\(lines[5])")
    let left = try site.run(["subscribers", "show", "parti@courrier.example"]).output
    #expect(left.contains("Gets nothing: left since 20"))
    #expect(left.contains("Next issue: none\n"))
  }

  @Test func `a person's data is one document for programs`() throws {
    try site.publish(23)
    let shown = try document(["subscribers", "show", Self.anne])
    let data = try document(["subscribers", "export", Self.anne])
    #expect(shown["nextIssue"] is String)
    #expect((shown["subscriber"] as? NSDictionary) == data as NSDictionary)
    #expect(data["name"] as? String == "Anne \"Née\" Roux")
    let messages = try #require(data["messages"] as? [[String: Any]])
    #expect(messages.map { $0["issue"] as? String } == ["weekly/2026-11-23"])
    #expect(messages.map { $0["state"] as? String } == ["previewed"])
    let consents = try #require(data["consents"] as? [[String: Any]])
    #expect(consents.map { $0["given"] as? String } == ["2026-09-30T22:00:00Z"])
  }

  @Test func `all data are a line for each person`() throws {
    let lines = try site.run(["subscribers", "export", "--json"]).output.split(separator: "\n")
    let people = try lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) }
    let addresses = people.map { ($0 as? [String: Any])?["email"] as? String }
    #expect(
      addresses == ["anne@courrier.example", "bo@courrier.example", "parti@courrier.example"]
    )
  }

  @Test func `the table that is exported is imported as it was`() throws {
    let table = try site.run(["subscribers", "export"]).output
    let other = try TestSite()
    try other.folder.write(table, to: "table.csv")
    let result = try other.run(["subscribers", "import", "table.csv"])
    #expect(result.status == 0, "\(result.errors)")
    let again = try other.run(["subscribers", "export"]).output
    // Of who left, another site keeps only that they have.
    let active = table.split(separator: "\r\n").filter { !$0.contains(",left,") }
    #expect(again.split(separator: "\r\n") == active)
    #expect(active.count == 3)
    let back = try other.run(["subscribers", "add", "parti@courrier.example", "--consent", "x"])
    #expect(back.output.contains("1 left out"))
    let one = try site.run(["subscribers", "export", "bo@courrier.example"]).output
    #expect(
      one.split(separator: "\r\n").map(String.init) == [active[0], active[2]].map(String.init)
    )
  }

  @Test func `who is unsubscribed gets nothing more, and that is noted beside the store`() throws {
    let words = ["subscribers", "unsubscribe"]
    let unknown = try site.run(words + [Self.anne, "nobody@courrier.example"])
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("nobody@courrier.example: nobody has subscribed"))
    #expect(try site.folder.read("left.log").split(separator: "\n").count == 1, "nothing is done")
    let result = try site.run(words + ["ANNE@courrier.example", "parti@courrier.example"])
    #expect(
      result.output == """
        anne@courrier.example: gets nothing any more.
        parti@courrier.example: unchanged; got nothing before either (left).

        """
    )
    #expect(try site.folder.read("left.log").split(separator: "\n").count == 2)
    try site.publish(23)
    let data = try document(["subscribers", "export", Self.anne])
    #expect((data["messages"] as? [Any])?.isEmpty == true)
  }

  @Test func `who is erased is nowhere, and comes back only by themselves`() throws {
    try site.publish(23)
    let result = try site.run(["subscribers", "erase", Self.anne])
    #expect(result.status == 0, "\(result.errors)")
    for name in try site.folder.names() where name.hasPrefix("feedgen.db") || name == "left.log" {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: site.folder.file(name)))
      #expect(bytes.range(of: Data("anne@".utf8)) == nil, "\(name)")
      #expect(bytes.range(of: Data("Née".utf8)) == nil, "\(name)")
    }
    let status = try site.run(["status", "--as-of", "2026-11-23T09:00:00", "--json"])
    #expect(status.output.contains("\"previewed\" : 2"), "\(status.output)")
    #expect(try site.run(["subscribers", "show", Self.anne]).status == 64)
    let again = try site.run(["subscribers", "import", "table.csv"])
    #expect(again.output.contains("2 left out: the address must not be written to"))
    let twice = try site.run(["subscribers", "erase", Self.anne])
    #expect(twice.status == 64)
    #expect(twice.errors.contains("there is nothing of it"), "\(twice.errors)")
    #expect(try site.run(["check"]).status == 0)
  }

  @Test func `a message on its way to who is erased is settled`() throws {
    let sink = try MailSink(record: site.folder.file("record"), ["--delay", "1500"])
    let run = try site.program.start(
      [
        "publish", "--as-of", "2026-11-23T08:05:00", "--set",
        "mail.smtp=smtp://127.0.0.1:\(sink.port)",
      ],
      in: site.folder.path
    )
    var isErased = false
    while run.process.isRunning, !isErased {
      let claimed = try runProgram(
        "sqlite3",
        [site.folder.file("feedgen.db"), "SELECT count(*) FROM delivery WHERE state = 'claimed'"]
      )
      guard claimed.output != "0\n" else { continue }
      isErased = try site.run(["subscribers", "erase", Self.anne]).status == 0
    }
    let result = run.finish()
    #expect(isErased)
    #expect(result.status == 0, "\(result.errors)")
    let status = try site.run(["status", "--as-of", "2026-11-23T09:00:00", "--json"])
    #expect(status.output.contains("\"accepted\" : 2"), "\(status.output)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: site.folder.file("feedgen.db")))
    #expect(bytes.range(of: Data("anne@".utf8)) == nil)
  }

  @Test(arguments: [
    ([], ["anne", "bo", "parti"]), (["--suppressed"], ["parti"]),
    (["--topic", "Biélorussie"], ["bo", "parti"]),
    (["--topic", "bielorussie", "--topic", "amerique-latine"], ["bo", "parti"]),
    (["--cadence", "weekly"], ["anne", "bo", "parti"]), (["--cadence", "daily"], []),
  ])
  func `a list has those who are asked for`(words: [String], names: [String]) throws {
    let table = try site.run(["subscribers", "list"] + words).output
    let rows = table.split(separator: "\r\n").dropFirst()
    #expect(rows.map { String($0.prefix { $0 != "@" }) } == names)
    let json = try site.run(["subscribers", "list", "--json"] + words).output
    let list = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]]
    let addresses = list?.map { $0["email"] as? String ?? "" } ?? []
    #expect(addresses.map { String($0.prefix { $0 != "@" }) } == names)
  }

  @Test(arguments: [
    (["list", "--topic", "sport"], "none of the site’s topics"),
    (["list", "--cadence", "hourly"], "--cadence: “hourly” is none of daily, weekly, monthly"),
    (["show", "anne"], "“anne” is no e-mail address"),
    (["show", "x@courrier.example"], "nobody has subscribed with it"),
    (["export", "x@courrier.example", "--json"], "nobody has subscribed with it"),
    (["erase", "x@courrier.example"], "there is nothing of it"),
    (["unsubscribe"], "addresses"),
  ])
  func `a wrong question is told`(words: [String], error: String) throws {
    let result = try site.run(["subscribers"] + words)
    #expect(result.status == 64)
    #expect(result.errors.contains(error), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  private func document(_ words: [String]) throws -> [String: Any] {
    let output = try site.run(words + ["--json"]).output
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    return try #require(value as? [String: Any])
  }
}
