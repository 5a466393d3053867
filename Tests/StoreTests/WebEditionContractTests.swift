import Model
import Store
import Testing

/// What anybody may read of an issue: frozen words, and what became of the articles since.
@Suite struct WebEditionContractTests {
  @Test(arguments: Backend.allCases)
  func `an edition comes back as it was frozen`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let edition = try test.goOut()
    let stored = try test.editions(.all)
    let heads = try test.store.webEditionHeads()
    #expect(stored == [edition])
    #expect(heads.map(\.heading) == ["La semaine"])
    #expect(heads.flatMap(\.items) == [])
  }

  @Test(arguments: Backend.allCases)
  func `an issue has a page while it goes out, and only then`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...7)
    let issue = try test.plan(deliveries: 1)
    let edition = try test.edition()
    try test.store.addWebEdition(edition, to: issue)
    #expect(try test.editions(.all) == [edition])
    for standing in [IssueStanding.review, .held([.byHand])] {
      try test.store.recordWebEditions()
      try test.store.setState(standing, of: issue)
      #expect(try test.store.hasStaleWebEditions())
      #expect(try !test.store.hasWebEditions())
      #expect(try test.editions(.all) == [])
      #expect(try test.store.goneWebEditions() == [edition.name])
    }
    try test.store.setState(.planned, of: issue)
    #expect(try test.store.hasWebEditions())
    #expect(try test.store.goneWebEditions() == [])
    for standing in [IssueStanding.cancelled, .planned] {
      try test.store.setState(standing, of: issue)
      #expect(try !test.store.hasWebEditions(), "what was given up does not come back")
      #expect(try test.store.goneWebEditions() == [edition.name])
    }
  }

  @Test(arguments: Backend.allCases)
  func `an issue that nobody gets has no page`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...7)
    let issue = try test.plan(deliveries: 0)
    try test.store.addWebEdition(test.edition(), to: issue)
    #expect(try test.editions(.all) == [])
  }

  @Test(arguments: Backend.allCases)
  func `a page is stale until that is recorded, and when an article has changed`(
    backend: Backend
  ) throws {
    let test = try StoreUnderTest(backend)
    let edition = try test.goOut()
    #expect(try test.editions(.stale) == [edition])
    try test.store.recordWebEditions()
    #expect(try test.editions(.stale) == [])
    var moved = article(1)
    moved.url = "https://veille.example.org/ailleurs"
    try test.put(moved, asOf: 20)
    let stale = try test.editions(.stale)
    #expect(stale.first?.items.first?.entry.url == "https://veille.example.org/ailleurs")
    #expect(stale.first?.updated == edition.updated, "what it says is the same")
  }

  @Test(arguments: Backend.allCases)
  func `what is reworded keeps its words, and a correction its first day`(
    backend: Backend
  ) throws {
    let test = try StoreUnderTest(backend)
    try test.goOut()
    var corrected = article(1)
    corrected.title = "Un autre titre"
    corrected.erratum = "Huit, et non neuf."
    try test.put(corrected, asOf: 20)
    corrected.erratum = "Ils sont huit, et non neuf."
    try test.put(corrected, asOf: 22)
    let item = try #require(try test.editions(.latest(1)).first?.items.first)
    #expect(item.entry.title == "Article 1")
    #expect(item.note == WebEdition.Note(text: "Ils sont huit, et non neuf.", date: day(20)))
    corrected.erratum = nil
    try test.put(corrected, asOf: 23)
    #expect(try test.editions(.latest(1)).first?.items.first?.note == nil)
  }
}

extension StoreUnderTest {
  /// The page of the issue that ``plan(deliveries:)`` plans.
  fileprivate func edition() throws -> WebEdition {
    var entries: [WebEdition.Item] = []
    for offer in try offered().sorted(by: { $0.release < $1.release }) {
      var entry = offer.entry
      entry.authors = entry.authors.map { Person(name: $0.name) }
      entry.updated = entry.published
      entries.append(WebEdition.Item(article: offer.key, entry: entry))
    }
    return WebEdition(
      name: IssueName(digest: "weekly", date: try #require(CivilDate("2026-11-09"))),
      subject: "Sept articles",
      heading: "La semaine",
      introduction: "<p>Bonjour.</p>",
      published: try #require(try store.issues(atMost: 1).first).slot,
      sections: [
        WebEdition.Section(topic: latin.slug, title: latin.title, items: Array(entries.dropLast()))
      ],
      errata: entries.suffix(1).map { item in
        var item = item
        item.entry.topics = []
        return WebEdition.Erratum(item: item, text: "Une faute.")
      }
    )
  }

  @discardableResult
  fileprivate func goOut() throws -> WebEdition {
    try publish(1...7)
    let issue = try plan(deliveries: 1)
    let edition = try edition()
    try store.addWebEdition(edition, to: issue)
    return edition
  }

  fileprivate func editions(_ scope: WebEditionScope) throws -> [WebEdition] {
    var editions: [WebEdition] = []
    try store.eachWebEdition(scope) { editions.append($0) }
    return editions
  }
}
