import Model
import Store
import Testing

/// Which articles and corrections a digest may list, and who had them.
@Suite struct OfferContractTests {
  @Test(arguments: Backend.allCases)
  func `an article that comes back is offered anew`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...3)
    try test.withdraw(1, asOf: 4)
    let without = try test.offered()
    try test.bringBack(1, asOf: 5)
    let back = try test.offered().first
    #expect(without.map(\.release) == [3, 2])
    #expect(back?.entry.title == "Article 1")
    #expect((back?.release, back?.firstRelease) == (4, 4), "nobody has had it")
  }

  @Test(arguments: Backend.allCases)
  func `an article moved past a slot comes when its new date has come`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...3)
    try test.put(article(2, published: day(9)), asOf: 4)
    let ahead = try test.offered()
    try test.release(asOf: 9)
    let back = try test.offered().first
    #expect(ahead.map(\.release) == [3, 1])
    #expect((back?.release, back?.entry.title) == (4, "Article 2"))
  }

  @Test(arguments: Backend.allCases)
  func `who had it does not get it again when it is back`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...1)
    let keys = try test.offered().map(\.key)
    try test.plan(deliveries: 3, listing: keys)
    let claims = try test.claim(3)
    try test.settle(claims[0], .accepted(SMTPReply(code: 250, text: "Ok")))
    try test.settle(claims[1], .uncertain("lost"))
    try test.settle(claims[2], .rejected(SMTPReply(code: 550, text: "5.7.1 Policy")))
    try test.withdraw(1, asOf: 4)
    try test.bringBack(1, asOf: 5)
    let back = try #require(try test.offered().first)
    #expect(back.readers == Set(claims[0...1].compactMap(\.edition?.subscriber)))
    #expect((back.release, back.firstRelease) == (2, 1), "it is not new to who comes now")
  }

  @Test(arguments: Backend.allCases)
  func `the outbox counts as read only for the outbox`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...1)
    try test.plan(deliveries: 1, listing: try test.offered().map(\.key))
    let claim = try #require(try test.claim(1).first)
    try test.settle(claim, .previewed("1.eml"))
    try test.withdraw(1, asOf: 4)
    try test.bringBack(1, asOf: 5)
    let byMail = try test.offered().map(\.readers)
    let byOutbox = try test.offered(previewing: true).map(\.readers)
    #expect(byMail == [[]])
    #expect(byOutbox == [[try #require(claim.edition).subscriber]])
  }

  @Test(arguments: Backend.allCases)
  func `what was kept out of digests is offered when it may be mailed`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    var hidden = article(1)
    hidden.inDigest = false
    try test.put(hidden, asOf: 1)
    try test.publish(2...2)
    let before = try test.offered()
    try test.put(article(1), asOf: 3)
    let after = try test.offered()
    #expect(before.map(\.entry.title) == ["Article 2"])
    #expect(after.map(\.entry.title) == ["Article 1", "Article 2"])
    #expect(after.map(\.release) == [3, 2])
  }

  @Test(arguments: Backend.allCases)
  func `a correction moves no offer, and another topic neither`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...2)
    var changed = article(1, topics: [latin, belarus], words: 9)
    changed.updated = day(3)
    try test.put(changed, asOf: 3)
    let releases = try test.offered().map(\.release)
    #expect(releases == [2, 1])
  }

  @Test(arguments: Backend.allCases)
  func `what is put off is offered by the next issue`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...2)
    let keys = try test.offered().map(\.key)
    let issue = try test.plan(deliveries: 1, listing: [keys[0]], close: false)
    try test.store.closePlan(of: issue, as: .planned, postponing: [keys[1]], telling: [])
    let next = try test.offered(after: 2)
    #expect(next.map(\.entry.title) == ["Article 1"])
    #expect(next.map(\.firstRelease) == [3], "it is new to who comes now")
  }

  @Test(arguments: Backend.allCases)
  func `an erratum is owed to those who had the article and no other`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...1)
    try test.plan(deliveries: 3, listing: try test.offered().map(\.key))
    let claims = try test.claim(3)
    try test.settle(claims[0], .accepted(SMTPReply(code: 250, text: "Ok")))
    try test.settle(claims[1], .uncertain("lost"))
    let before = try test.errata()
    // The issue was about releases up to 7; the erratum has a later one.
    try test.publish(2...7)
    try test.correct(1, "Lire 12 %.", asOf: 8)
    let erratum = try #require(try test.errata().first)
    #expect(before == [])
    #expect((erratum.text, erratum.release) == ("Lire 12 %.", 8))
    #expect(erratum.readers == Set(claims[0...1].compactMap(\.edition?.subscriber)))
    let daily = try test.store.errata(through: .max, cadence: .daily, previewing: false)
    #expect(daily == [], "they get a weekly digest")
    try test.store.cover([try #require(claims[0].edition).subscriber], through: 8, previewing: false)
    let rest = try test.errata().map(\.readers)
    #expect(rest == [[try #require(claims[1].edition).subscriber]])
  }

  @Test(arguments: Backend.allCases)
  func `a better worded erratum is the same one, a new one is another`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...1)
    try test.plan(deliveries: 1, listing: try test.offered().map(\.key))
    try test.settle(
      try #require(try test.claim(1).first),
      .accepted(SMTPReply(code: 250, text: ""))
    )
    try test.publish(2...7)
    for text in ["Lire 12 %.", "Lire 12 % et non 21 %.", nil, "Lire 13 %."] {
      try test.correct(1, text, asOf: 8)
    }
    let errata = try test.errata().map(\.release)
    #expect(errata == [9])
  }
}

extension StoreUnderTest {
  func put(_ article: Article, asOf number: Int) throws {
    try store.write([.put(article, stamp: nil, isArchive: false)], asOf: day(number))
    try release(asOf: number)
  }

  fileprivate func withdraw(_ number: Int, asOf: Int) throws {
    try put(article(number, standing: .draft), asOf: asOf)
  }

  fileprivate func bringBack(_ number: Int, asOf: Int) throws {
    try put(article(number), asOf: asOf)
  }

  fileprivate func correct(_ number: Int, _ erratum: String?, asOf: Int) throws {
    var corrected = article(number)
    corrected.erratum = erratum
    try put(corrected, asOf: asOf)
  }

  fileprivate func errata() throws -> [IssueErratum] {
    try store.errata(through: .max, cadence: .weekly, previewing: false)
  }

  func settle(_ claim: Claim, _ outcome: DeliveryOutcome) throws {
    let settlement = Settlement(delivery: claim.delivery, outcome: outcome, notBefore: day(99))
    _ = try self.claim(0, settled: [settlement])
  }
}
