/// What libxml2 has against a document, and where.
package struct XMLFault: Error, Equatable, Sendable, CustomStringConvertible {
  package let line: Int
  package let message: String

  package var description: String { "line \(line): \(message)" }
}
