import Foundation
import Model
import SQLiteStore

/// What a message costs: splice, sign and journal, each beside a floor; and a mailing of readers
/// who all chose differently beside one of readers who chose the same.
///
/// Usage: message-benchmark [READERS], 20,000 unless given
@main struct MessageBenchmark {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.count == 3, arguments[0] == "--step",
      let step = Mailing.Step(rawValue: arguments[1])
    {
      return try print(Mailing(path: arguments[2]).cost(of: step))
    }
    let folder = NSTemporaryDirectory() + "feedgen-message-\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let readers = arguments.first.flatMap { Int($0) } ?? 20_000
    try SpliceComparison(folder: folder).run()
    fflush(nil)
    try MailingComparison(folder: folder, readers: readers).run()
    fflush(nil)
    try SigningComparison.run()
    fflush(nil)
    try JournalComparison(folder: folder).run()
  }
}

/// A few repetitions in turn, so that what disturbs one disturbs all: the medians.
///
/// - Parameter works: each gives what it measured.
func medians(of rounds: Int, _ works: [() throws -> Double]) throws -> [Double] {
  var values = works.map { _ in [Double]() }
  for _ in 0..<rounds {
    for (index, work) in works.enumerated() { try values[index].append(work()) }
  }
  return values.map { $0.sorted()[rounds / 2] }
}

/// Seconds by a clock of the system that some work takes.
func seconds(_ clock: clockid_t, _ work: () throws -> Void) rethrows -> Double {
  let start = time(clock)
  try work()
  return time(clock) - start
}

private func time(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func decimal(_ number: Double, places: Int = 1) -> String {
  String(format: "%.\(places)f", number)
}
