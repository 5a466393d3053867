import Foundation
import Model
import FoundationXML
import TestSupport
import Testing

/// A site of its own for one test, worked on by the built program.
final class TestSite {
  let folder = TemporaryFolder()
  let program: Program

  static let configuration = """
    site:
      title: Veille
      url: https://veille.example.org/
      language: fr
      timezone: Europe/Paris
      author: {name: La rédaction, email: redaction@example.org}
      id: "tag:veille.example.org,2026:"
      postal_address: 1 rue de l’Exemple, 75000 Paris
    topics:
      - {slug: amerique-latine, title: Amérique latine, description: Essai}
      - {slug: bielorussie, title: Biélorussie, description: Essai}
    sources: [articles/]
    store: sqlite:feedgen.db
    output: feeds/
    feeds: {entries: 5}
    digests:
      - {name: weekly, cadence: weekly, day: monday, at: "08:00"}
    mail:
      from: Veille <lettre@news.example.org>
      reply_to: redaction@example.org
      unsubscribe_mailto: quitter@news.example.org
      first_send: send
      after_gap: send

    """

  init(_ program: Program = .debug, configuration: String = TestSite.configuration) throws {
    self.program = program
    try folder.write(configuration, to: "feedgen.yaml")
    try FileManager.default.createDirectory(
      atPath: folder.file("articles"),
      withIntermediateDirectories: true
    )
  }

  /// Writes an article of the n-th day of November 2026.
  func writeArticle(
    _ name: String,
    day: Int,
    topic: String = "amerique-latine",
    _ frontMatter: String = "",
    text: String? = nil
  ) throws {
    let more = frontMatter.isEmpty ? "" : frontMatter + "\n"
    try folder.write(
      """
      ---
      title: "Article \(name)"
      date: 2026-11-\(day < 10 ? "0" : "")\(day)T08:00:00+01:00
      topics: [\(topic)]
      \(more)---
      \(text ?? "Le texte de \(name).")

      """,
      to: "articles/\(name).md"
    )
  }

  func addSubscriber(_ address: String, topics: [String] = []) throws {
    let result = try run(
      ["subscribers", "add", address, "--consent", "essai"]
        + topics.flatMap { ["--topic", $0] }
    )
    try #require(result.status == 0, "\(result.errors)")
  }

  /// Publishes as of 08:05 in Paris on the n-th day of November 2026.
  @discardableResult
  func publish(_ day: Int, _ more: [String] = []) throws -> Program.Result {
    try run(
      ["publish", "--as-of", "2026-11-\(day < 10 ? "0" : "")\(day)T08:05:00"] + more
    )
  }

  @discardableResult
  func run(_ arguments: [String]) throws -> Program.Result {
    try program.run(arguments, in: folder.path)
  }

  /// The titles of a feed's entries, in order.
  func titles(_ path: String = "atom.xml") throws -> [String] {
    let document = try XMLDocument(
      contentsOf: URL(fileURLWithPath: folder.file("feeds/\(path)"))
    )
    return try document.nodes(forXPath: "//*[local-name()='entry']/*[local-name()='title']")
      .compactMap(\.stringValue)
  }
}
