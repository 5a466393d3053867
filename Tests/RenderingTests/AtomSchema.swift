import Foundation
import Markup

/// What the schema of RFC 4287 finds wrong with documents.
func atomViolations(in documents: [UInt8]...) throws -> [String] {
  let schema = try RelaxNGSchema(atomFixture("atom.rng"))
  return documents.flatMap { schema.violations(in: $0) }
}

func atomFixture(_ name: String) throws -> [UInt8] {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  return Array(try Data(contentsOf: tests.appending(path: "Fixtures/\(name)")))
}
