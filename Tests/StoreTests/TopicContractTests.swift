import Model
import Store
import Testing

@Suite struct TopicContractTests {
  @Test(arguments: Backend.allCases)
  func `a renamed topic keeps its feed, articles and subscribers`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...2)
    try addSubscriber(test.store, topics: [latin])
    let renamed = topic("ameriques", "Amériques", was: ["amerique-latine"])
    try test.store.setTopics([renamed, belarus], asOf: day(3))
    let window = try test.window(of: .topic(renamed.slug))
    let feed = try #require(try test.store.feeds().first { $0.name == .topic(renamed.slug) })
    let topics = try subscribers(test.store).map(\.subscriber.topics)
    #expect(window == [2, 1])
    #expect(feed.permanentName == "amerique-latine")
    #expect(feed.former == [FormerSlug(slug: latin.slug, since: day(3))])
    #expect(topics == [[renamed.slug]])
  }

  @Test(arguments: Backend.allCases)
  func `a topic may take its old name back`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...2)
    let renamed = topic("ameriques", "Amériques", was: ["amerique-latine"])
    try test.store.setTopics([renamed, belarus], asOf: day(3))
    let back = topic("amerique-latine", "Amérique latine", was: ["ameriques"])
    try test.store.setTopics([back, belarus], asOf: day(4))
    let window = try test.window(of: .topic(latin.slug))
    let feed = try #require(try test.store.feeds().first { $0.name == .topic(latin.slug) })
    #expect(window == [2, 1])
    #expect(feed.former.map(\.slug.text) == ["ameriques"])
  }

  @Test(arguments: Backend.allCases)
  func `a new topic under a name that another had is another feed`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...1)
    let renamed = topic("ameriques", "Amériques", was: ["amerique-latine"])
    try test.store.setTopics([renamed, belarus], asOf: day(2))
    try test.store.setTopics([renamed, belarus, latin], asOf: day(3))
    let names = try test.store.feeds().map(\.permanentName)
    let window = try test.window(of: .topic(latin.slug))
    #expect(names == ["", "amerique-latine", "bielorussie", "amerique-latine-2"])
    #expect(window == [])
  }

  @Test(arguments: Backend.allCases)
  func `an article may still use a topic's old name`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let renamed = topic("ameriques", "Amériques", was: ["amerique-latine"])
    try test.store.setTopics([renamed, belarus], asOf: day(1))
    try test.publish(1...1, topics: [latin])
    let window = try test.window(of: .topic(renamed.slug))
    #expect(window == [1])
  }

  @Test(arguments: Backend.allCases)
  func `merged topics bring their articles and subscribers along`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...1, topics: [latin])
    try test.publish(2...2, topics: [belarus])
    try addSubscriber(test.store, topics: [belarus])
    let merged = topic("amerique-latine", "Amérique latine", was: ["bielorussie"])
    try test.store.setTopics([merged], asOf: day(3))
    try test.release(asOf: 3)
    let window = try test.window(of: .topic(latin.slug))
    let topics = try subscribers(test.store).map(\.subscriber.topics)
    let feeds = try test.store.feeds().map(\.name)
    #expect(window == [2, 1])
    #expect(topics == [[latin.slug]])
    #expect(feeds == [.site, .topic(latin.slug)])
  }

  @Test(arguments: Backend.allCases)
  func `a retired topic keeps its feed and takes no more`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...1)
    let retired = topic("amerique-latine", "Amérique latine", isRetired: true)
    try test.store.setTopics([retired, belarus], asOf: day(2))
    try test.publish(2...2)
    let window = try test.window(of: .topic(latin.slug))
    let site = try test.window(of: .site)
    #expect(window == [1])
    #expect(site == [2, 1])
  }

  @Test(arguments: Backend.allCases)
  func `a topic that opens again takes what came meanwhile`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let retired = topic("amerique-latine", "Amérique latine", isRetired: true)
    try test.store.setTopics([retired, belarus], asOf: day(1))
    try test.publish(2...2)
    try test.store.setTopics([latin, belarus], asOf: day(3))
    try test.release(asOf: 3)
    let window = try test.window(of: .topic(latin.slug))
    #expect(window == [2])
  }

  @Test(arguments: Backend.allCases)
  func `a topic in use cannot simply go`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...2)
    try addSubscriber(test.store, topics: [latin, belarus])
    #expect(
      throws: StoreError.topicInUse(slug: "amerique-latine", articles: 2, subscribers: 1)
    ) {
      try test.store.setTopics([belarus], asOf: day(2))
    }
    let feeds = try test.store.feeds()
    #expect(feeds.count == 3, "nothing was changed")
  }

  @Test(arguments: Backend.allCases)
  func `a new title changes the feed, not its entries`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...1)
    let revision = try test.store.counters().revision
    try test.store.setTopics([topic("amerique-latine", "Amériques"), belarus], asOf: day(9))
    let changed = try test.store.documents(changedAfter: revision)
    let after = try #require(try test.store.feeds().first { $0.name == .topic(latin.slug) })
    let entry = try test.store.article(id: article(1).id)
    #expect(after.updated == day(9))
    #expect(changed.map(\.feed.name) == [.topic(latin.slug)])
    #expect(entry?.updated == day(1))
  }
}

func addSubscriber(
  _ store: any SiteStore,
  _ address: String = "lectrice@courrier.example",
  topics: [Topic]
) throws {
  let subscriber = Subscriber(
    address: EmailAddress(address)!,
    language: .french,
    topics: topics.map(\.slug)
  )
  let consent = Consent(given: day(1), source: "test")
  _ = try store.put(
    [SubscriberChange(subscriber: subscriber, standing: .active(consent))],
    asOf: day(1)
  )
}

func subscribers(_ store: any SiteStore) throws -> [SubscriberRecord] {
  var records: [SubscriberRecord] = []
  try store.eachSubscriber { records.append($0) }
  return records
}
