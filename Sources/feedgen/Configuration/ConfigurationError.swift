import Model

/// Why a configuration cannot be used: everything that is wrong with it, found in one pass.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  var problems: [Problem]

  var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
