import Model
import Selecting
import Testing

private let latin = Slug("amerique-latine")!
private let belarus = Slug("bielorussie")!
private let site = [latin, belarus]
private let digest = DigestSettings(
  name: "weekly",
  schedule: .weekly(on: .monday, at: .midnight),
  ceiling: 4
)

@Suite struct OwedTests {
  @Test func `an article in two topics comes once, under the first of the reader's`() {
    let both = [candidate(1, [latin, belarus])]
    #expect(edition(both, since: [latin: 0, belarus: 0]) == "amerique-latine: 1")
    #expect(edition(both, since: [belarus: 0]) == "bielorussie: 1")
    #expect(edition(both, since: [:]) == nil)
  }

  @Test func `topics follow the site's order, articles the newest first`() {
    let articles = [candidate(1, [belarus]), candidate(2, [latin]), candidate(3, [latin])]
    #expect(
      edition(articles, since: [latin: 0, belarus: 0]) == "amerique-latine: 3 2, bielorussie: 1"
    )
  }

  @Test func `what is covered does not come again`() {
    let articles = [candidate(1, [latin]), candidate(2, [latin])]
    #expect(edition(articles, covered: 1, since: [latin: 0]) == "amerique-latine: 2")
    #expect(edition(articles, covered: 2, since: [latin: 0]) == nil)
  }

  @Test func `a topic is owed from when it was chosen`() {
    let articles = [candidate(1, [latin]), candidate(2, [belarus]), candidate(3, [latin])]
    #expect(
      edition(articles, since: [latin: 2, belarus: 0]) == "amerique-latine: 3, bielorussie: 2"
    )
  }

  @Test func `a later topic never takes back what an earlier one owes`() {
    let article = [candidate(2, [latin, belarus])]
    #expect(edition(article, since: [latin: 5, belarus: 0]) == "amerique-latine: 2")
  }

  @Test func `the ceiling keeps the newest`() {
    let articles = (1...6).map { candidate($0, [latin]) }
    #expect(edition(articles, since: [latin: 0]) == "amerique-latine: 6 5 4 3")
  }

  @Test func `with too little to say there is no message`() {
    var patient = digest
    patient.minItems = 2
    let one = Owed(language: .french, covered: 0, since: [latin: 0])
      .edition(of: [candidate(1, [latin])], topics: site, settings: patient)
    #expect(one == nil)
  }

  private func edition(
    _ candidates: [Candidate],
    covered: Int64 = 0,
    since: [Slug: Int64]
  ) -> String? {
    Owed(language: .french, covered: covered, since: since)
      .edition(
        of: candidates.sorted(by: Candidate.isListedBefore),
        topics: site,
        settings: digest
      )?.sections
      .map { "\($0.topic): \($0.articles.map(String.init).joined(separator: " "))" }
      .joined(separator: ", ")
  }
}

private func candidate(_ number: Int64, _ topics: [Slug]) -> Candidate {
  Candidate(
    key: number,
    release: number,
    published: Instant(seconds: number * 100),
    id: "\(number)",
    topics: topics
  )
}
