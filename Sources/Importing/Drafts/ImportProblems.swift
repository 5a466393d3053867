package import Model

/// Why a file is no article: everything that is wrong with it, found in one pass.
package struct ImportProblems: Error, Equatable, CustomStringConvertible {
  /// In the order of their places.
  package let problems: [Problem]

  package init(_ problems: [Problem]) {
    self.problems = problems.sorted {
      ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0)
    }
  }

  package var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
