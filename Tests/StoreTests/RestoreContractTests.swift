import Foundation
import Model
import SQLiteStore
import Store
import TestSupport
import Testing

/// What keeps a store that is an older copy from repeating what was sent since.
@Suite struct RestoreContractTests {
  @Test(arguments: Backend.allCases)
  func `while mail is on hold nothing can be claimed`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 2)
    let hold = MailHold(.restored, copied: day(8), noticed: day(9))
    try test.store.holdMail(hold)
    let noted = try test.store.mailHold()
    let during = try test.claim(2)
    let isPending = try test.store.hasPending(now: day(9))
    try test.store.releaseMail(as: SendingRecord(count: 7, machine: "here"))
    let after = try test.claim(2)
    #expect(noted == hold)
    #expect(during == [])
    #expect(!isPending)
    #expect(after.count == 2)
    #expect(try test.store.mailHold() == nil)
    #expect(try test.store.sending() == SendingRecord(count: 7, machine: "here"))
  }

  /// A link to leave, or a Message-ID, that the lost store has made is nobody else's.
  @Test(arguments: Backend.allCases)
  func `no key is given again that the lost store may have given`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.store.holdMail(MailHold(.restored, copied: day(1)))
    try addSubscriber(test.store, "first@x.example", topics: [latin])
    try test.store.holdMail(MailHold(.restored, copied: day(1), noticed: day(2)))
    try test.plan(deliveries: 1)
    try test.store.holdMail(MailHold(.restored, copied: day(2), noticed: day(3)))
    try addSubscriber(test.store, "last@x.example", topics: [latin])
    try test.store.releaseMail(as: SendingRecord(count: 1, machine: nil))
    let keys = try subscribers(test.store).map(\.key)
    let claim = try #require(try test.claim(1).first)
    #expect(keys[0] == 1)
    #expect(keys[1] > day(2).seconds * 1000)
    #expect(keys[2] > day(3).seconds * 1000)
    #expect(claim.delivery > day(2).seconds * 1000)
    #expect(claim.edition.map { $0.issue > day(2).seconds * 1000 } == true)
  }

  @Test(arguments: Backend.allCases)
  func `the count of runs that sent only grows`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let counts = try [nil, "a", "b"].map { try test.store.noteSending(from: $0) }
    #expect(counts == [1, 2, 3])
    #expect(try test.store.sending() == SendingRecord(count: 3, machine: "b"))
  }

  /// One waits, one was claimed by a run that died, of one the fate is open.
  @Test(arguments: Backend.allCases)
  func `what counts as sent is settled for its subscribers`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 3)
    let claims = try test.claim(2)
    let lost = Settlement(
      delivery: claims[0].delivery,
      outcome: .uncertain("lost"),
      notBefore: day(10)
    )
    _ = try test.claim(0, settled: [lost])
    let staff = StaffMessage(recipient: EmailAddress("a@x.example")!, bytes: [65])
    try test.store.add([staff])
    let count = try test.store.countAsSent(dueBy: day(20))
    let counts = try test.store.counts(of: nil)
    #expect(count == 4)
    #expect(counts == [.cancelled: 3, .unknown: 1])
    #expect(try subscribers(test.store).map(\.covered) == [7, 7, 7])
  }

  @Test(arguments: Backend.allCases)
  func `an issue that is due later does not count as sent`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 1)
    #expect(try test.store.countAsSent(dueBy: day(8)) == 0)
    #expect(try test.store.counts(of: nil) == [.pending: 1])
    #expect(try subscribers(test.store).map(\.covered) == [0])
  }

  @Test(arguments: Backend.allCases)
  func `an issue that was held counts as sent, not as held`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let issue = try test.plan(deliveries: 1)
    try test.store.setState(.held([.byHand]), of: issue)
    _ = try test.store.countAsSent(dueBy: day(20))
    #expect(try test.store.issues(atMost: 1).map(\.state) == [.planned])
    #expect(try test.store.issues(atMost: 1).map(\.holds) == [[]])
  }

  @Test(arguments: Backend.allCases)
  func `who left stays gone, unless they came back since`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try addSubscriber(test.store, "gone@x.example", topics: [latin])
    try addSubscriber(test.store, "back@x.example", topics: [latin])
    // Both gave their consent on the first.
    let departures = [
      Departure(addressHash: hash("gone@x.example"), reason: .left, date: day(2)),
      Departure(addressHash: hash("back@x.example"), reason: .left, date: day(0)),
      Departure(addressHash: hash("stranger@x.example"), reason: .complaint, date: day(2)),
    ]
    let counts = try (1...2).map { _ in try test.store.replay(departures) }
    #expect(counts == [2, 0])
    #expect(try subscribers(test.store).map(\.suppression) == [.left, nil])
  }

  @Test(arguments: Backend.allCases)
  func `who asked to be forgotten is`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.plan(deliveries: 2)
    let erased = Departure(addressHash: hash("l1@x.example"), reason: .erased, date: day(9))
    #expect(try test.store.replay([erased]) == 1)
    #expect(try subscribers(test.store).map(\.subscriber.address.localPart) == ["l2"])
    #expect(try test.claim(5).map(\.recipient.address.localPart) == ["l2"])
    #expect(try test.store.damage() == [])
  }

  @Test func `a backup is whole, its mail is on hold, and the store goes on`() throws {
    let test = try StoreUnderTest(.sqlite)
    try test.publish(1...3)
    try test.plan(deliveries: 2)
    let path = test.folder.file("copy.db")
    try test.store.backUp(to: path, asOf: day(9))
    let copy = try StoreCopy(verifying: path)
    #expect(copy.siteID == StoreUnderTest.siteID)
    #expect((copy.articles, copy.subscribers, copy.waiting) == (3, 2, 2))
    #expect(copy.lastIssue?.description == "weekly/2026-11-09")
    #expect(try test.claim(5).count == 2, "the store itself is not on hold")
    let opened = try StoreUnderTest.openSQLite(path)
    #expect(try opened.mailHold() == MailHold(.restored, copied: day(9)))
    #expect(try opened.hasPending(now: day(9)) == false)
  }

  @Test func `a store is refused with other keys than its own`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("feedgen.db")
    _ = try StoreUnderTest.openSQLite(path)
    #expect(throws: StoreError.otherKeys(path: path)) {
      try SQLiteSiteStore(path: path, siteID: StoreUnderTest.siteID) { [0] + $0.identity.utf8 }
    }
    _ = try StoreUnderTest.openSQLite(path)
  }
}

private func hash(_ address: String) -> [UInt8] { Array(address.utf8) }
