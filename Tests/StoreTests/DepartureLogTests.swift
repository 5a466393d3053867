import Foundation
import Model
import SQLiteStore
import Store
import TestSupport
import Testing

/// Who left, in a file that outlives the store.
@Suite struct DepartureLogTests {
  let folder = TemporaryFolder()
  var log: DepartureLog { DepartureLog(besideStore: folder.file("feedgen.db")) }

  static let first = Departure(addressHash: [0x0a, 0xff], reason: .left, date: day(1))
  static let second = Departure(addressHash: [1, 2], reason: .byHand, date: day(2))

  @Test func `departures are read as they were written`() throws {
    #expect(try log.departures() == [])
    try log.append([DepartureLogTests.first])
    try log.append([DepartureLogTests.second])
    #expect(try log.departures() == [DepartureLogTests.first, DepartureLogTests.second])
    #expect(
      try folder.read("left.log") == """
        0aff 2026-11-01T08:00:00Z left
        0102 2026-11-02T08:00:00Z by-hand

        """
    )
  }

  @Test func `only its owner can read it`() throws {
    try log.append([DepartureLogTests.first])
    let attributes = try FileManager.default.attributesOfItem(atPath: log.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  /// A power cut leaves any beginning of the last line.
  @Test(arguments: 1..<31)
  func `a line that was torn is passed over, and the next is whole`(length: Int) throws {
    try log.append([DepartureLogTests.first])
    let line = try folder.read("left.log")
    try folder.write(line + line.prefix(length), to: "left.log", mode: 0o600)
    #expect(try log.departures() == [DepartureLogTests.first])
    try log.append([DepartureLogTests.second])
    let departures = try log.departures()
    #expect(departures.first == DepartureLogTests.first)
    #expect(departures.last == DepartureLogTests.second)
    #expect(Set(departures) == [DepartureLogTests.first, DepartureLogTests.second])
  }

  @Test func `an address that is dead is not a departure`() throws {
    try log.append([Departure(addressHash: [3], reason: .dead, date: day(1))])
    #expect(try folder.names() == [])
  }

  @Test func `a long log is read whole`() throws {
    let all = (0..<5000).map {
      Departure(addressHash: [UInt8($0 & 255), UInt8($0 >> 8)], reason: .left, date: day(1))
    }
    try log.append(all)
    #expect(try log.departures() == all)
  }

  @Test func `a suppression by hand is noted once, and without the address`() throws {
    let store = try StoreUnderTest.openSQLite(folder.file("feedgen.db"))
    let gone = Subscriber(address: EmailAddress("gone@x.example")!, language: .french, topics: [])
    let change = SubscriberChange(subscriber: gone, standing: .suppressed(.left))
    for number in 1...2 { _ = try store.put([change], asOf: day(number)) }
    let hash = Array("gone@x.example".utf8)
    #expect(
      try log.departures() == [Departure(addressHash: hash, reason: .left, date: day(1))]
    )
    #expect(try !folder.read("left.log").contains("gone"))
  }

  @Test func `a departure that cannot be noted is not in the store either`() throws {
    let store = try StoreUnderTest.openSQLite(folder.file("feedgen.db"))
    try FileManager.default.createDirectory(
      atPath: folder.file("left.log"),
      withIntermediateDirectories: false
    )
    let gone = Subscriber(address: EmailAddress("gone@x.example")!, language: .french, topics: [])
    #expect(throws: StoreError.self) {
      try store.put(
        [SubscriberChange(subscriber: gone, standing: .suppressed(.left))],
        asOf: day(1)
      )
    }
    try addSubscriber(store, "gone@x.example", topics: [])
    #expect(try subscribers(store).map(\.suppression) == [nil])
  }
}
