import Foundation
import Model
import SQLiteStore
import Store
import Testing
import TestSupport

@Suite struct SQLiteSiteStoreTests {
  let folder: TemporaryFolder
  var path: String { folder.file("feedgen.db") }

  init() throws {
    folder = TemporaryFolder()
  }

  @Test func `a store belongs to one site`() throws {
    _ = try StoreUnderTest.openSQLite(path)
    let error = #expect(throws: StoreError.self) {
      try StoreUnderTest.openSQLite(path, siteID: "tag:other.example,2026:")
    }
    #expect(error?.description.contains("belongs to the site tag:veille.example.org,2026:") == true)
  }

  @Test func `a store of a newer feedgen is refused`() throws {
    _ = try StoreUnderTest.openSQLite(path)
    try sqlite3("PRAGMA user_version = 99")
    #expect(throws: StoreError.newer(path: path, found: 99, known: 5)) {
      try StoreUnderTest.openSQLite(path)
    }
  }

  /// Twelve articles in blocks of five, of which one was deleted.
  @Test func `a store of the first version gets what this one has`() throws {
    let dump = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/store-1.sql")
    try sqlite3(".read \(dump.path)")
    let store = try StoreUnderTest.openSQLite(path)
    let documents = try store.documents(changedAfter: nil).filter { $0.feed.name == .site }
    #expect(documents.map(\.part) == [.archive(0), .subscription])
    #expect(documents.map(\.entryCount) == [4, 7])
    let tombstones = try store.tombstones(of: documents)
    #expect(tombstones[0].map(\.id) == ["\(StoreUnderTest.siteID)articles/a3"])
    let pings = try store.waitingPings()
    let publication = try store.publication()
    #expect(pings == [])
    #expect(publication == nil, "all is written again")
    let offered = try store.articles(
      in: ReleaseRange(after: 0, through: .max),
      atMost: 100,
      previewing: false
    )
    #expect(offered.map(\.release) == [12, 11, 10, 9, 8, 7, 6, 5, 4, 2, 1])
  }

  @Test func `another program's database is refused and left alone`() throws {
    try sqlite3("CREATE TABLE theirs (x)")
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(throws: StoreError.damaged(path: path, detail: "another program's database")) {
      try StoreUnderTest.openSQLite(path)
    }
    let after = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(before.suffix(from: 100) == after.suffix(from: 100))
  }

  @Test func `a file that is no database is refused`() throws {
    try folder.write(String(repeating: "not a database ", count: 100), to: "feedgen.db")
    let error = #expect(throws: StoreError.self) { try StoreUnderTest.openSQLite(path) }
    guard case .damaged = error else {
      Issue.record("not damaged: \(String(describing: error))")
      return
    }
  }

  @Test func `a sound store has no damage`() throws {
    let test = try StoreUnderTest(.sqlite)
    try test.publish(1...3)
    let damage = try test.store.damage()
    #expect(damage == [])
  }

  @Test func `a folder that is not there is said`() throws {
    #expect(throws: StoreError.self) {
      try StoreUnderTest.openSQLite(folder.file("missing/feedgen.db"))
    }
  }

  private func sqlite3(_ sql: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sqlite3", path, sql]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "sqlite3 (Debian's package) is needed")
  }
}
