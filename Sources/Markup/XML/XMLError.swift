/// What is wrong with a schema.
package enum XMLError: Error, Equatable, CustomStringConvertible {
  case invalidSchema([String])

  package var description: String {
    switch self {
    case .invalidSchema(let reasons):
      "the RELAX NG schema cannot be used: \(reasons.joined(separator: "; "))"
    }
  }
}
