import Model
import Store
import Testing

@Suite struct DeliveryContractTests {
  @Test(arguments: Backend.allCases)
  func `nothing of an issue can be claimed before its plan is closed`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let issue = try test.plan(deliveries: 2, close: false)
    let before = try test.claim(5)
    try test.store.closePlan(of: issue, as: .planned, postponing: [], telling: [])
    let after = try test.claim(5)
    #expect(before == [])
    #expect(after.map(\.recipient.address.localPart) == ["l1", "l2"])
  }

  @Test(arguments: Backend.allCases)
  func `a claim carries what its message needs`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let issue = try test.plan(deliveries: 1)
    let claim = try #require(try test.claim(1).first)
    let edition = try #require(claim.edition)
    #expect(edition.issue == issue)
    #expect(edition.name == IssueName(digest: "weekly", date: CivilDate("2026-11-09")!))
    #expect(claim.date == day(9))
    #expect(claim.attempt == 1)
    let group = try test.store.group(edition.group, of: issue)
    let fragments = try test.store.fragments(of: issue, numbers: [0, 1])
    #expect(group?.html == [1, 0])
    #expect(fragments.map(\.bytes) == [[65], [66]])
  }

  @Test(arguments: Backend.allCases)
  func `a delivery is claimed once, and its date stays`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    let claim = try #require(try test.claim(1).first)
    let again = try test.claim(1)
    let later = Settlement(
      delivery: claim.delivery,
      outcome: .deferred(SMTPReply(code: 451, text: "4.7.1 Greylisted")),
      notBefore: day(12)
    )
    let tooEarly = try test.claim(1, settled: [later], now: day(11))
    let retry = try #require(try test.claim(1, now: day(12)).first)
    #expect(again == [])
    #expect(tooEarly == [])
    #expect(retry.delivery == claim.delivery)
    #expect(retry.attempt == 2)
    #expect(retry.date == claim.date)
  }

  @Test(arguments: Backend.allCases)
  func `what settles a subscriber moves covered`(backend: Backend) throws {
    let outcomes: [DeliveryOutcome] = [
      .accepted(SMTPReply(code: 250, text: "2.0.0 Ok")),
      .rejected(SMTPReply(code: 550, text: "5.1.1 No such user")),
      .rejected(SMTPReply(code: 550, text: "5.7.1 Policy")),
      .previewed("1.eml"),
    ]
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: outcomes.count)
    let claims = try test.claim(outcomes.count)
    let settled = zip(claims, outcomes).map { Settlement(delivery: $0.delivery, outcome: $1) }
    _ = try test.claim(0, settled: settled)
    let records = try subscribers(test.store)
    #expect(records.map(\.covered) == [7, 7, 0, 0])
    #expect(records.map(\.previewed) == [0, 0, 0, 7])
    let counts = try test.store.counts(of: nil)
    #expect(counts == [.accepted: 1, .rejected: 2, .previewed: 1])
  }

  @Test(arguments: Backend.allCases)
  func `an uncertain delivery is tried once more, then left to a person`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    for attempt in 1...2 {
      let claim = try #require(try test.claim(1, now: day(10)).first)
      #expect(claim.attempt == attempt)
      let lost = Settlement(
        delivery: claim.delivery,
        outcome: .uncertain("connection lost"),
        notBefore: day(10)
      )
      _ = try test.claim(0, settled: [lost])
    }
    let more = try test.claim(1, now: day(20))
    let counts = try test.store.counts(of: nil)
    #expect(more == [])
    #expect(counts == [.unknown: 1])
  }

  @Test(arguments: Backend.allCases)
  func `an address suppressed after the plan gets nothing`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 2)
    let left = Subscriber(address: EmailAddress("l1@x.example")!, language: .french, topics: [])
    _ = try test.store.put(
      [SubscriberChange(subscriber: left, standing: .suppressed(.left))],
      asOf: day(9)
    )
    let claims = try test.claim(2)
    let counts = try test.store.counts(of: nil)
    #expect(claims.map(\.recipient.address.localPart) == ["l2"])
    #expect(counts == [.cancelled: 1, .claimed: 1])
  }

  @Test(arguments: Backend.allCases)
  func `what a dead run had claimed is known, and can be put back`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 2)
    _ = try test.claim(1)
    let runs = try test.store.claimingRuns()
    let dead = try test.store.claims(of: "run", atMost: 9)
    let others = try test.store.claims(of: "another run", atMost: 9)
    #expect(runs == ["run"])
    #expect(dead.map(\.attempt) == [1])
    #expect(others == [])
    let settled = dead.map { Settlement(delivery: $0.delivery, outcome: .untouched) }
    let claims = try test.claim(2, settled: settled)
    #expect(claims.count == 2)
    #expect(claims.map(\.attempt) == [1, 1])
  }

  @Test(arguments: Backend.allCases)
  func `what was not done with in time expires, and what may have arrived stays unknown`(
    backend: Backend
  ) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 3)
    let claims = try test.claim(2, now: day(9))
    let later = SMTPReply(code: 451, text: "4.7.1 later")
    let settled = [
      Settlement(delivery: claims[0].delivery, outcome: .deferred(later), notBefore: day(10)),
      Settlement(delivery: claims[1].delivery, outcome: .uncertain("lost"), notBefore: day(10)),
    ]
    _ = try test.claim(0, settled: settled, now: day(9))
    try test.store.expireDeliveries(triedBefore: day(9))
    #expect(try test.store.counts(of: nil) == [.pending: 2, .uncertain: 1])
    try test.store.expireDeliveries(triedBefore: day(10))
    #expect(try test.store.counts(of: nil) == [.expired: 1, .unknown: 1, .pending: 1])
    let covered = try test.store.subscribers(after: 0, atMost: 9).map(\.covered)
    #expect(covered[0] < covered[1], "what has expired is owed again")
  }

  @Test(arguments: Backend.allCases)
  func `what may have arrived of a cancelled issue stays unknown`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let issue = try test.plan(deliveries: 1)
    let claims = try test.claim(1)
    let settled = claims.map {
      Settlement(delivery: $0.delivery, outcome: .uncertain("lost"), notBefore: day(12))
    }
    _ = try test.claim(0, settled: settled)
    try test.store.setState(.cancelled, of: issue)
    try test.store.expireDeliveries(triedBefore: day(1))
    #expect(try test.store.counts(of: nil) == [.unknown: 1])
  }

  @Test(arguments: Backend.allCases)
  func `what has not arrived is listed with its reasons`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 4)
    let claims = try test.claim(4)
    let outcomes: [DeliveryOutcome] = [
      .deferred(SMTPReply(code: 451, text: "4.7.1 later")), .uncertain("lost"),
      .rejected(SMTPReply(code: 550, text: "5.7.1 no")),
      .accepted(SMTPReply(code: 250, text: "ok")),
    ]
    let settled = zip(claims, outcomes).map {
      Settlement(delivery: $0.delivery, outcome: $1, notBefore: day(10))
    }
    _ = try test.claim(0, settled: settled)
    let troubled = try test.store.troubledDeliveries(atMost: 9)
    #expect(troubled.map(\.state) == [.pending, .uncertain, .rejected])
    #expect(troubled.map(\.reply) == ["451 4.7.1 later", "lost", "550 5.7.1 no"])
    #expect(troubled.map(\.attempts) == [1, 1, 1])
    #expect(troubled[0].notBefore == day(10))
    #expect(troubled.allSatisfy { $0.issue != nil })
    #expect(try test.store.troubledDeliveries(atMost: 0) == [])
  }

  /// The same rules as for a report that comes back.
  @Test(arguments: Backend.allCases)
  func `an address that the relay refuses for good gets nothing any more`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 3)
    let claims = try test.claim(3)
    let codes = ["550 5.1.1 nobody", "550 5.7.26 DMARC", "554 5.6.0 content"]
    let settled = zip(claims, codes).map { claim, text in
      let reply = SMTPReply(code: Int(text.prefix(3)) ?? 0, text: String(text.dropFirst(4)))
      return Settlement(delivery: claim.delivery, outcome: .rejected(reply))
    }
    _ = try test.claim(0, settled: settled)
    let suppressions = try test.store.subscribers(after: 0, atMost: 9).map(\.suppression)
    #expect(suppressions == [.dead, nil, nil])
  }

  @Test(arguments: Backend.allCases)
  func `of a relay is known how it failed, and of a new one nothing`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let standing = RelayStanding(failures: 2, openUntil: day(9))
    try test.store.note(standing, of: "relay:25")
    #expect(try test.store.standing(of: "relay:25") == standing)
    #expect(try test.store.standing(of: "other:25") == RelayStanding())
    try test.store.note(RelayStanding(), of: "relay:25")
    #expect(try test.store.standing(of: "relay:25") == RelayStanding())
  }

  @Test(arguments: Backend.allCases)
  func `a relay's quota is for the hour and the day, over all runs`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let quota = RelayQuota(relay: "relay:25", perHour: 10, perDay: 15)
    func rest(_ hours: Int64, using count: Int = 0) throws -> Int {
      let now = day(9).advanced(by: .hours(hours))
      try test.store.use(count, of: quota, now: now)
      return try test.store.rest(of: quota, now: now)
    }
    #expect(
      try [rest(0), rest(0, using: 4), rest(0, using: 6), rest(0, using: -2)] == [10, 6, 0, 2]
    )
    #expect(try [rest(1), rest(1, using: 7), rest(2)] == [7, 0, 0])
    #expect(try rest(24) == 10)
    let other = RelayQuota(relay: "other:25", perHour: 0, perDay: 3)
    #expect(try test.store.rest(of: other, now: day(9)) == 3)
  }

  /// It is named at the end, whatever else happens on the way.
  @Test(arguments: Backend.allCases)
  func `what may have arrived stays uncertain when its second try comes to nothing`(
    backend: Backend
  ) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    let later = SMTPReply(code: 451, text: "4.7.1 later")
    let outcomes: [DeliveryOutcome] = [.uncertain("lost"), .untouched, .deferred(later)]
    for outcome in outcomes {
      let claims = try test.claim(1, now: day(20))
      let settled = claims.map {
        Settlement(
          delivery: $0.delivery,
          outcome: outcome,
          notBefore: outcome == .untouched ? nil : day(10)
        )
      }
      _ = try test.claim(0, settled: settled, now: day(20))
      #expect(try test.store.counts(of: nil) == [.uncertain: 1], "\(outcome)")
    }
    let claims = try test.claim(1, now: day(20))
    let settled = claims.map {
      Settlement(delivery: $0.delivery, outcome: .uncertain("lost"), notBefore: day(10))
    }
    _ = try test.claim(0, settled: settled, now: day(20))
    #expect(try test.store.counts(of: nil) == [.unknown: 1])
  }

  @Test(arguments: Backend.allCases)
  func `a newer plan cancels an older pending delivery`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    try test.plan(deliveries: 1, date: "2026-11-16")
    let claims = try test.claim(5)
    #expect(claims.map(\.edition?.name.description) == ["weekly/2026-11-16"])
  }

  @Test(arguments: Backend.allCases)
  func `a half-planned issue gives way to the next attempt`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1, close: false)
    let during = try test.store.lastSlot(of: "weekly")
    try test.plan(deliveries: 1)
    let after = try test.store.issues(atMost: 5).map(\.state)
    let counts = try test.store.counts(of: nil)
    #expect(during == nil)
    #expect(after == [.planned])
    #expect(counts == [.pending: 1])
  }

  @Test(arguments: Backend.allCases)
  func `a new topic is owed from the last issue on`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    try addSubscriber(test.store, "nouvelle@x.example", topics: [latin])
    let since = try subscribers(test.store).map(\.since)
    #expect(since == [[latin.slug: -1], [latin.slug: 7]])
    let lowest = try test.store.lowestCovered(cadence: .weekly, previewing: false)
    #expect(lowest == 0)
  }

  @Test(arguments: Backend.allCases)
  func `a first issue begins with its period, whatever came in late`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(18...18)
    try test.publish(12...12)
    try test.publish(1...1, isArchive: true)
    let before = try test.store.release(before: day(16))
    let nothing = try test.store.release(before: day(20))
    #expect(before == 0, "the article of the 18th was released first")
    #expect(nothing == 3)
  }

  @Test(arguments: Backend.allCases)
  func `a withdrawn article is left out of what is not sent yet`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...2)
    let keys = try test.offered()
    let issue = try test.plan(deliveries: 1)
    let fragments = zip(2..., keys).map {
      Fragment(number: $0, article: $1.key, bytes: [UInt8($0)])
    }
    try test.store.addFragments(fragments, to: issue)
    let all = try test.store.fragments(of: issue, numbers: [0, 2, 3])
    try test.store.write([.setStanding(id: article(2).id, .deleted)], asOf: day(3))
    let rest = try test.store.fragments(of: issue, numbers: [0, 2, 3])
    #expect(all.map(\.number) == [0, 2, 3])
    #expect(rest.map(\.number) == [0, 3])
  }

  @Test(arguments: Backend.allCases)
  func `who is owed nothing is settled all the same`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try addSubscriber(test.store, topics: [latin])
    let keys = try subscribers(test.store).map(\.key)
    try test.store.cover(keys, through: 5, previewing: true)
    let previewed = try #require(try subscribers(test.store).first)
    try test.store.cover(keys, through: 7, previewing: false)
    let mailed = try #require(try subscribers(test.store).first)
    #expect((previewed.covered, previewed.previewed) == (0, 5), "the outbox settles no mail")
    #expect((mailed.covered, mailed.previewed) == (7, 5))
  }

  @Test(arguments: Backend.allCases)
  func `the same subscriber twice is one`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try addSubscriber(test.store, "Lectrice@Courrier.example", topics: [latin])
    try addSubscriber(test.store, "lectrice@courrier.example", topics: [latin, belarus])
    let records = try subscribers(test.store)
    #expect(records.map(\.subscriber.topics) == [[latin.slug, belarus.slug]])
  }
}

