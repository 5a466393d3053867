import Foundation
import Model
import SQLiteStore
import Store
import TestSupport
import Testing

/// What people may ask of whoever keeps their data.
@Suite struct PersonalContractTests {
  @Test(arguments: Backend.allCases)
  func `all that is kept of a person can be had`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    let reply = SMTPReply(code: 550, text: "5.1.1 <l1@x.example> unknown")
    let claim = try #require(try test.claim(1).first)
    _ = try test.claim(
      0,
      settled: [Settlement(delivery: claim.delivery, outcome: .rejected(reply))]
    )
    let data = try test.data("l1@x.example")
    #expect(data.created == day(1))
    #expect(data.topics.map(\.slug) == [latin.slug])
    #expect(data.topics.map(\.chosen) == [day(1)])
    #expect(data.consents.map(\.consent) == [Consent(given: day(1), source: "test")])
    #expect(data.suppression?.reason == .dead)
    let message = try #require(data.messages.first)
    #expect(message.issue?.description == "weekly/2026-11-09")
    #expect(message.state == .rejected)
    #expect(message.attempts == 1)
    #expect(message.reply == reply.description)
    #expect(message.refusal?.kind == .dead)
    #expect(message.refusal?.reported == day(9))
  }

  @Test(arguments: Backend.allCases)
  func `what was asked for and shown is a person's data too`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    #expect(try test.store.request(test.request("a@x.example", token: 1), asOf: day(1)))
    let key = try #require(try test.store.confirm([1], asOf: day(2)))
    let data = try #require(try test.store.personalData(of: key))
    let consent = try #require(data.consents.first)
    #expect(consent.consent == Consent(given: day(2), source: "web"))
    #expect(consent.requested == day(1))
    #expect(consent.shown == ShownText(version: "1 fr", hash: [7]))
    #expect(data.requests.map(\.confirmed) == [day(2)])
    #expect(data.requests.map(\.wanted?.topics) == [[latin.slug]])
    #expect(data.messages.map(\.kind) == ["confirmation"])
    #expect(try test.store.personalData(of: key + 1) == nil)
  }

  @Test(arguments: Backend.allCases)
  func `erased is all but a hash, and the counts of issues stay`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 4)
    let claims = try test.claim(3)
    let settled = [
      Settlement(
        delivery: claims[0].delivery,
        outcome: .accepted(SMTPReply(code: 250, text: "ok"))
      ),
      Settlement(delivery: claims[1].delivery, outcome: .uncertain("lost"), notBefore: day(10)),
    ]
    _ = try test.claim(0, settled: settled)
    for number in 1...4 {
      try test.store.erase(try test.data("l\(number)@x.example").key, asOf: day(9))
    }
    #expect(
      try test.store.counts(of: nil) == [.accepted: 1, .unknown: 1, .claimed: 1, .cancelled: 1]
    )
    #expect(try subscribers(test.store).isEmpty)
    #expect(try test.store.suppression(of: address("l1@x.example"))?.reason == .erased)
    #expect(try test.store.suppressionCounts() == [.erased: 4])
  }

  @Test(arguments: Backend.allCases)
  func `what was being sent to who is erased is settled, and names nobody`(
    backend: Backend
  ) throws {
    let test = try StoreUnderTest(backend, hashAddress: hidden)
    try test.plan(deliveries: 1)
    let claim = try #require(try test.claim(1).first)
    try test.store.erase(claim.edition?.subscriber ?? 0, asOf: day(9))
    let reply = SMTPReply(code: 550, text: "5.1.1 <l1@x.example> unknown")
    let settlement = Settlement(delivery: claim.delivery, outcome: .rejected(reply))
    #expect(try test.claim(9, settled: [settlement]) == [])
    #expect(try test.store.counts(of: nil) == [.rejected: 1])
    #expect(try test.mentions(of: "l1@x.example").isEmpty)
  }

  @Test(arguments: Backend.allCases)
  func `what is claimed for who is erased and put back is not sent`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    let claim = try #require(try test.claim(1).first)
    try test.store.erase(claim.edition?.subscriber ?? 0, asOf: day(9))
    let settlement = Settlement(delivery: claim.delivery, outcome: .untouched)
    #expect(try test.claim(9, settled: [settlement]) == [])
    #expect(try test.store.counts(of: nil) == [.cancelled: 1])
  }

  @Test(arguments: Backend.allCases)
  func `no table brings back who was erased, and they may come back themselves`(
    backend: Backend
  ) throws {
    let test = try StoreUnderTest(backend)
    try addSubscriber(test.store, "a@x.example", topics: [latin])
    try test.store.erase(try test.data("a@x.example").key, asOf: day(2))
    try addSubscriber(test.store, "a@x.example", topics: [latin])
    #expect(try subscribers(test.store).isEmpty)
    #expect(try test.store.request(test.request("a@x.example", token: 1), asOf: day(3)))
    #expect(try test.store.confirm([1], asOf: day(3)) != nil)
  }

  @Test(arguments: [SuppressionReason.complaint, .never, .byHand])
  func `who was not to be written to again is not, erased or not`(
    reason: SuppressionReason
  ) throws {
    let test = try StoreUnderTest(.sqlite, hashAddress: hidden)
    try addSubscriber(test.store, "a@x.example", topics: [latin])
    let suppression = Suppression(reason: reason, evidence: "a@x.example said so", since: day(1))
    _ = try test.store.suppress(address("a@x.example"), suppression)
    try test.store.erase(try test.data("a@x.example").key, asOf: day(2))
    let kept = try test.store.suppression(of: address("a@x.example"))
    #expect(kept == Suppression(reason: reason, evidence: nil, since: day(1)))
    #expect(try test.mentions(of: "a@x.example").isEmpty)
  }

  @Test(arguments: Backend.allCases)
  func `who only asked can be erased too, and whoever is unknown changes nothing`(
    backend: Backend
  ) throws {
    let test = try StoreUnderTest(backend)
    #expect(try test.store.request(test.request("a@x.example", token: 1), asOf: day(1)))
    #expect(try !test.store.erase(address("b@x.example"), asOf: day(2)))
    try test.store.erase(99, asOf: day(2))
    #expect(try test.store.erase(address("A@x.example"), asOf: day(2)))
    #expect(try test.store.request(of: [1], asOf: day(2)) == nil)
    #expect(try !test.store.hasConfirmations(now: day(2)))
    #expect(try !test.store.erase(address("a@x.example"), asOf: day(3)), "there is nothing more")
    let log = DepartureLog(besideStore: test.folder.file("feedgen.db"))
    #expect(try log.departures().map(\.reason) == [.erased])
  }

  @Test(arguments: Backend.allCases)
  func `a store from before forgets again who was erased since`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    _ = try test.claim(1)
    let hash = Array("l1@x.example".utf8)
    let departure = Departure(addressHash: hash, reason: .erased, date: day(9))
    #expect(try test.store.replay([departure]) == 1)
    #expect(try subscribers(test.store).isEmpty)
    #expect(try test.store.counts(of: nil) == [.claimed: 1])
  }

  private func address(_ text: String) -> EmailAddress { EmailAddress(text)! }
}

