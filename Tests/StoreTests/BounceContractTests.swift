import Model
import Store
import Testing

@Suite struct BounceContractTests {
  private let dead = Refusal(enhanced: "5.1.1", basic: 550, text: "550 5.1.1 gone")
  private let full = Refusal(enhanced: "5.2.2", basic: 552, text: "552 5.2.2 full")
  private let policy = Refusal(enhanced: "5.7.1", basic: 550, text: "550 5.7.1 no")

  /// A store of which a weekly issue went out on each of these days of November 2026 (and after).
  private func store(_ backend: Backend, sentOn days: [Int], to count: Int = 1) throws
    -> StoreUnderTest
  {
    let test = try StoreUnderTest(backend)
    for number in days {
      let date = Zone.utc.civil(day(number)).date
      try test.plan(deliveries: count, date: date.description)
      let claims = try test.claim(count)
      _ = try test.claim(
        0,
        settled: claims.map {
          Settlement(delivery: $0.delivery, outcome: .accepted(SMTPReply(code: 250, text: "ok")))
        }
      )
    }
    return test
  }

  private func address(_ number: Int = 1) -> EmailAddress { EmailAddress("l\(number)@x.example")! }

  /// The deliveries to the first subscriber, in the order of their issues.
  private func deliveries(_ test: StoreUnderTest) throws -> [SentEdition] {
    try test.store.editionsSent(to: address(), atMost: 100).reversed()
  }

  @Test(arguments: Backend.allCases)
  func `what was sent is found by address and by delivery`(backend: Backend) throws {
    let test = try store(backend, sentOn: [2, 9], to: 2)
    let editions = try test.store.editionsSent(to: EmailAddress("L1@x.example")!, atMost: 10)
    #expect(editions.map(\.issue.date.description) == ["2026-11-09", "2026-11-02"])
    #expect(editions.map(\.recipient) == [address(), address()])
    #expect(try test.store.editionSent(by: editions[0].delivery) == editions[0])
    #expect(try test.store.address(ofSubscriber: editions[0].subscriber) == address())
    #expect(try test.store.editionsSent(to: address(), atMost: 1).count == 1)
    #expect(try test.store.editionsSent(to: EmailAddress("n@x.example")!, atMost: 9) == [])
    #expect(try test.store.editionSent(by: 999) == nil)
    try test.plan(deliveries: 1, date: "2026-11-16")
    #expect(try test.store.editionsSent(to: address(), atMost: 9).count == 2, "not sent yet")
  }

