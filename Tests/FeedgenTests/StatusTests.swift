import Foundation
import TestSupport
import Testing

@Suite struct StatusTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.writeArticle("un", day: 18)
    try site.addSubscriber("tout@courrier.example")
    try site.addSubscriber("minsk@courrier.example", topics: ["bielorussie"])
  }

  @Test func `status says what was done and what is due`() throws {
    try site.publish(23)
    try site.writeArticle("deux", day: 23, topic: "bielorussie")
    try site.publish(24)
    let result = try site.run(["status", "--as-of", "2026-11-24T09:00:00"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    #expect(
      result.output == """
        Last run: 2026-11-24 08:05 (Europe/Paris)
        Published: 2 articles, 9 feed documents
        Next weekly: 2026-11-30 08:00 (Europe/Paris), 2 subscribers, 1 articles so far
        weekly/2026-11-23: planned, 1 = 1 previewed

        """
    )
  }

  @Test func `status says what waits for a person, and the order that settles it`() throws {
    let needsApproval = TestSite.configuration
      .replacing("at: \"08:00\"}", with: "at: \"08:00\", approval: required}")
    try site.folder.write(needsApproval, to: "feedgen.yaml")
    try site.publish(23)
    let waiting = try site.run(["status", "--as-of", "2026-11-23T09:00:00"])
    #expect(waiting.errors.contains("feedgen issues approve weekly/2026-11-23\n"))
    try site.run(["issues", "hold", "weekly"])
    let held = try site.run(["status", "--as-of", "2026-11-23T09:00:00"])
    #expect(held.errors.contains("feedgen issues release weekly/2026-11-23\n"))
    #expect(!held.errors.contains("approve"))
  }

  @Test func `a dry run names the pages of issues that it would write`() throws {
    let plan = try site.publish(23, ["--dry-run"])
    let written = try site.publish(23, ["--verbose"])
    for page in ["weekly/2026-11-23.html", "index.html", "atom.xml"] {
      #expect(plan.output.contains("Would write: digests/\(page)\n"), "\(plan.output)")
      #expect(written.output.contains("written: digests/\(page)\n"), "\(written.output)")
    }
    #expect(!(try site.publish(23, ["--dry-run"])).output.contains("Would write: digests/"))
  }

  @Test func `status says that cron has stopped, and writes nothing`() throws {
    try site.publish(23)
    let before = try site.folder.names()
    let result = try site.run(["status", "--as-of", "2026-11-30T09:00:00", "--json"])
    let status = try JSONDecoder().decode(ReadStatus.self, from: Data(result.output.utf8))
    #expect(result.errors.contains("the last good run was 168 hours ago"))
    #expect(status.troubles.count == 1)
    #expect(status.next.map(\.due) == ["2026-11-30 08:00 (Europe/Paris)"], "it is due now")
    #expect(status.issues.map(\.planned) == [1])
    #expect(status.issues.map(\.deliveries) == [["previewed": 1]])
    #expect(try site.folder.names() == before)
  }

  @Test func `a plan that the store has lost a part of is told`() throws {
    try site.publish(23)
    _ = try runProgram("sqlite3", [site.folder.file("feedgen.db"), "DELETE FROM delivery"])
    let result = try site.run(["status", "--as-of", "2026-11-23T09:00:00"])
    #expect(result.errors.contains("1 messages were planned, and the store has 0"))
  }

  @Test func `a subscriber's choices change one by one`() throws {
    try site.run(["subscribers", "set", "minsk@courrier.example", "--name", "Inès"])
    try site.run(["subscribers", "set", "minsk@courrier.example", "--language", "en"])
    let same = try site.run(["subscribers", "set", "minsk@courrier.example", "--name", "Inès"])
    let table = try site.run(["subscribers", "list"]).output
    #expect(same.output == "minsk@courrier.example: unchanged.\n")
    #expect(table.contains("minsk@courrier.example,Inès,bielorussie,en,weekly,active"))
  }

  @Test(arguments: [
    (["nobody@courrier.example"], "nobody has subscribed with it"),
    (["minsk@courrier.example", "--cadence", "daily"], "this site has no daily digest"),
    (["minsk@courrier.example", "--topic", "bielorusie"], "did you mean “bielorussie”"),
    (["minsk@courrier.example", "--pause-until", "demain"], "“demain” is no date"),
    (
      ["minsk@courrier.example", "--pause-until", "2027-01-04", "--no-pause"], "exclude each other"
    ),
  ])
  func `a wrong choice is told, and changes nothing`(words: [String], error: String) throws {
    let before = try site.run(["subscribers", "list"]).output
    let result = try site.run(["subscribers", "set"] + words)
    #expect(result.status == 64 || result.status == 65)
    #expect(result.errors.contains(error), "\(result.errors)")
    #expect(try site.run(["subscribers", "list"]).output == before)
  }

  @Test func `who has paused gets no issue, then the next one`() throws {
    let pause = ["subscribers", "set", "tout@courrier.example", "--pause-until", "2026-11-24"]
    try #require(try site.run(pause).status == 0)
    try site.publish(23)
    try site.writeArticle("deux", day: 25)
    #expect(try site.outbox().count == 0)
    try site.publish(30)
    let texts = try site.outbox().sorted { $0.subject < $1.subject }.map(\.text)
    #expect(texts.map { $0.contains("Article deux") } == [true])
    #expect(texts.map { $0.contains("Article un") } == [false], "the current period only")
  }

  @Test func `an address moves, and not to another's`() throws {
    let move = ["subscribers", "move", "minsk@courrier.example"]
    let taken = try site.run(move + ["tout@courrier.example"])
    let moved = try site.run(move + ["neuve@courrier.example"])
    let table = try site.run(["subscribers", "list"]).output
    #expect(taken.status == 64)
    #expect(taken.errors.contains("another subscriber’s"))
    #expect(moved.status == 0, "\(moved.errors)")
    #expect(table.contains("neuve@courrier.example,,bielorussie,fr,weekly,active"))
    #expect(!table.contains("minsk@"))
  }

  @Test func `an article with digest false is in no digest until it may be`() throws {
    try site.writeArticle("discret", day: 19, "digest: false")
    try site.publish(23)
    try site.writeArticle("discret", day: 19)
    try site.publish(30)
    let texts = try site.outbox().sorted { $0.subject < $1.subject }.map(\.text)
    #expect(texts.map { $0.contains("Article un") } == [true, false])
    #expect(texts.map { $0.contains("Article discret") } == [false, true])
  }

  @Test func `an article withdrawn over a slot comes when it is back`() throws {
    try site.publish(20)
    try site.writeArticle("un", day: 18, "draft: true")
    try site.publish(23)
    try site.writeArticle("un", day: 18)
    try site.publish(30)
    try site.publish(30)
    let texts = try site.outbox().sorted { $0.subject < $1.subject }.map(\.text)
    #expect(texts.map { $0.contains("Article un") } == [true])
  }
}

private struct ReadStatus: Decodable {
  struct Next: Decodable { var due: String }
  struct Issue: Decodable {
    var planned: Int
    var deliveries: [String: Int]
  }

  var next: [Next]
  var issues: [Issue]
  var troubles: [String]
}
