import Foundation
import TestSupport
import Testing

@Suite struct DigestTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.writeArticle("un", day: 18)
    try site.writeArticle("deux", day: 19, topic: "bielorussie")
    try site.writeArticle("vieux", day: 3)
    try site.addSubscriber("tout@courrier.example")
    try site.addSubscriber("minsk@courrier.example", topics: ["bielorussie"])
  }

  @Test func `without a relay digests go to the outbox, one for each reader`() throws {
    let result = try site.publish(23)
    #expect(result.status == 0, "\(result.errors)")
    let messages = try site.outbox()
    #expect(
      messages.map(\.to) == ["tout@courrier.example", "minsk@courrier.example"]
    )
    #expect(messages.map { $0.text.contains("Article un") } == [true, false])
    #expect(messages.map { $0.html.contains("Article deux") } == [true, true])
    #expect(messages.allSatisfy { !$0.text.contains("Article vieux") }, "it is of another week")
    #expect(messages.allSatisfy { $0.defects.isEmpty })
    #expect(messages[0].subject.hasSuffix("semaine du 16 au 22\u{a0}novembre 2026"))
  }

  @Test func `a digest is due once, whatever happens meanwhile`() throws {
    try site.publish(23)
    let before = try site.folder.names(in: "outbox/new")
    try site.writeArticle("trois", day: 23)
    try site.publish(23)
    try site.publish(24)
    #expect(try site.folder.names(in: "outbox/new") == before)
    #expect(before.count == 2)
  }

  @Test func `the next issue has only what is new`() throws {
    try site.publish(23)
    try site.writeArticle("trois", day: 25)
    try site.publish(30)
    let messages = try site.outbox().filter { $0.subject.contains("29") }
    #expect(messages.map(\.to) == ["tout@courrier.example"], "nothing new about Belarus")
    #expect(messages.first?.text.contains("Article trois") == true)
    #expect(messages.first?.text.contains("Article un") == false)
  }

  @Test func `two weeks off give one issue`() throws {
    try site.writeArticle("avant", day: 12)
    try site.publish(16)
    let result = try site.run(["publish", "--as-of", "2026-11-30T09:00:00"])
    #expect(result.status == 0, "\(result.errors)")
    let messages = try site.outbox().filter { $0.to == "tout@courrier.example" }
    #expect(messages.count == 2)
    #expect(messages.contains { $0.text.contains("Article un") && $0.text.contains("deux") })
  }

  @Test func `too late is said once, and nothing is lost`() throws {
    let first = try site.run(["publish", "--as-of", "2026-11-19T08:05:00"])
    let late = try site.run(["publish", "--as-of", "2026-11-26T08:05:00"])
    let again = try site.run(["publish", "--as-of", "2026-11-26T08:10:00"])
    #expect(late.errors.contains("weekly/2026-11-23: not sent, because it is too late"))
    #expect(first.errors == "", "nobody waits for an issue from before the site’s beginning")
    #expect(again.errors == "")
    try site.publish(30)
    let messages = try site.outbox()
    #expect(messages.first?.text.contains("Article un") == true)
  }

  @Test func `digests alone know what has appeared`() throws {
    let result = try site.publish(23, ["--digests-only"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try site.outbox().count == 2)
    try site.publish(23, ["--feeds-only"])
    #expect(try site.titles().count == 3)
  }

  @Test func `a withdrawn article is in no later digest`() throws {
    try site.publish(20)
    try site.run(["articles", "delete", "un"])
    try site.publish(23)
    let messages = try site.outbox()
    #expect(messages.allSatisfy { !$0.text.contains("Article un") })
  }

  @Test func `the preview is what would go out`() throws {
    let result = try site.run([
      "preview", "--topic", "bielorussie", "--output", "essai", "--as-of", "2026-11-21",
    ])
    #expect(result.status == 0, "\(result.errors)")
    let names = try site.folder.names(in: "essai")
    #expect(names.map { ($0 as NSString).pathExtension } == ["eml", "html", "txt", "txt"])
    let text = try site.folder.read("essai/\(try #require(names.last))")
    #expect(text.contains("Article deux"))
    #expect(!text.contains("Article un"))
    #expect(try site.folder.names().contains("outbox") == false)
  }

  /// What Python's `mailbox` and `email` make of the outbox.
}

/// What a digest says of an article.
@Suite struct ExcerptTests {
  @Test(arguments: ["summary", "title"])
  func `a digest has summaries, or titles alone`(content: String) throws {
    let site = try TestSite(
      configuration: TestSite.configuration
        .replacing("at: \"08:00\"}", with: "at: \"08:00\", content: \(content)}")
    )
    try site.writeArticle("un", day: 18, "summary: Un résumé.", text: "Le texte.")
    try site.addSubscriber("l1@courrier.example")
    try site.publish(23)
    let message = try #require(try site.outbox().first)
    let page = try site.folder.read("feeds/digests/weekly/2026-11-23.html")
    for part in [message.text, message.html, page] {
      #expect(part.contains("Article un"))
      #expect(part.contains("Un résumé.") == (content == "summary"))
    }
  }

  @Test func `whole articles are not in this version, and that is said`() throws {
    let configuration = TestSite.configuration
      .replacing("at: \"08:00\"}", with: "at: \"08:00\", content: full}")
    let result = try TestSite(configuration: configuration).run(["check"])
    #expect(result.status == 78)
    #expect(result.errors.contains("feedgen.yaml:17:72: “digests[0].content”"), "\(result.errors)")
    #expect(result.errors.contains("has summaries or titles, not whole articles"))
  }
}

/// A message as Python's standard library reads it.
struct ReadMessage: Decodable {
  var to: String
  var subject: String
  var id: String
  var text: String
  var html: String
  var defects: [String]
}

extension TestSite {
  /// The messages in the outbox.
  func outbox() throws -> [ReadMessage] {
    guard try folder.names().contains("outbox") else { return [] }
    let script = "\(Program.repository)/Tests/Readers/read_maildir.py"
    let (status, output) = try runProgram("python3", [script, folder.file("outbox")])
    try #require(status == 0)
    return try JSONDecoder().decode([ReadMessage].self, from: Data(output.utf8))
  }
}
