import Foundation
import TestSupport
import Testing

/// Hubs that are told of changes, judged by what the hubs were told.
@Suite struct HubTests {
  let hub: HTTPServer
  let site: TestSite

  init() throws {
    hub = try HTTPServer()
    site = try HubTests.site(telling: [hub.url("hub")])
    try site.writeArticle("un", day: 2)
  }

  private static func site(telling hubs: [String]) throws -> TestSite {
    try TestSite(configuration: configuration(telling: hubs))
  }

  private static func configuration(telling hubs: [String]) -> String {
    TestSite.configuration.replacing(
      "{entries: 5}",
      with: "{entries: 5, formats: [atom], hubs: [\(hubs.joined(separator: ", "))]}"
    )
  }

  private let feeds = "https://veille.example.org/feeds/"

  /// Publishes for the first time, and tells the hub of three feeds.
  private func publishFirst() throws {
    try #require(site.publish(3).status == 0)
  }

  @Test func `a hub is told of the feeds that changed, once`() throws {
    try publishFirst()
    try site.writeArticle("deux", day: 3, topic: "bielorussie")
    let result = try site.publish(4)
    #expect(result.status == 0)
    #expect(result.output + result.errors == "", "a good run says nothing")
    try site.publish(5)
    let requests = try hub.stop().dropFirst(3)
    #expect(requests.map(\.path) == ["/hub", "/hub"])
    let forms = ["atom.xml", "bielorussie/atom.xml"].map { path in
      ["hub.mode=publish", "hub.url=\(feeds)\(path)", "hub.topic=\(feeds)\(path)"]
    }
    #expect(Set(requests.map(\.form)) == Set(forms))
    #expect(try rows() == "")
  }

  @Test func `a hub is told when the files are in place, and a killed run still owes it that`()
    throws
  {
    try publishFirst()
    try site.writeArticle("deux", day: 3)
    try site.folder.write(HubTests.configuration(telling: [hub.url("hang")]), to: "feedgen.yaml")
    let run = try site.program.start(
      ["publish", "--as-of", "2026-11-04T08:05:00"],
      in: site.folder.path
    )
    try waitForRows()
    #expect(try site.titles() == ["Article deux", "Article un"])
    kill(run.process.processIdentifier, SIGKILL)
    #expect(run.finish().status == -SIGKILL)
    #expect(try rows("attempts, notBefore <= unixepoch()") == "0|1\n0|1\n0|1\n")
  }

  @Test func `no proxy of the environment is asked`() throws {
    let proxy = try HTTPServer()
    let names = ["http_proxy", "HTTP_PROXY", "ALL_PROXY"]
    let result = try site.program.run(
      ["publish", "--as-of", "2026-11-03T08:05:00"],
      in: site.folder.path,
      environment: Dictionary(uniqueKeysWithValues: names.map { ($0, proxy.url("")) })
    )
    #expect(result.status == 0)
    #expect(try hub.stop().count == 3)
    #expect(try proxy.stop() == [])
  }

  @Test func `several hubs are each told`() throws {
    let other = try HTTPServer()
    try site.folder.write(
      HubTests.configuration(telling: [hub.url("hub"), other.url("")]),
      to: "feedgen.yaml"
    )
    let result = try site.publish(3, ["--verbose"])
    #expect(result.output.contains("hubs told: 6\n"))
    #expect(try hub.stop().count == 3)
    #expect(try other.stop().count == 3)
  }

  @Test func `a hub that is down is said, and told by a later run`() throws {
    try hub.stop()
    let down = try site.publish(3)
    #expect(down.status == 0)
    #expect(down.errors.hasPrefix("feedgen: \(hub.url("hub")): the hub cannot be reached ("))
    #expect(down.errors.hasSuffix("); later runs tell it of 3 documents\n"))
    #expect(try rows("attempts, notBefore - unixepoch() BETWEEN 1 AND 60") == "1|1\n1|1\n1|1\n")
    let up = try HTTPServer(port: hub.port)
    #expect(try site.publish(3).errors == "", "not due yet, and said before")
    #expect(try rows("attempts") == "1\n1\n1\n")
    try makeDue()
    let due = try site.publish(3)
    #expect(due.status == 0)
    #expect(due.errors == "")
    #expect(try rows() == "")
    #expect(try up.stop().count == 3)
  }

  @Test func `a lasting failure is said once, with a longer wait each time`() throws {
    try hub.stop()
    try site.publish(3)
    for (attempt, wait) in zip(2..., [300, 1800, 7200, 21_600, 21_600]) {
      try makeDue()
      let result = try site.publish(3)
      #expect(result.status == 0)
      #expect(result.errors == "")
      let rows = try rows("attempts, notBefore - unixepoch() BETWEEN \(wait - 20) AND \(wait)")
      #expect(rows == String(repeating: "\(attempt)|1\n", count: 3))
    }
  }

