import Model
import Testing

@testable import feedgen

/// A change to the smallest configuration, and what is then said.
struct BadConfiguration: CustomTestStringConvertible, Sendable {
  var change: (String, String)
  var problems: [String]

  var testDescription: String { change.1 }

  init(_ old: String, _ new: String, _ problems: String...) {
    change = (old, new)
    self.problems = problems
  }

  /// More lines at the end.
  init(adding text: String, _ problems: String...) {
    change = ("", text)
    self.problems = problems
  }

  var text: String {
    change.0.isEmpty
      ? ConfigurationSample.smallest + change.1
      : ConfigurationSample.smallest.replacing(change.0, with: change.1)
  }
}

@Suite struct ConfigurationProblemsTests {
  @Test(arguments: siteCases + topicCases + feedCases + digestCases + mailCases + pathCases)
  func `a mistake is said with its place and what to do`(_ bad: BadConfiguration) {
    let problems = ConfigurationSample.problems(bad.text)
    #expect(problems == bad.problems)
  }

  @Test(arguments: yamlCases)
  func `what is not YAML, or too clever, is said`(_ bad: BadConfiguration) {
    let problems = ConfigurationSample.problems(bad.text)
    #expect(problems == bad.problems)
  }

  @Test func `all mistakes are said at once, from top to bottom`() {
    let text = """
      site:
        titel: Veille
        url: veille.example.org
        language: fr
        timezone: Europe/Pariss
        author: {name: La rédaction}
        author: {nom: La rédaction}
        id: tag:veille.example.org,2026:
      topics:
        - {slug: Bielorussie, title: Biélorussie}
      outptu: feeds/

      """
    let problems = ConfigurationSample.problems(text, overrides: ["store=mysql:x"])
    #expect(problems.map { $0.prefix { $0 != " " } } == [])
  }

  @Test func `the line itself is shown, without a password in it`() {
    let text = ConfigurationSample.smallest + """
      mail:
        from: a@example.org
        smtp: smtp://me:se:cr@t@relay.example.org

      """
    let error = #expect(throws: ConfigurationError.self) { try ConfigurationSample.read(text) }
    let problem = error?.problems.first
    #expect(problem?.excerpt == "  smtp: smtp://me:***@relay.example.org")
    #expect(error?.description.contains("cr@t") == false)
  }
}

private let siteCases = [
  BadConfiguration("title: Veille", "titel: Veille"),
  BadConfiguration("title: Veille", "title:"),
  BadConfiguration("title: Veille", "title: [Veille]"),
  BadConfiguration("https://veille.example.org/", "veille.example.org"),
  BadConfiguration("https://veille.example.org/", "https://élan.example.org/"),
  BadConfiguration("https://veille.example.org/", "https://veille.example.org/?a=b"),
  BadConfiguration("language: fr", "language: no"),
  BadConfiguration("language: fr", "language: français"),
  BadConfiguration("timezone: Europe/Paris", "timezone: Europe/Pari"),
  BadConfiguration("timezone: Europe/Paris", "timezone: ../../etc/passwd"),
  BadConfiguration("{name: La rédaction}", "La rédaction"),
  BadConfiguration("{name: La rédaction}", "{email: redaction}"),
  BadConfiguration("  id: tag:veille.example.org,2026:\n", ""),
  BadConfiguration("tag:veille.example.org,2026:", "tag:Veille.example.org,2026:"),
  BadConfiguration("tag:veille.example.org,2026:", "https://veille.example.org/"),
  BadConfiguration("tag:veille.example.org,2026:", "tag:veille,2026:"),
  BadConfiguration("tag:veille.example.org,2026:", "tag:veille.example.org,2026-13:"),
  BadConfiguration("tag:veille.example.org,2026:", "tag:veille.example.org,2026-11-22:"),
  BadConfiguration("language: fr", "language: fr\n  accent: #0b5563"),
  BadConfiguration("language: fr", "language: fr\n  accent: \"#84c6ca\""),
  BadConfiguration("language: fr", "language: fr\n  accent: {light: teal, dark: \"#0f5b63\"}"),
]