/// A hash in which nobody finds the address.
private let hidden: @Sendable (EmailAddress) -> [UInt8] = { Array($0.identity.utf8.reversed()) }

/// What is left in the files of a store of who was erased.
@Suite struct ErasureTests {
  /// Enough that pages are split and joined, and the person's data lies anywhere in them.
  @Test(arguments: [1, 250, 499])
  func `no file has the address or the name any more`(number: Int) throws {
    let test = try StoreUnderTest(.sqlite, hashAddress: hidden)
    let name = "Odile-\(number)-Ferrand"
    let person = "reader\(number)-unmistakable@x.example"
    for start in stride(from: 1, through: 500, by: 100) {
      _ = try test.store.put((start..<start + 100).map(change), asOf: day(1))
    }
    try test.plan(deliveries: 0)
    _ = try test.store.request(test.request(person, token: 1), asOf: day(2))
    let refusal = SMTPReply(code: 450, text: "4.2.2 <\(person)> mailbox full")
    let claims = try test.claim(500)
    let settled = claims.map { claim in
      let isTheirs = claim.recipient.address.identity == person
      let reply = isTheirs ? refusal : SMTPReply(code: 450, text: "4.2.2 mailbox full")
      return Settlement(
        delivery: claim.delivery,
        outcome: .deferred(reply),
        notBefore: day(10)
      )
    }
    _ = try test.claim(0, settled: settled)
    #expect(try !test.mentions(of: person).isEmpty)
    let key = try test.data(person).key
    try test.store.erase(key, asOf: day(9))
    #expect(try test.mentions(of: person) == [])
    #expect(try test.mentions(of: name) == [])
    #expect(try !test.mentions(of: "reader251-unmistakable@x.example").isEmpty)
  }

