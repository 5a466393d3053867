import Foundation

/// SplitMix64: the same numbers on every machine.
///
/// FEEDGEN_TEST_SEED and FEEDGEN_TEST_ROUNDS look elsewhere, and longer.
package struct SeededGenerator: RandomNumberGenerator {
  private static let environment = ProcessInfo.processInfo.environment
  package static let rounds = environment["FEEDGEN_TEST_ROUNDS"].flatMap { Int($0) } ?? 300

  private var state = environment["FEEDGEN_TEST_SEED"].flatMap { UInt64($0) } ?? 20_261_121

  package init() {}

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