private let topicCases = [
  BadConfiguration("slug: bielorussie", "slug: Biélorussie"),
  BadConfiguration("slug: bielorussie", "slug: digests"),
  BadConfiguration("  - {slug: bielorussie, title: Biélorussie}\n", ""),
  BadConfiguration("  - {slug: bielorussie, title: Biélorussie}", "  bielorussie: Biélorussie"),
  BadConfiguration("title: Biélorussie}", "title: Biélorussie, retired: yes}"),
  BadConfiguration(
    "title: Biélorussie}",
    "title: Biélorussie}\n  - {slug: bielorussie, title: Biélorussie, was: [bielorussie, A b]}"),
  BadConfiguration(
    "title: Biélorussie}",
    "title: Biélorussie, was: [est]}\n  - {slug: russie, title: Russie, was: [est]}"),
]

private let feedCases = [
  BadConfiguration(adding: "feeds: {entries: 0, content: all, formats: [atom, rss, xml]}"),
  BadConfiguration(adding: "feeds: {hubs: [], archives: true, precompress: false, hub: []}"),
  BadConfiguration(adding: "feeds: {formats: []}"),
]

private let digestCases = [
  BadConfiguration(adding: "digests: [{name: lettre, cadence: weekly, day: lundi, at: 8:00}]"),
  BadConfiguration(adding: "digests: [{cadence: daily, day: monday}, {cadence: daily}]"),
  BadConfiguration(adding: "digests: [{name: weekly, min_items: 9, ceiling: 3, max_lateness: 1w}]"),
  BadConfiguration(adding: "digests: [{cadence: weekly, review: {}, approval: none, content: x}]"),
  BadConfiguration(adding: "digests: weekly"),
]

private let mailCases = [
  BadConfiguration(adding: "mail: {from: Lettre lettre@example.org, reply_to: a@é.example.org}"),
  BadConfiguration(adding: "mail: {outbox: outbox/}"),
  BadConfiguration(adding: "mail: {from: a@b.org, connections: 4, dkim: [], bounces: {verp: true}}"),
  BadConfiguration(adding: "mail: {from: a@b.org, smtp: relay.example.org}"),
  BadConfiguration(adding: "mail: {from: a@b.org, smtp: \"smtp://h:0\"}"),
  BadConfiguration(adding: "mail: {from: a@b.org, smtp: smtp://h, password_file: a}"),
  BadConfiguration(adding: "mail: {from: a@b.org, user: me}"),
  BadConfiguration(
    adding: "mail: {from: a@b.org, smtp: smtp://a@h, user: b, password_file: f, password_command: c}"
  ),
  BadConfiguration(adding: "notify: {editor: a@b.org}\nserver: {listen: x}"),
]

private let pathCases = [
  BadConfiguration(adding: "store: postgresql://user@host/base"),
  BadConfiguration(adding: "store: feedgen.db"),
  BadConfiguration(adding: "output: articles/feeds"),
  BadConfiguration(adding: "sources: [a/]\noutput: ."),
  BadConfiguration(adding: "sources: [a/, a/b, {wxr: export.xml}, {folder: x}, https://a.org]"),
  BadConfiguration(adding: "sources: articles/"),
]

private let yamlCases = [
  BadConfiguration("title: Veille", "\ttitle: Veille"),
  BadConfiguration("title: Veille", "title: Veille: la lettre"),
  BadConfiguration("title: Veille", "title: \"Veille"),
  BadConfiguration("title: Veille", "title: &t Veille"),
  BadConfiguration("{name: La rédaction}", "{name: &n La rédaction, uri: *n}"),
  BadConfiguration("title: Veille", "title: Veille\n  title: Autre\n  \"title\": Encore"),
  BadConfiguration(adding: "topics: []"),
  BadConfiguration(adding: "---\nsite: {}"),
  BadConfiguration(adding: "? [a]\n: b"),
]
