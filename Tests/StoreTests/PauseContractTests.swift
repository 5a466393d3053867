import Model
import Store
import Testing

/// Pauses, cancelled and late issues, and what a change of choices keeps.
@Suite struct PauseContractTests {
  @Test(arguments: Backend.allCases)
  func `who pauses after the plan gets nothing, and misses the issue`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 2)
    var record = try #require(try test.subscriber("l1@x.example"))
    record.pausedUntil = day(12)
    try test.store.update(record, asOf: day(9))
    let claims = try test.claim(2)
    let missed = try test.store.absences(previewing: false)
    let name = IssueName(digest: "weekly", date: CivilDate("2026-11-09")!)
    #expect(claims.map(\.recipient.address.localPart) == ["l2"])
    #expect(missed == [record.key: [MissedIssue(name: name, through: 7)]])
  }

  @Test(arguments: Backend.allCases)
  func `what was missed is told until a message has told it`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let issue = try test.plan(deliveries: 1)
    let key = try #require(try test.subscriber("l1@x.example")).key
    try test.store.addAbsences([key], from: issue)
    let before = try test.store.absences(previewing: false)
    try test.store.cover([key], through: 7, previewing: true)
    let byMail = try test.store.absences(previewing: false)
    let byOutbox = try test.store.absences(previewing: true)
    #expect(before[key]?.map(\.through) == [7])
    #expect((byMail, byOutbox) == (before, [:]))
  }

  @Test(arguments: Backend.allCases)
  func `an issue that was cancelled is missed by nobody`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let issue = try test.plan(deliveries: 2)
    let key = try #require(try test.subscriber("l1@x.example")).key
    try test.store.addAbsences([key], from: issue)
    try test.store.setState(.cancelled, of: issue)
    let missed = try test.store.absences(previewing: false)
    let claims = try test.claim(2)
    let counts = try test.store.counts(of: issue)
    #expect(missed == [:])
    #expect(claims == [])
    #expect(counts == [.cancelled: 2])
  }

  @Test(arguments: Backend.allCases)
  func `a cancelled slot is over, and its articles are the next issue's`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let before = try test.store.lastRelease(of: "weekly")
    let issue = try test.plan(deliveries: 1)
    let planned = try test.store.lastRelease(of: "weekly")
    try test.store.setState(.cancelled, of: issue)
    let after = try test.store.lastRelease(of: "weekly")
    let slot = try test.store.lastSlot(of: "weekly")
    #expect((before, planned, after) == (nil, 7, 0))
    #expect(slot == CivilDate("2026-11-09"))
  }

  @Test(arguments: Backend.allCases)
  func `an issue can be planned anew after it was cancelled`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let first = try test.plan(deliveries: 1)
    try test.store.setState(.cancelled, of: first)
    let second = try test.plan(deliveries: 1)
    let issues = try test.store.issues(atMost: 5)
    #expect(issues.map(\.key) == [second, first])
    #expect(issues.map(\.state) == [.planned, .cancelled])
    #expect(issues.map(\.deliveries) == [1, 1])
  }

  @Test(arguments: Backend.allCases)
  func `what waits for too long expires, and settles nothing`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let issue = try test.plan(deliveries: 3)
    let claims = try test.claim(2)
    try test.settle(claims[0], .accepted(SMTPReply(code: 250, text: "Ok")))
    try test.settle(claims[1], .uncertain("lost"))
    let early = try test.store.expireDeliveries(of: "weekly", dueBefore: day(8))
    let other = try test.store.expireDeliveries(of: "daily", dueBefore: day(20))
    let late = try test.store.expireDeliveries(of: "weekly", dueBefore: day(20))
    let counts = try test.store.counts(of: issue)
    let covered = try subscribers(test.store).map(\.covered)
    #expect((early, other) == ([:], [:]))
    #expect(Array(late.values) == [1])
    #expect(counts == [.accepted: 1, .uncertain: 1, .expired: 1])
    #expect(covered == [7, 7, 0])
  }

  @Test(arguments: Backend.allCases)
  func `a message of which nothing is left is not sent`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...2)
    let keys = try test.offered().map(\.key)
    let issue = try test.plan(deliveries: 1, listing: [keys[0]])
    try test.put(article(2, standing: .draft), asOf: 3)
    let claims = try test.claim(1)
    let counts = try test.store.counts(of: issue)
    #expect(claims == [])
    #expect(counts == [.cancelled: 1])
  }

  @Test(arguments: Backend.allCases)
  func `what a message left out comes to its reader when it is back`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...2)
    try test.plan(deliveries: 1, listing: try test.offered().map(\.key))
    try test.put(article(2, standing: .draft), asOf: 3)
    let claim = try #require(try test.claim(1).first)
    try test.settle(claim, .accepted(SMTPReply(code: 250, text: "Ok")))
    try test.put(article(1, standing: .draft), asOf: 4)
    try test.put(article(1), asOf: 5)
    try test.put(article(2), asOf: 6)
    let readers = try test.offered().map { ($0.entry.title, $0.readers) }
    #expect(readers.map(\.0) == ["Article 2", "Article 1"])
    #expect(readers.map(\.1) == [[], [try #require(claim.edition).subscriber]])
  }

  @Test(arguments: Backend.allCases)
  func `a change of cadence keeps what is settled and chosen`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    try addSubscriber(test.store, topics: [latin])
    var record = try #require(try test.subscriber("lectrice@courrier.example"))
    try test.store.cover([record.key], through: 9, previewing: false)
    record.subscriber.cadence = .daily
    record.subscriber.language = .english
    try test.store.update(record, asOf: day(10))
    let changed = try #require(try test.subscriber("lectrice@courrier.example"))
    #expect((changed.covered, changed.since) == (9, [latin.slug: 7]))
    #expect(changed.subscriber == record.subscriber)
  }

  @Test(arguments: Backend.allCases)
  func `who changes before the first issue begins as new ones do`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try addSubscriber(test.store, topics: [latin])
    var record = try #require(try test.subscriber("lectrice@courrier.example"))
    record.subscriber.cadence = .daily
    try test.store.update(record, asOf: day(1))
    try test.plan(deliveries: 1)
    let waiting = try test.subscriber("lectrice@courrier.example")?.since
    record.subscriber.cadence = .weekly
    try test.store.update(record, asOf: day(10))
    let since = try test.subscriber("lectrice@courrier.example")?.since
    #expect((waiting, since) == ([latin.slug: -1], [latin.slug: 7]))
  }

  @Test(arguments: Backend.allCases)
  func `the first issue settles the time before it only for those who wait for it`(
    backend: Backend
  ) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    try test.store.beginCovered(cadence: .weekly, at: 5)
    try addSubscriber(test.store, "nouvelle@x.example", topics: [latin])
    try test.store.beginCovered(cadence: .weekly, at: 9)
    let since = try subscribers(test.store).map(\.since)
    #expect(since == [[latin.slug: 5], [latin.slug: 7]])
  }

  @Test(arguments: Backend.allCases)
  func `an address moves with all that belongs to the person`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 2)
    let old = try #require(try test.subscriber("l1@x.example"))
    let taken = try test.store.move(
      old.key,
      to: EmailAddress("L2@x.example")!,
      telling: nil,
      asOf: Instant(seconds: 9)
    )
    let moved = try test.store.move(
      old.key,
      to: EmailAddress("neuve@y.example")!,
      telling: nil,
      asOf: Instant(seconds: 9)
    )
    let claims = try test.claim(2)
    let record = try #require(try test.subscriber("neuve@y.example"))
    let gone = try test.subscriber("l1@x.example")
    #expect((taken, moved) == (false, true))
    #expect(claims.map(\.recipient.address.localPart) == ["neuve", "l2"])
    #expect((record.key, record.since, record.consent) == (old.key, old.since, old.consent))
    #expect(gone == nil)
  }

  @Test(arguments: Backend.allCases)
  func `nobody moves to an address that must not be written to`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try addSubscriber(test.store, topics: [latin])
    let left = Subscriber(address: EmailAddress("a@b.example")!, language: .french, topics: [])
    _ = try test.store.put(
      [SubscriberChange(subscriber: left, standing: .suppressed(.left))],
      asOf: day(1)
    )
    let record = try #require(try test.subscriber("lectrice@courrier.example"))
    let address = EmailAddress("A@b.example")!
    let moved = try test.store.move(record.key, to: address, telling: nil, asOf: day(2))
    #expect(!moved)
  }

  @Test(arguments: Backend.allCases)
  func `who had chosen both of two merged topics loses nothing`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try addSubscriber(test.store, topics: [belarus])
    try test.plan(deliveries: 1)
    try addSubscriber(test.store, topics: [latin, belarus])
    let before = try test.subscriber("lectrice@courrier.example")?.since
    try test.store.setTopics(
      [topic("amerique-latine", "Amérique latine", was: ["bielorussie"])],
      asOf: day(10)
    )
    let after = try test.subscriber("lectrice@courrier.example")?.since
    #expect(before == [latin.slug: 7, belarus.slug: -1])
    #expect(after == [latin.slug: -1])
  }
}

extension StoreUnderTest {
  fileprivate func subscriber(_ address: String) throws -> SubscriberRecord? {
    try store.subscriber(EmailAddress(address)!)
  }
}
