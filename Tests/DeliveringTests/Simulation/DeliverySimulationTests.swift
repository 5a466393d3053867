import Foundation
import Testing

/// The engine, its journal and its recovery under a scheduler that decides everything.
@Suite struct DeliverySimulationTests {
  /// `FEEDGEN_TEST_SCHEDULES=n` runs n fresh schedules more.
  private static let fresh =
    Int(ProcessInfo.processInfo.environment["FEEDGEN_TEST_SCHEDULES"] ?? "") ?? 300

  @Test func `whatever dies and fails, nobody is skipped and no message comes thrice`() throws {
    let seeds =
      (0..<700).map { UInt64($0) } + (0..<Self.fresh).map { _ in UInt64.random(in: 0 ... .max) }
    for seed in seeds {
      do {
        try DeliverySimulation(seed: seed).run()
      } catch {
        Issue.record("seed \(seed): \(error)")
        return
      }
    }
  }
}
