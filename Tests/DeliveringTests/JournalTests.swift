import Delivering
import Foundation
import Model
import Store
import TestSupport
import Testing

@Suite struct JournalTests {
  private let folder = TemporaryFolder()
  private var journals: JournalFolder { JournalFolder(beside: folder.file("store")) }

  private static let records = [
    JournalRecord(delivery: 1, attempt: 1, phase: .ending),
    JournalRecord(delivery: .max, attempt: 70_000, phase: .withdrawn),
    JournalRecord(delivery: 3, attempt: 2, phase: .answered(code: 250, enhancedCode: "2.0.0")),
    JournalRecord(delivery: 4, attempt: 1, phase: .answered(code: 550, enhancedCode: "5.7.26")),
    JournalRecord(delivery: 5, attempt: 1, phase: .answered(code: 354, enhancedCode: nil)),
  ]

  /// Writes a journal and lets its run die.
  private func write(_ records: [JournalRecord], _ kind: JournalKind = .relay) throws {
    let file = try journals.begin("run-1", kind)
    for record in records { try file.append(record) }
  }

  private var path: String { folder.file("store.journal.run-1") }

  @Test func `what was written is read`() throws {
    try write(Self.records)
    #expect(
      try journals.remains(of: "run-1") == .left(kind: .relay, Self.records, isWhole: true)
    )
  }

  @Test func `a run that is at work has its journal to itself`() throws {
    let file = try journals.begin("run-1", .relay)
    try file.append(Self.records[0])
    #expect(try journals.remains(of: "run-1") == .alive)
    #expect(throws: JournalError.self) { try journals.begin("run-1", .relay) }
    file.remove()
    #expect(try journals.remains(of: "run-1") == .missing)
  }

  /// A process that dies writes whole records; a power cut may not.
  @Test(arguments: 0..<96)
  func `what was not wholly written is not there`(cut: Int) throws {
    try write(Array(Self.records.prefix(2)))
    let data = try #require(FileManager.default.contents(atPath: path))
    try data.prefix(cut).write(to: URL(filePath: path))
    let whole = Self.records.prefix(max(0, cut / 32 - 1))
    #expect(
      try journals.remains(of: "run-1")
        == .left(kind: .relay, Array(whole), isWhole: cut >= 32)
    )
  }

  @Test(arguments: 32..<64)
  func `a damaged record ends the journal`(byte: Int) throws {
    try write(Array(Self.records.prefix(3)))
    var data = try #require(FileManager.default.contents(atPath: path))
    data[byte] ^= 0x10
    try data.write(to: URL(filePath: path))
    #expect(try journals.remains(of: "run-1") == .left(kind: .relay, [], isWhole: true))
  }

  @Test func `a journal that cannot be written is an error that says where`() throws {
    let journals = JournalFolder(beside: folder.file("no/such/folder/store"))
    let error = #expect(throws: JournalError.self) { try journals.begin("run-1", .relay) }
    #expect(error?.description.contains("no/such/folder/store.journal.run-1") == true)
  }

  // MARK: Recovery

  /// A run that has claimed five deliveries and died.
  private func recover(_ change: (inout Data) -> Void = { _ in }, _ kind: JournalKind = .relay)
    throws
    -> [Int64: DeliveryOutcome]
  {
    let delivery = TestDelivery(count: 6)
    let now = TestDelivery.now
    _ = try delivery.queue.exchange(
      settled: [],
      wanting: 5,
      by: Claimant(run: "run-1", asOf: now, now: now)
    )
    let file = try delivery.journals.begin("run-1", kind)
    for (number, phase) in phases {
      try file.append(.init(delivery: number, attempt: 1, phase: phase))
    }
    try withExtendedLifetime(file) {
      try delivery.recover()
      #expect(delivery.queue.claimed.count == 5, "a run that is at work was disturbed")
    }
    return try recoverDead(delivery, change)
  }

  private let phases: [(Int64, JournalRecord.Phase)] = [
    (1, .ending), (2, .ending), (2, .answered(code: 250, enhancedCode: "2.0.0")), (3, .ending),
    (3, .withdrawn), (4, .answered(code: 550, enhancedCode: "5.1.1")),
  ]

  private func recoverDead(
    _ delivery: TestDelivery,
    _ change: (inout Data) -> Void
  ) throws -> [Int64: DeliveryOutcome] {
    let path = delivery.folder.file("store.journal.run-1")
    // The lock went with the run; a copy has none.
    var data = try #require(FileManager.default.contents(atPath: path))
    try FileManager.default.removeItem(atPath: path)
    change(&data)
    if !data.isEmpty { try data.write(to: URL(filePath: path)) }
    try delivery.recover()
    #expect(delivery.queue.claimed == [])
    #expect(!FileManager.default.fileExists(atPath: path))
    return delivery.queue.lastOutcomes
  }

  private func isUncertain(_ outcome: DeliveryOutcome?) -> Bool {
    if case .uncertain? = outcome { true } else { false }
  }

  @Test func `a dead run's deliveries are settled by what it noted`() throws {
    let outcomes = try recover()
    let words = "(the run ended before its words were kept)"
    #expect(isUncertain(outcomes[1]))
    #expect(outcomes[2] == .accepted(SMTPReply(code: 250, text: "2.0.0 \(words)")))
    #expect(outcomes[3] == .untouched)
    #expect(outcomes[4] == .rejected(SMTPReply(code: 550, text: "5.1.1 \(words)")))
    #expect(outcomes[5] == .untouched)
    #expect(outcomes[6] == nil)
  }

  /// The file may have lost its end with the power: what is not in it may have happened.
  @Test func `after the machine was started anew, what was not noted is in doubt`() throws {
    let outcomes = try recover { $0[10] ^= 0xff }
    #expect([1, 5].allSatisfy { isUncertain(outcomes[$0]) })
    guard case .accepted? = outcomes[2] else {
      Issue.record("\(outcomes)")
      return
    }
  }

  @Test func `without a journal everything claimed is in doubt`() throws {
    let outcomes = try recover { $0 = Data() }
    #expect((1...5).allSatisfy { isUncertain(outcomes[$0]) })
  }

  @Test func `a journal of a run that has left nothing goes, and one that is alive stays`() throws {
    let delivery = TestDelivery(count: 1)
    let alive = try delivery.journals.begin("run-2", .relay)
    _ = try delivery.journals.begin("run-3", .relay)
    #expect(delivery.journals.runs() == ["run-2", "run-3"])
    try withExtendedLifetime(alive) { try delivery.recover() }
    #expect(delivery.journals.runs() == ["run-2"])
  }

  @Test func `what went to the outbox is written again`() throws {
    let outcomes = try recover({ _ in }, .outbox)
    #expect((1...5).allSatisfy { outcomes[$0] == .untouched })
  }
}
