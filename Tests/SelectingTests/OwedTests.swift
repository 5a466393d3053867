import Model
import Testing

@testable import Selecting

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
    #expect(edition(articles, since: [latin: 0]) == "amerique-latine: 6 5 4 3 +2")
  }

  @Test func `with too little to say there is no message`() {
    var patient = digest
    patient.minItems = 2
    let selection = Selection(candidates: [candidate(1, [latin])], topics: site, settings: patient)
    let owed = owed(since: [latin: 0])
    #expect(selection.edition(for: owed) == nil)
    #expect(selection.owesAnything(to: owed), "it waits for the next")
  }

  @Test func `what does not fit is taken from the longest topic, and counted`() {
    let articles =
      (1...7).map { candidate($0, [latin]) } + [candidate(8, [belarus]), candidate(9, [belarus])]
    let edition = selection(articles).edition(for: owed(since: [latin: 0, belarus: 0]))
    #expect(edition?.description == "amerique-latine: 7 6 +5, bielorussie: 9 8")
  }

  @Test(arguments: [
    (4, [9], [4]), (4, [1, 9], [1, 3]), (4, [2, 2], [2, 2]), (5, [4, 4, 1], [2, 2, 1]),
    (2, [3, 3, 3], [1, 1, 1]), (30, [3, 0], [3, 0]), (4, [], []),
  ])
  func `places are shared so that no topic vanishes`(places: Int, needs: [Int], shares: [Int]) {
    #expect(Selecting.shares(of: places, among: needs) == shares)
  }

  @Test func `the lead is first, and its topic with it`() {
    let articles = [candidate(1, [latin]), candidate(2, [belarus]), candidate(3, [belarus])]
    let led = selection(articles, choice: EditorsChoice(lead: "2"))
    let all = led.edition(for: owed(since: [latin: 0, belarus: 0]))
    let latinOnly = led.edition(for: owed(since: [latin: 0]))
    #expect(all?.description == "bielorussie: 2 3, amerique-latine: 1")
    #expect(latinOnly?.description == "amerique-latine: 1", "it is not owed to everybody")
  }

  @Test func `the lead is there, however many are newer`() {
    let articles = (1...9).map { candidate($0, [latin]) }
    let led = selection(articles, choice: EditorsChoice(lead: "1"))
    #expect(led.edition(for: owed(since: [latin: 0]))?.description == "amerique-latine: 1 9 8 7 +5")
  }

  @Test func `what the editor excludes is not in this issue, and owed to nobody by it`() {
    let without = selection([candidate(1, [latin])], choice: EditorsChoice(excluded: ["1", "7"]))
    let waiting = owed(since: [latin: 0])
    #expect(without.edition(for: waiting) == nil)
    #expect(!without.owesAnything(to: waiting))
    #expect(without.postponed(for: waiting) == [1])
    #expect(without.postponed(for: owed(covered: 1, since: [latin: 0])) == [])
  }

  @Test func `an article that is offered again goes to those who have not had it`() {
    var back = candidate(9, [latin])
    back.firstRelease = 3
    back.readers = [1]
    let again = selection([back])
    #expect(again.edition(for: owed(1, covered: 8, since: [latin: 0])) == nil)
    let other = again.edition(for: owed(2, covered: 8, since: [latin: 0]))
    #expect(other?.description == "amerique-latine: 9")
    #expect(again.edition(for: owed(2, since: [latin: 3])) == nil, "it is from before they came")
  }

  @Test func `an erratum goes once to those who had the article, whatever they read now`() {
    let erratum = Erratum(article: 4, text: "Lire 12 %.", release: 9, readers: [1])
    let issue = Selection(candidates: [], errata: [erratum], topics: site, settings: digest)
    let edition = issue.edition(for: owed(1, covered: 8, since: [:]))
    #expect(edition?.errata == [Edition.Erratum(article: 4, text: "Lire 12 %.")])
    #expect(edition?.sections == [])
    #expect(issue.edition(for: owed(1, covered: 9, since: [:])) == nil)
    #expect(issue.edition(for: owed(2, covered: 8, since: [:])) == nil)
  }

  @Test func `after a pause there is the current period, and word of what was missed`() {
    let missed = ["2026-11-09", "2026-11-16"].enumerated().map { number, date in
      MissedIssue(
        name: IssueName(digest: "weekly", date: CivilDate(date)!),
        through: Int64(number + 2)
      )
    }
    let articles = (1...4).map { candidate($0, [latin]) }
    let owed = owed(covered: 1, since: [latin: 0], missed: missed)
    let edition = selection(articles).edition(for: owed)
    #expect(edition?.description == "amerique-latine: 4")
    #expect(edition?.missed == missed.map(\.name))
    #expect(selection([]).edition(for: owed) == nil)
    #expect(selection([]).owesAnything(to: owed), "the word waits for a message")
  }

  private func edition(
    _ candidates: [Candidate],
    covered: Int64 = 0,
    since: [Slug: Int64]
  ) -> String? {
    selection(candidates).edition(for: owed(covered: covered, since: since))?.description
  }
}

private func selection(
  _ candidates: [Candidate],
  choice: EditorsChoice = EditorsChoice()
) -> Selection {
  Selection(candidates: candidates, topics: site, settings: digest, choice: choice)
}

private func owed(
  _ subscriber: Int64 = 1,
  covered: Int64 = 0,
  since: [Slug: Int64],
  missed: [MissedIssue] = []
) -> Owed {
  Owed(subscriber: subscriber, language: .french, covered: covered, since: since, missed: missed)
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

extension Edition {
  /// For instance `bielorussie: 3 2 +1`.
  fileprivate var description: String {
    sections.map { section in
      let keys = section.articles.map(String.init).joined(separator: " ")
      return "\(section.topic): \(keys)" + (section.left > 0 ? " +\(section.left)" : "")
    }.joined(separator: ", ")
  }
}
