import Foundation
import TestSupport
import Testing

/// What is withdrawn between the plan of an issue and its sending.
@Suite struct WithdrawalTests {
  let site: TestSite

  init() throws {
    site = try TestSite(
      configuration: TestSite.configuration.replacing(
        "at: \"08:00\"}",
        with: "at: \"08:00\", approval: required}"
      )
    )
    try site.writeArticle("un", day: 18)
    try site.writeArticle("deux", day: 19, topic: "bielorussie")
    try site.writeArticle("trois", day: 20, topic: "bielorussie")
    try site.addSubscriber("l1@courrier.example")
  }

  /// The message of an issue from which articles were withdrawn when it was planned already.
  private func message(without names: [(String, topic: String)]) throws -> ReadMessage {
    try site.publish(23)
    for (name, topic) in names {
      try site.writeArticle(name, day: 18, topic: topic, "draft: true")
    }
    try site.run(["issues", "approve", "weekly"])
    try site.publish(23)
    return try #require(try site.outbox().first)
  }

  @Test func `a topic without articles leaves no heading, and no row in the contents`() throws {
    let message = try message(without: [("un", "amerique-latine")])
    #expect(!message.text.contains("Amérique latine") && !message.text.contains("AMÉRIQUE LATINE"))
    #expect(!message.html.contains("Amérique latine"))
    #expect(message.text.contains("Biélorussie") && message.text.contains("2\u{a0}articles"))
    #expect(message.html.contains("id=\"bielorussie\""))
    #expect(message.html.contains("2\u{a0}articles<"))
  }

  @Test func `a number of articles that is not right any more is not told`() throws {
    let message = try message(without: [("trois", "bielorussie")])
    for part in [message.text, message.html] {
      #expect(part.contains("Article un") && part.contains("Article deux"))
      #expect(!part.contains("Article trois"), "nor in the preview line")
      #expect(part.contains("1\u{a0}article") && !part.contains("2\u{a0}articles"))
    }
    #expect(message.html.contains("La semaine du 16 au 22\u{a0}novembre\n<span aria-hidden"))
    #expect(message.text.contains("\n  Biélorussie\n"))
  }

  @Test func `what an editor wrote for the preview line stays`() throws {
    try site.folder.write("---\npreheader: À lire\n---\n", to: "digests/next.md")
    let message = try message(without: [("trois", "bielorussie")])
    #expect(message.html.contains(">À lire\n"))
  }
}
