import Foundation
import TestSupport
import Testing

/// An entry as a reader has it; nil is what the reader does not look for.
struct ReadEntry: Decodable, Equatable {
  var id: String?
  var title: String?
  var url: String?
  var summary: String?
  var content: String?
  var authors: [String]?
  var categories: [String]?
  var published: Int64?
  var updated: Int64?
  var enclosure: String?
}

/// The entries of feeds, by file, as `Tests/Readers/read_entries.py` finds them; nil without Python.
func entries(
  of files: [String],
  readBy reader: String,
  from module: PythonModule? = nil
) throws -> [String: [ReadEntry]]? {
  let result = try python("read_entries.py", [reader] + files, module)
  guard let (status, output) = result else { return nil }
  try #require(status == 0, "\(output.prefix(2000))")
  return try JSONDecoder().decode([String: [ReadEntry]].self, from: Data(output.utf8))
}

/// Runs a script of `Tests/Readers`; nil, which is said, where Python or a module cannot be had.
func python(
  _ script: String,
  _ arguments: [String],
  _ module: PythonModule? = nil
) throws -> (status: Int32, output: String)? {
  let path = fixture("../Readers/\(script)").path
  do {
    let modules = try module.map { ["PYTHONPATH=\(try $0.path())"] } ?? []
    return try runProgram("python3", [path] + arguments, environment: modules)
  } catch {
    print("skipped: \(error)")
    let isCI = ProcessInfo.processInfo.environment["FEEDGEN_CI"] != nil
    #expect(!isCI, "in CI nothing is skipped")
    return nil
  }
}
