import Foundation
import TestSupport
import Testing

@Suite struct SimulatedYearTests {
  /// FEEDGEN_TEST_YEARS plays more of them.
  private static let years =
    ProcessInfo.processInfo.environment["FEEDGEN_TEST_YEARS"].flatMap { UInt64($0) } ?? 2

  @Test(arguments: 1...years)
  func `each reader gets each article once`(seed: UInt64) throws {
    let year = try SimulatedYear(seed: seed)
    try year.play()
    if let failure = year.failure { Issue.record("year \(seed), \(failure)") }
    #expect(year.messageCount > 100)
  }
}
