import Foundation
import Markup

/// What the schema of RFC 4287 finds wrong with a document.
func atomViolations(in document: [UInt8]) throws -> [String] {
  let schema = try RelaxNGSchema(atomFixture("atom.rng"))
  return schema.violations(in: document)
}

func atomFixture(_ name: String) throws -> [UInt8] {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  return Array(try Data(contentsOf: tests.appending(path: "Fixtures/\(name)")))
}