extension StoreUnderTest {
  /// An issue about releases up to 7, with subscribers l1, l2 … of its own.
  @discardableResult
  func plan(
    deliveries: Int,
    date: String = "2026-11-09",
    listing articles: [Int64] = [],
    close: Bool = true
  ) throws -> Int64 {
    for number in stride(from: 1, through: deliveries, by: 1) {
      try addSubscriber(store, "l\(number)@x.example", topics: [latin])
    }
    let date = CivilDate(date)!
    let issue = try store.openIssue(
      IssueName(digest: "weekly", date: date),
      state: .planning,
      slot: Zone.utc.instant(date),
      range: ReleaseRange(after: 0, through: 7),
      asOf: day(9),
      templates: "t"
    )
    try store.addFragments(
      [Fragment(number: 0, bytes: [65]), Fragment(number: 1, bytes: [66])],
      to: issue
    )
    let group = EditionGroup(
      number: 0,
      language: .french,
      subject: "S",
      text: [0],
      html: [1, 0],
      articles: articles
    )
    try store.addGroups([group], to: issue)
    let keys = try subscribers(store).map(\.key)
    try store.addDeliveries(
      keys.map { PlannedDelivery(subscriber: $0, group: 0) },
      to: issue
    )
    if close { try store.closePlan(of: issue, as: .planned, postponing: [], telling: []) }
    return issue
  }

  func claim(_ count: Int, settled: [Settlement] = [], now: Instant = day(9)) throws -> [Claim] {
    try store.exchange(
      settled: settled,
      wanting: count,
      by: Claimant(run: "run", asOf: day(9), now: now)
    )
  }
}

extension Claim {
  var edition: ClaimedEdition? {
    guard case .edition(let edition) = content else { return nil }
    return edition
  }
}
