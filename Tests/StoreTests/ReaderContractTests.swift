import Model
import SQLiteStore
import Store
import TestSupport
import Testing

/// What readers do for themselves.
@Suite struct ReaderContractTests {
  @Test(arguments: Backend.allCases)
  func `who leaves is suppressed, once, and noted beside the store`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try addSubscriber(test.store, "a@example.org", topics: [latin])
    let key = try #require(try test.store.subscriber(address("a@example.org"))).key
    try test.store.leave([key, key, 99], asOf: day(2))
    try test.store.leave([key], asOf: day(3))
    #expect(try test.store.subscriber(key)?.suppression == .left)
    let log = DepartureLog(besideStore: test.folder.file("feedgen.db"))
    #expect(try log.departures().map(\.date) == [day(2)])
  }

  @Test(arguments: Backend.allCases)
  func `a topic that is left goes, and with the last one the reader`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try addSubscriber(test.store, "a@example.org", topics: [latin, belarus])
    let key = try #require(try test.store.subscriber(address("a@example.org"))).key
    try test.store.leave(latin.slug, by: key, asOf: day(2))
    #expect(try test.store.subscriber(key)?.subscriber.topics == [belarus.slug])
    #expect(try test.store.subscriber(key)?.suppression == nil)
    try test.store.leave(belarus.slug, by: key, asOf: day(2))
    #expect(try test.store.subscriber(key)?.suppression == .left)
  }

  @Test(arguments: Backend.allCases)
  func `a request becomes a subscription when it is confirmed, once`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    #expect(try test.store.request(request("a@example.org", [belarus]), asOf: day(1)))
    #expect(try test.store.subscriber(address("a@example.org")) == nil, "nothing before")
    let stored = try #require(try test.store.request(of: [1], asOf: day(2)))
    #expect(stored.subscriber.topics == [belarus.slug])
    #expect(!stored.isConfirmed)
    let key = try #require(try test.store.confirm([1], asOf: day(2)))
    let record = try #require(try test.store.subscriber(key))
    #expect(record.subscriber.topics == [belarus.slug])
    #expect(record.subscriber.language == .french)
    #expect(record.consent == Consent(given: day(2), source: "web"))
    try test.store.leave([key], asOf: day(3))
    #expect(try test.store.confirm([1], asOf: day(4)) == key, "a second click is answered alike")
    #expect(try test.store.subscriber(key)?.suppression == .left, "but brings nobody back")
  }

  @Test(arguments: Backend.allCases)
  func `a request ends after its time, and nothing of it stays`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    _ = try test.store.request(request("a@example.org"), asOf: day(1))
    #expect(try test.store.request(of: [1], asOf: day(8)) == nil)
    #expect(try test.store.confirm([1], asOf: day(8)) == nil)
    try test.store.forgetRequests(asOf: day(8))
    #expect(try !test.store.hasConfirmations(now: day(8)), "nor is its message sent")
    #expect(try test.store.request(of: [1], asOf: day(1)) == nil)
  }

  @Test(arguments: Backend.allCases)
  func `an address is asked once a day and three times a month`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    var sent: [Bool] = []
    for hour in [0, 23, 24, 48, 72, 29 * 24, 31 * 24] {
      let instant = day(1).advanced(by: .hours(Int64(hour)))
      let request = request("a@example.org", token: UInt8(sent.count + 1))
      sent.append(try test.store.request(request, asOf: instant))
    }
    #expect(sent == [true, false, true, true, false, false, true])
    #expect(try test.store.request(request("b@example.org", token: 99), asOf: day(1)))
    let other = request("A@Example.org", token: 100)
    #expect(try !test.store.request(other, asOf: day(32)), "case makes no other address")
  }

  @Test(arguments: Backend.allCases)
  func `who left may come back, who complained may not`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    for (number, reason) in SuppressionReason.allCases.enumerated() {
      let name = "r\(number)@example.org"
      let subscriber = Subscriber(address: address(name), language: .french, topics: [latin.slug])
      _ = try test.store.put(
        [SubscriberChange(subscriber: subscriber, standing: .suppressed(reason))],
        asOf: day(1)
      )
      let mayReturn = [.left, .erased, .dead].contains(reason)
      let isSent = try test.store.request(request(name, token: UInt8(number)), asOf: day(2))
      #expect(isSent == mayReturn, "\(reason)")
      let key = try test.store.confirm([UInt8(number)], asOf: day(2))
      #expect((key != nil) == mayReturn, "\(reason)")
      if let key { #expect(try test.store.subscriber(key)?.suppression == nil) }
    }
  }

  @Test(arguments: Backend.allCases)
  func `who refuses is never asked again`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    _ = try test.store.request(request("a@example.org"), asOf: day(1))
    try test.store.refuse([1], asOf: day(1))
    #expect(try test.store.confirm([1], asOf: day(1)) == nil)
    #expect(try !test.store.request(request("a@example.org", token: 2), asOf: day(5)))
  }

  @Test(arguments: Backend.allCases)
  func `who comes back is not owed what came out meanwhile`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    _ = try test.store.request(request("a@example.org"), asOf: day(1))
    let key = try #require(try test.store.confirm([1], asOf: day(1)))
    try test.store.leave([key], asOf: day(2))
    try test.publish(3...7)
    _ = try test.plan(deliveries: 1)
    #expect(try test.store.subscriber(key)?.covered == 0)
    _ = try test.store.request(request("a@example.org", token: 2), asOf: day(3))
    #expect(try test.store.confirm([2], asOf: day(3)) == key)
    let record = try test.store.subscriber(key)
    #expect(record?.suppression == nil)
    #expect(record?.covered == 7, "the issue that they missed is settled")
  }

  @Test(arguments: Backend.allCases)
  func `a confirmation is claimed by who takes only such, and by nobody twice`(
    backend: Backend
  ) throws {
    let test = try StoreUnderTest(backend)
    let letter = StaffMessage(recipient: address("editor@example.org"), bytes: [65])
    try test.store.add([letter])
    _ = try test.store.request(request("a@example.org"), asOf: day(1))
    #expect(try test.store.hasConfirmations(now: day(1)))
    let server = Claimant(run: "serve", asOf: day(1), now: day(1), takesConfirmationsOnly: true)
    let claims = try test.store.exchange(settled: [], wanting: 9, by: server)
    #expect(claims.map(\.recipient.address.description) == ["a@example.org"])
    #expect(claims.map(\.content) == [.message(Array("message".utf8))])
    #expect(try !test.store.hasConfirmations(now: day(1)))
    let publish = Claimant(run: "publish", asOf: day(1), now: day(1))
    let others = try test.store.exchange(settled: [], wanting: 9, by: publish)
    #expect(others.map(\.content) == [.message([65])])
  }

  @Test(arguments: Backend.allCases)
  func `a message is not sent after a refusal, nor when its link has expired`(
    backend: Backend
  ) throws {
    let test = try StoreUnderTest(backend)
    _ = try test.store.request(request("a@example.org"), asOf: day(1))
    try test.store.refuse([1], asOf: day(1))
    _ = try test.store.request(request("b@example.org", token: 2), asOf: day(1))
    let claimant = Claimant(run: "r", asOf: day(9), now: day(9))
    #expect(try test.store.exchange(settled: [], wanting: 9, by: claimant) == [])
    #expect(try test.store.counts(of: nil) == [.cancelled: 2])
  }

  @Test(arguments: Backend.allCases)
  func `a confirmation that was sent is no issue that was sent`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    _ = try test.store.request(request("a@example.org"), asOf: day(1))
    let claimant = Claimant(run: "r", asOf: day(1), now: day(1))
    let claim = try #require(
      try test.store.exchange(settled: [], wanting: 1, by: claimant).first
    )
    let accepted = DeliveryOutcome.accepted(SMTPReply(code: 250, text: "2.0.0"))
    let settlement = Settlement(delivery: claim.delivery, outcome: accepted)
    _ = try test.store.exchange(settled: [settlement], wanting: 0, by: claimant)
    #expect(try test.store.counts(of: nil) == [.accepted: 1])
    #expect(try !test.store.hasSent(), "the first issue waits for the editor all the same")
  }

  @Test(arguments: Backend.allCases)
  func `who confirms anew is on no pause`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    _ = try test.store.request(request("a@example.org"), asOf: day(1))
    let key = try #require(try test.store.confirm([1], asOf: day(1)))
    var record = try #require(try test.store.subscriber(key))
    record.pausedUntil = day(60)
    try test.store.update(record, asOf: day(2))
    _ = try test.store.request(request("a@example.org", token: 2), asOf: day(3))
    _ = try test.store.confirm([2], asOf: day(3))
    #expect(try test.store.subscriber(key)?.pausedUntil == nil)
  }

  @Test(arguments: Backend.allCases)
  func `no older copy brings an address back that was moved away from`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try addSubscriber(test.store, "a@example.org", topics: [latin])
    let key = try #require(try test.store.subscriber(address("a@example.org"))).key
    let (former, new) = (address("a@example.org"), address("b@example.org"))
    #expect(try test.store.move(key, to: new, telling: nil, asOf: day(2)))
    let log = DepartureLog(besideStore: test.folder.file("feedgen.db"))
    #expect(try log.departures().map(\.date) == [day(2)])
    #expect(try test.store.move(key, to: former, telling: nil, asOf: day(3)))
    _ = try test.store.replay(try log.departures())
    #expect(try test.store.subscriber(former)?.suppression == nil, "they have come back since")
    #expect(try test.store.subscriber(key)?.subscriber.address == former)
  }

  private func address(_ text: String) -> EmailAddress { EmailAddress(text)! }

  private func request(
    _ text: String,
    _ topics: [Topic] = [latin],
    token: UInt8 = 1
  ) -> SubscriptionRequest {
    SubscriptionRequest(
      subscriber: Subscriber(
        address: address(text),
        language: .french,
        topics: topics.map(\.slug)
      ),
      tokenHash: [token],
      shown: ShownText(version: "1 fr", hash: [7]),
      expires: day(8),
      message: Array("message".utf8)
    )
  }
}
