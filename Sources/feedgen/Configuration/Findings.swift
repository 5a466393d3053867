import Model

/// What is wrong with a configuration, collected while it is read.
final class Findings {
  private let source: ConfigurationText
  private var found: [(place: Place, problem: Problem)] = []

  init(_ source: ConfigurationText) {
    self.source = source
  }

  func note(_ message: String, at place: Place) {
    found.append((place, source.problem(message, at: place)))
  }

  /// Takes a problem that was found before, at its own place.
  func note(_ problem: Problem) {
    let place = Place.file(line: problem.line ?? 1, column: problem.column ?? 1)
    found.append((place, problem))
  }

  var isEmpty: Bool { found.isEmpty }

  /// From the top of the file to its end, then those of `--set`.
  var problems: [Problem] {
    let ordered = found.enumerated().sorted {
      ($0.element.place, $0.offset) < ($1.element.place, $1.offset)
    }
    return ordered.map(\.element.problem)
  }
}