  private func change(_ number: Int) -> SubscriberChange {
    let subscriber = Subscriber(
      address: EmailAddress("Reader\(number)-unmistakable@x.example")!,
      name: "Odile-\(number)-Ferrand",
      language: .french,
      topics: [latin.slug, belarus.slug]
    )
    let consent = Consent(given: day(1), source: "form of reader number \(number)")
    return SubscriberChange(subscriber: subscriber, standing: .active(consent))
  }
}

/// How a person's data is written for themselves.
@Suite struct PersonalDataJSONTests {
  @Test func `a person's data is one document`() throws {
    let test = try StoreUnderTest(.sqlite)
    try addSubscriber(test.store, "a@x.example", topics: [belarus])
    var data = try test.data("a@x.example")
    data.subscriber.name = "Zoé \"Z\"\n\u{1}"
    data.topics = []
    data.consents = []
    let line = String(decoding: data.json(isIndented: false), as: UTF8.self)
    #expect(
      line == """
        {"email": "a@x.example", "name": "Zoé \\"Z\\"\\u000a\\u0001", "language": "fr", \
        "cadence": "weekly", "topics": [], "number": 1, "created": "2026-11-01T08:00:00Z", \
        "pausedUntil": null, "suppression": null, "consents": [], "requests": [], \
        "messages": [], "missedIssues": []}
        """
    )
    let text = String(decoding: try test.data("a@x.example").json(), as: UTF8.self)
    #expect(text.hasPrefix("{\n  \"email\": \"a@x.example\",\n"))
    #expect(text.contains("\"topics\": [\n    {\n      \"topic\": \"bielorussie\",\n"))
    #expect(text.hasSuffix("\n  \"missedIssues\": []\n}"))
  }
}

extension StoreUnderTest {
  fileprivate func data(_ address: String) throws -> PersonalData {
    let record = try #require(try store.subscriber(EmailAddress(address)!))
    return try #require(try store.personalData(of: record.key))
  }

  fileprivate func request(_ address: String, token: UInt8) -> SubscriptionRequest {
    SubscriptionRequest(
      subscriber: Subscriber(
        address: EmailAddress(address)!,
        language: .french,
        topics: [latin.slug]
      ),
      tokenHash: [token],
      shown: ShownText(version: "1 fr", hash: [7]),
      expires: day(8),
      message: Array("To: \(address)".utf8)
    )
  }

  /// The files of the store in which a text is, in whatever case.
  fileprivate func mentions(of text: String) throws -> [String] {
    try folder.names().filter { name in
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file(name)))
      let folded = Data(bytes.map { (65...90).contains($0) ? $0 | 0x20 : $0 })
      return folded.range(of: Data(text.lowercased().utf8)) != nil
    }
  }
}