  @Test(arguments: Backend.allCases)
  func `an address where nobody is gets nothing any more, and what shows it is kept`(
    backend: Backend
  ) throws {
    let test = try store(backend, sentOn: [2])
    let edition = try #require(try deliveries(test).first)
    let finding = ReturnFinding.refused(delivery: edition.delivery, dead)
    let effects = try test.store.take([finding], from: [1], at: day(3))
    let again = try test.store.take([finding], from: [1], at: day(4))
    #expect(effects == [.suppressed(address(), .dead)])
    #expect(again == nil)
    #expect(
      try test.store.suppression(of: address())
        == Suppression(reason: .dead, evidence: "weekly/2026-11-02: 550 5.1.1 gone", since: day(3))
    )
    #expect(try subscribers(test.store).first?.suppression == .dead)
    let issue = IssueName(digest: "weekly", date: CivilDate("2026-11-02")!)
    let (sent, refused) = try test.store.refusals(of: issue)
    #expect(sent == 1)
    #expect(refused == [.dead: 1])
  }

  @Test(arguments: Backend.allCases)
  func `a suppression wins over a plan that was made before it`(backend: Backend) throws {
    let test = try store(backend, sentOn: [2])
    let edition = try #require(try deliveries(test).first)
    try test.plan(deliveries: 1, date: "2026-11-09")
    _ = try test.store.noteRefusal(dead, of: edition.delivery, at: day(9))
    #expect(try test.claim(5) == [])
    #expect(try test.store.counts(of: nil) == [.accepted: 1, .cancelled: 1])
  }

  @Test(arguments: Backend.allCases)
  func `a full mailbox ends after three issues in a row over thirty days`(backend: Backend) throws {
    let test = try store(backend, sentOn: [2, 9, 16, 23, 30, 37])
    let editions = try deliveries(test)
    let effects = try editions.map { edition in
      try test.store.noteRefusal(full, of: edition.delivery, at: day(40))
    }
    #expect(effects.dropLast().allSatisfy { $0 == .noted })
    #expect(effects.last == .suppressed(address(), .dead))
    let evidence = try test.store.suppression(of: address())?.evidence
    #expect(evidence == "weekly/2026-12-07: 552 5.2.2 full (6 issues in a row)")
  }

  @Test(arguments: Backend.allCases)
  func `one issue that arrives begins the count anew`(backend: Backend) throws {
    let test = try store(backend, sentOn: [2, 9, 16, 23, 30, 37])
    for (number, edition) in try deliveries(test).enumerated() where number != 3 {
      #expect(try test.store.noteRefusal(full, of: edition.delivery, at: day(40)) == .noted)
    }
    #expect(try test.store.suppression(of: address()) == nil)
  }

  @Test(arguments: Backend.allCases)
  func `refusals that are not about the address never end it`(backend: Backend) throws {
    let test = try store(backend, sentOn: [2, 9, 16, 23, 30, 37, 44, 51])
    let content = Refusal(enhanced: "5.6.0", basic: 554, text: "")
    let later = Refusal(enhanced: "4.4.1", basic: nil, text: "")
    for edition in try deliveries(test) {
      let kind = [policy, content, later].randomElement()!
      #expect(try test.store.noteRefusal(kind, of: edition.delivery, at: day(60)) == .noted)
    }
    #expect(try test.store.suppressionCounts() == [:])
  }

  @Test(arguments: Backend.allCases)
  func `what a person wants outweighs what a server says`(backend: Backend) throws {
    let test = try store(backend, sentOn: [2])
    let edition = try #require(try deliveries(test).first)
    let findings: [(ReturnFinding, SuppressionReason)] = [
      (.refused(delivery: edition.delivery, dead), .dead),
      (.left(subscriber: edition.subscriber), .left),
      (.refused(delivery: edition.delivery, dead), .left),
      (.complaint(subscriber: edition.subscriber), .complaint),
      (.left(subscriber: edition.subscriber), .complaint),
    ]
    for (number, (finding, reason)) in findings.enumerated() {
      _ = try test.store.take([finding], from: [UInt8(number)], at: day(3))
      #expect(try test.store.suppression(of: address())?.reason == reason)
    }
    #expect(try test.store.readerChanges(since: day(2)).left == 0)
  }

  @Test(arguments: Backend.allCases)
  func `a suppression outlives an import, and ends only by hand`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let byHand = Suppression(reason: .byHand, evidence: "by letter", since: day(1))
    #expect(try test.store.suppress(address(), byHand) == byHand)
    try addSubscriber(test.store, "l1@x.example", topics: [latin])
    #expect(try subscribers(test.store) == [], "the import leaves it out")
    let weaker = Suppression(reason: .dead, evidence: nil, since: day(2))
    #expect(try test.store.suppress(address(), weaker) == byHand)
    #expect(try test.store.suppressionCounts() == [.byHand: 1])
    #expect(try test.store.liftSuppression(of: address()))
    #expect(try !test.store.liftSuppression(of: address()))
    try addSubscriber(test.store, "l1@x.example", topics: [latin])
    #expect(try subscribers(test.store).map(\.suppression) == [nil])
  }

  @Test(arguments: Backend.allCases)
  func `a request that was honoured is not honoured again after a return`(backend: Backend) throws {
    let test = try store(backend, sentOn: [2])
    let subscriber = try #require(try deliveries(test).first).subscriber
    let left = [ReturnFinding.left(subscriber: subscriber)]
    #expect(try test.store.take(left, from: [9], at: day(3)) == [.suppressed(address(), .left)])
    #expect(try test.store.readerChanges(since: day(2)).left == 1)
    #expect(try test.store.liftSuppression(of: address()))
    #expect(try test.store.take(left, from: [9], at: day(5)) == nil)
    #expect(try test.store.suppression(of: address()) == nil)
  }
}
