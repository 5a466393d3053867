/// What is wrong with a schema, or with a document before any schema is asked.
package enum XMLError: Error, Equatable, CustomStringConvertible {
  case invalidSchema([String])
  case notWellFormed(XMLFault)

  package var description: String {
    switch self {
    case .invalidSchema(let reasons):
      "the RELAX NG schema cannot be used: \(reasons.joined(separator: "; "))"
    case .notWellFormed(let fault):
      "not well-formed XML: \(fault)"
    }
  }
}