  @Test func `after three days a hub is given up, and that is said`() throws {
    try hub.stop()
    try site.publish(3)
    try makeDue(attempts: 14)
    try site.publish(3)
    #expect(try rows("attempts") == "15\n15\n15\n", "68.6 hours of waiting")
    try makeDue()
    let result = try site.publish(3)
    #expect(result.status == 0)
    #expect(result.errors.hasSuffix("); given up after three days: 3 documents\n"))
    #expect(try rows() == "")
  }

  @Test func `a newer change begins anew`() throws {
    try hub.stop()
    try site.publish(3)
    try makeDue(attempts: 15)
    try site.writeArticle("deux", day: 3)
    try site.publish(4)
    #expect(try rows("attempts").split(separator: "\n").sorted() == ["1", "1"])
  }

  @Test func `quiet says nothing, and the document for programs all`() throws {
    try hub.stop()
    let result = try site.publish(3, ["--quiet", "--json"])
    #expect(result.status == 0)
    #expect(result.errors == "")
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let hubs = try #require(json?["hubs"] as? [String: Any])
    #expect(hubs["told"] as? Int == 0)
    #expect(hubs["waiting"] as? Int == 3)
    #expect(hubs["givenUp"] as? Int == 0)
    #expect((hubs["troubles"] as? [String])?.count == 1)
  }

  @Test(arguments: [
    ("status/500", "answers 500 (words for 500)"), ("status/404", "answers 404 (words for 404)"),
    (
      "redirect/http://127.0.0.1:9/",
      "answers 301, and has moved to http://127.0.0.1:9/: write that in “feeds.hubs”"
    ),
  ])
  func `a hub that refuses is quoted, and asked about each document`(
    path: String,
    words: String
  ) throws {
    try site.folder.write(
      HubTests.configuration(telling: [hub.url(path)]),
      to: "feedgen.yaml"
    )
    let result = try site.publish(3)
    #expect(result.status == 0)
    #expect(
      result.errors
        == "feedgen: \(hub.url(path)): the hub \(words); later runs tell it of 3 documents\n"
    )
    #expect(try rows("reply") == String(repeating: "\(words)\n", count: 3))
    #expect(try hub.stop().count == 3)
  }

  @Test func `a hub that hangs holds up a run once, and no other hub`() throws {
    let other = try HTTPServer()
    try site.folder.write(
      HubTests.configuration(telling: [hub.url("hang"), other.url("")]),
      to: "feedgen.yaml"
    )
    let begin = Date.now
    let result = try site.publish(3)
    #expect((9..<20).contains(Date.now.timeIntervalSince(begin)))
    #expect(result.status == 0)
    #expect(result.errors.contains("the hub does not answer in time ("))
    #expect(try hub.stop().count == 1)
    #expect(try other.stop().count == 3)
    #expect(try rows("hub LIKE '%/hang', attempts") == "1|1\n1|1\n1|1\n")
  }

  @Test func `a run that is told to stop asks no other hub`() throws {
    try publishFirst()
    try site.writeArticle("deux", day: 3)
    let hubs = [hub.url("hang"), hub.url("hub")]
    try site.folder.write(HubTests.configuration(telling: hubs), to: "feedgen.yaml")
    let run = try ServerProcess(
      site.program.path,
      ["publish", "--as-of", "2026-11-04T08:05:00", "--site", site.folder.path]
    )
    try waitForRows()
    kill(run.identifier, SIGTERM)
    #expect(run.wait() == 0)
    let requests = try hub.stop().dropFirst(3)
    #expect(requests.map(\.path) == ["/hang"])
    #expect(try rows("attempts > 0").filter { $0 == "1" }.count == 1)
    #expect(try rows("attempts > 0").filter { $0 == "0" }.count == 5)
  }

  @Test func `without hubs nothing is owed`() throws {
    try site.publish(3, ["--set", "feeds.hubs=[]"])
    #expect(try rows() == "")
    #expect(try hub.stop() == [])
  }

  @Test func `what is owed to a hub that is gone is forgotten`() throws {
    try hub.stop()
    try site.publish(3)
    let other = try HTTPServer()
    try site.folder.write(HubTests.configuration(telling: [other.url("")]), to: "feedgen.yaml")
    let result = try site.publish(3)
    #expect(result.status == 0)
    #expect(try rows() == "")
  }

  private func rows(_ columns: String = "hub, topic") throws -> String {
    try sqlite3("SELECT \(columns) FROM hubPing ORDER BY attempts, hub, topic")
  }

  private func makeDue(attempts: Int? = nil) throws {
    let more = attempts.map { ", attempts = \($0)" } ?? ""
    _ = try sqlite3("UPDATE hubPing SET notBefore = unixepoch() - 1\(more)")
  }

  /// Waits until a run has written down what it owes, which is when it begins to ask.
  private func waitForRows() throws {
    for _ in 0..<500 {
      if let rows = try? rows(), !rows.isEmpty { return }
      usleep(20_000)
    }
    Issue.record("nothing is written down")
  }

  private func sqlite3(_ sql: String) throws -> String {
    try runProgram("sqlite3", [site.folder.file("feedgen.db"), sql]).output
  }
}
