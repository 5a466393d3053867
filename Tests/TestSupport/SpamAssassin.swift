import Foundation

/// What SpamAssassin's local rules make of a message.
package struct SpamReport: CustomStringConvertible {
  package var score: Double
  /// A line for each rule that applies, with its points.
  package var rules: [String]

  package var description: String { "\(score)\n" + rules.joined(separator: "\n") }

  /// The points of all rules that speak against the message.
  package var accusations: Double {
    rules.compactMap { Double($0.split(separator: " ").first ?? "") }.filter { $0 > 0 }
      .reduce(0, +)
  }
}

/// Judges a message by the rules that need no network; nil where SpamAssassin is not installed.
package func spamReport(ofFile path: String) throws -> SpamReport? {
  let names = ["/usr/bin/spamassassin", "/usr/local/bin/spamassassin"]
  guard let program = names.first(where: FileManager.default.isExecutableFile) else { return nil }
  let home = TemporaryFolder()
  let (_, output) = try runProgram(
    program,
    ["-L", "-t", path],
    environment: ["HOME=\(home.path)", "LC_ALL=C.UTF-8"]
  )
  guard let header = output.firstMatch(of: /Content analysis details:\s+\((-?[0-9.]+) points/),
    let score = Double(header.1)
  else { throw ServerProcess.Failure(description: "spamassassin: \(output.suffix(2000))") }
  let lines = output[header.range.upperBound...].split(separator: "\n")
  let rules = lines.filter { $0.contains(/^ *-?[0-9]+\.[0-9] [A-Z]/) }
  return SpamReport(
    score: score,
    rules: rules.map { $0.trimmingCharacters(in: .whitespaces) }
  )
}
