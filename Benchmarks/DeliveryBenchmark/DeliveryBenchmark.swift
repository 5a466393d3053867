import Foundation

/// What sending costs: the engine and the whole program beside a sender in C that does nothing
/// else, and beside what others use; all to one mail server in C, in one run.
///
/// Usage: delivery-benchmark FEEDGEN [MESSAGES], 20,000 unless given
@main struct DeliveryBenchmark {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "--engine" {
      return try EngineRun(arguments.dropFirst().compactMap { Int($0) }).run()
    }
    guard let feedgen = arguments.first
    else { throw Failure(description: "usage: delivery-benchmark FEEDGEN [MESSAGES]") }
    let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 20_000
    try ProcessorComparison(count: count).run()
    fflush(nil)
    try DelayComparison().run()
    fflush(nil)
    try MemoryComparison(feedgen: feedgen, count: count).run()
  }
}

/// The programs that lie beside this one.
func program(_ name: String) -> String {
  URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent(name).path
}

struct Failure: Error, CustomStringConvertible {
  var description: String
}

func decimal(_ number: Double, places: Int = 2) -> String {
  String(format: "%.\(places)f", number)
}
