import Foundation
import TestSupport
import Testing

/// Issues that are planned before their slot, for a review.
@Suite struct PlanningAheadTests {
  /// - Parameter more: settings of its digest.
  private func site(_ more: String) throws -> TestSite {
    let review = "review: {at: \"sunday 16:00\", to: [relecture@x.example]}"
    let site = try TestSite(
      configuration: TestSite.configuration.replacing(
        "at: \"08:00\"}",
        with: "at: \"08:00\", \(review)\(more)}"
      )
    )
    try site.writeArticle("un", day: 18)
    try site.addSubscriber("l1@courrier.example")
    return site
  }

  private func publish(_ site: TestSite, _ instant: String) throws -> Program.Result {
    try site.run(["publish", "--as-of", "2026-11-\(instant)"])
  }

  @Test func `an issue that nobody has approved yet outlives the review of the next`() throws {
    let site = try site(", approval: required, max_lateness: 7d")
    _ = try publish(site, "16T08:05:00")
    _ = try publish(site, "22T16:05:00")
    try site.writeArticle("deux", day: 25)
    _ = try publish(site, "29T16:05:00")
    let approved = try site.run(["issues", "approve", "weekly/2026-11-23"])
    #expect(approved.status == 0, "\(approved.errors)")
    #expect(try publish(site, "29T16:20:00").status == 0)
    let texts = try site.outbox().filter { $0.to == "l1@courrier.example" }.map(\.text)
    #expect(texts.count == 1)
    #expect(texts[0].contains("Article un") && !texts[0].contains("Article deux"))
    _ = try publish(site, "29T16:35:00")
    let copies = try site.outbox().filter { $0.to == "relecture@x.example" }
    #expect(copies.count == 2, "the review comes when the issue before is out")
    #expect(copies[1].text.contains("Article deux") && !copies[1].text.contains("Article un"))
  }

  @Test func `what a relay has put off outlives the review of the next issue`() throws {
    let site = try site(", max_lateness: 7d")
    _ = try publish(site, "16T08:05:00")
    _ = try publish(site, "22T16:05:00")
    try site.folder.write("", to: "digests/HOLD")
    _ = try publish(site, "23T08:05:00")
    try site.writeArticle("deux", day: 25)
    _ = try publish(site, "29T16:05:00")
    try FileManager.default.removeItem(atPath: site.folder.file("digests/HOLD"))
    _ = try publish(site, "29T16:20:00")
    let texts = try site.outbox().filter { $0.to == "l1@courrier.example" }.map(\.text)
    #expect(texts.map { $0.contains("Article un") } == [true])
  }

  @Test func `an issue is superseded when the slot of the next has come`() throws {
    let site = try site(", approval: required, max_lateness: 7d")
    _ = try publish(site, "16T08:05:00")
    _ = try publish(site, "22T16:05:00")
    _ = try publish(site, "23T08:05:00")
    _ = try publish(site, "29T16:05:00")
    try site.writeArticle("deux", day: 25)
    _ = try publish(site, "30T08:00:00")
    #expect(try site.run(["issues", "approve", "weekly/2026-11-23"]).status == 64)
    #expect(try site.run(["issues", "approve", "weekly/2026-11-30"]).status == 0)
    _ = try publish(site, "30T08:20:00")
    let texts = try site.outbox().filter { $0.to == "l1@courrier.example" }.map(\.text)
    #expect(texts.map { $0.contains("Article un") && $0.contains("Article deux") } == [true])
  }

  @Test func `the first run plans the review that has come`() throws {
    let site = try site("")
    _ = try publish(site, "22T16:05:00")
    #expect(try site.outbox().map(\.to) == ["relecture@x.example"])
  }

  @Test func `a review copy does not link to a page that is not there yet`() throws {
    let site = try site("")
    _ = try publish(site, "22T16:05:00")
    _ = try publish(site, "23T08:05:00")
    for message in try site.outbox() {
      let isCopy = message.to == "relecture@x.example"
      #expect(message.html.contains("weekly/2026-11-23.html") == !isCopy)
      #expect(message.text.contains("Lire dans le navigateur") == !isCopy)
    }
  }
}
