import Model
import Store
import Testing

/// What becomes of deliveries when a relay's log tells their fate.
@Suite struct ReconciliationContractTests {
  @Test(arguments: Backend.allCases)
  func `an open delivery is told with the time of its tries`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 2)
    let claim = try test.lose(1)[0]
    let open = try test.store.openDeliveries()
    let name = IssueName(digest: "weekly", date: CivilDate("2026-11-09")!)
    #expect(open.map(\.key) == [claim.delivery])
    #expect(open.map(\.state) == [.uncertain])
    #expect(open.map(\.tried) == [day(9)...day(10)])
    #expect(open.map(\.recipient.description) == ["l1@x.example"])
    #expect(open.map(\.content) == [.edition(name, subscriber: claim.edition!.subscriber)])
  }

  @Test(arguments: Backend.allCases)
  func `what a relay took at that time is a witness`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 3)
    let lost = try test.lose(1)[0]
    let taken = try #require(try test.claim(1).first)
    let accepted = DeliveryOutcome.accepted(SMTPReply(code: 250, text: "Ok"))
    _ = try test.claim(0, settled: [Settlement(delivery: taken.delivery, outcome: accepted)])
    let late = try #require(try test.claim(1, now: day(12)).first)
    let settled = [Settlement(delivery: late.delivery, outcome: accepted)]
    _ = try test.claim(0, settled: settled, now: day(12))
    let witnesses = try test.store.takenDeliveries(beside: lost.delivery, atMost: 5)
    let name = try #require(taken.edition?.name)
    #expect(witnesses == [.edition(name, subscriber: taken.edition!.subscriber)])
  }

  @Test(arguments: Backend.allCases)
  func `what the relay took is accepted`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    _ = try test.lose(1)
    let open = try test.store.openDeliveries()[0]
    let found = Reconciliation(open, .accepted(queueID: "4A1B", at: day(9)))
    let counts = try (1...2).map { _ in try test.store.reconcile([found]) }
    #expect(counts == [1, 0])
    #expect(try test.store.counts(of: nil) == [.accepted: 1])
    #expect(try subscribers(test.store).map(\.covered) == [7])
    #expect(try test.claim(1, now: day(20)) == [])
  }

  @Test(arguments: Backend.allCases)
  func `what the relay never had is as if it had not been tried`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    let first = try test.lose(1)[0]
    let open = try test.store.openDeliveries()[0]
    #expect(try test.store.reconcile([Reconciliation(open, .notAccepted)]) == 1)
    #expect(try subscribers(test.store).map(\.covered) == [0], "its articles are owed")
    let again = try test.claim(1, now: day(11))
    #expect(again == [first], "the same message, and its first try")
  }

  /// The next issue, which came meanwhile, has what followed.
  @Test(arguments: Backend.allCases)
  func `what a later message has settled stays settled`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    _ = try test.lose(1)
    try test.plan(deliveries: 1, date: "2026-11-16")
    let next = try #require(try test.claim(1, now: day(9)).first)
    let accepted = DeliveryOutcome.accepted(SMTPReply(code: 250, text: "Ok"))
    _ = try test.claim(0, settled: [Settlement(delivery: next.delivery, outcome: accepted)])
    let open = try test.store.openDeliveries()[0]
    _ = try test.store.reconcile([Reconciliation(open, .notAccepted)])
    #expect(try subscribers(test.store).map(\.covered) == [7])
  }

  @Test(arguments: Backend.allCases)
  func `one that was tried again since stays as it is`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    _ = try test.lose(1)
    let before = try test.store.openDeliveries()[0]
    _ = try test.lose(1, now: day(11))
    let found: [Reconciliation.Finding] = [.notAccepted, .accepted(queueID: "4A", at: day(9))]
    let settled = try test.store.reconcile(found.map { Reconciliation(before, $0) })
    #expect(settled == 0)
    #expect(try test.store.counts(of: nil) == [.unknown: 1])
  }
}

extension StoreUnderTest {
  /// Claims deliveries and loses the replies to them a day later.
  fileprivate func lose(_ count: Int, now: Instant = day(9)) throws -> [Claim] {
    let claims = try claim(count, now: now)
    let lost = claims.map {
      Settlement(delivery: $0.delivery, outcome: .uncertain("lost"), notBefore: day(11))
    }
    _ = try claim(0, settled: lost, now: day(10))
    return claims
  }
}
