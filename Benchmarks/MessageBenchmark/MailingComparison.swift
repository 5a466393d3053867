import Foundation

/// A mailing to readers who all chose differently, beside one to as many who chose the same:
/// processor time and memory of planning and of delivering, each in a process of its own.
struct MailingComparison {
  let folder: String
  let readers: Int
  private static let rounds = 3
  private static let choices = [Mailing.Choice.equal, .different]

  func run() throws {
    print("A mailing, processor time a message (medians of \(Self.rounds), in turn):")
    for count in [readers / 10, readers] { try compare(count) }
  }

  private func compare(_ count: Int) throws {
    for choice in Self.choices { try Mailing(path: path(choice)).fill(readers: count, choice) }
    var runs = Self.choices.map { _ in [[Cost]]() }
    for _ in 0..<Self.rounds {
      for (index, choice) in Self.choices.enumerated() { runs[index].append(try mail(choice)) }
    }
    for choice in Self.choices { try FileManager.default.removeItem(atPath: path(choice)) }
    report(count, runs[0], runs[1])
  }

  /// Each step's cost, from a fresh copy of the store on.
  private func mail(_ choice: Mailing.Choice) throws -> [Cost] {
    let copy = path(choice) + ".copy"
    try FileManager.default.copyItem(atPath: path(choice), toPath: copy)
    defer { for end in ["", "-wal", "-shm", ".lock"] { unlink(copy + end) } }
    return try Mailing.Step.allCases.map { try Cost(of: $0, copy) }
  }

  private func path(_ choice: Mailing.Choice) -> String { "\(folder)/\(choice).db" }

  private func report(_ count: Int, _ equal: [[Cost]], _ different: [[Cost]]) {
    for (index, step) in Mailing.Step.allCases.enumerated() {
      report(
        "\(step), \(count) readers",
        count,
        equal.map { $0[index] },
        different.map { $0[index] }
      )
    }
    report("both", count, equal.map { Cost($0) }, different.map { Cost($0) })
  }

  private func report(_ name: String, _ count: Int, _ equal: [Cost], _ different: [Cost]) {
    let (equal, different) = (Cost(median: equal), Cost(median: different))
    print(
      "  \(name): \(equal.text(count)) for equal choices, \(different.text(count)) for different"
        + " ones, \(decimal(different.cpu / equal.cpu, places: 2)) ×"
    )
  }
}

/// What a process has cost.
private struct Cost {
  var cpu: Double
  /// The most memory that it held, in MiB.
  var peak: Double

  init(of step: Mailing.Step, _ path: String) throws {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["--step", step.rawValue, path]
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let numbers = output.split { $0.isWhitespace }.compactMap { Double($0) }
    process.waitUntilExit()
    guard numbers.count == 2 else { throw Failure(description: "\(step) \(path): \(output)") }
    (cpu, peak) = (numbers[0], numbers[1])
  }

  /// Of steps that follow each other.
  init(_ steps: [Cost]) {
    cpu = steps.reduce(0) { $0 + $1.cpu }
    peak = steps.map(\.peak).max() ?? 0
  }

  init(median costs: [Cost]) {
    cpu = costs.map(\.cpu).sorted()[costs.count / 2]
    peak = costs.map(\.peak).max() ?? 0
  }

  func text(_ count: Int) -> String {
    "\(decimal(cpu * 1e6 / Double(count), places: 0)) µs and \(decimal(peak)) MiB"
  }
}

struct Failure: Error, CustomStringConvertible {
  var description: String
}
