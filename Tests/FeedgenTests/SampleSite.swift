import Foundation
import TestSupport
import Testing

/// A copy of the repository's own site, worked on by the built program.
final class SampleSite {
  let folder = TemporaryFolder()
  let program: Program

  /// When `make demo` pretends that it is.
  static let instant = "2026-11-23T08:05:00+01:00"

  /// Nine feeds, four pages, the stylesheet, the list of feeds, nginx's settings, the manifest.
  static let outputFiles = 17

  init(_ program: Program = .debug) throws {
    self.program = program
    for name in ["feedgen.yaml", "articles"] {
      try FileManager.default.copyItem(
        atPath: "\(Program.repository)/\(name)",
        toPath: folder.file(name)
      )
    }
  }

  @discardableResult
  func run(_ arguments: [String]) throws -> Program.Result {
    try program.run(arguments, in: folder.path)
  }

  @discardableResult
  func publish(asOf instant: String = SampleSite.instant) throws -> Program.Result {
    try run(["publish", "--as-of", instant])
  }

  /// Runs a line of the shell in the site's folder; `feedgen` in it is the program.
  func shell(_ line: String, wrappedIn wrapper: [String] = []) throws -> Program.Result {
    let programs = URL(fileURLWithPath: program.path).deletingLastPathComponent().path
    return try Program(path: "/usr/bin/env").run(
      ["PATH=\(programs):/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"] + wrapper
        + ["bash", "-c", line],
      in: folder.path
    )
  }

  func addSubscribers(_ count: Int) throws {
    let rows = (1...count).map { "l\($0)@courrier.example,2026-10-01,essai\n" }
    try folder.write(
      "email,consent_at,consent_source\n" + rows.joined(),
      to: "subscribers.csv"
    )
    let result = try run(["subscribers", "import", "subscribers.csv"])
    try #require(result.status == 0, "\(result.errors)")
  }

  /// What SQLite itself says of the store: `ok` where it is whole.
  func integrity() throws -> String {
    try runProgram("sqlite3", [folder.file("feedgen.db"), "PRAGMA integrity_check"]).output
  }

  /// The files below a folder of the site, with what is in them.
  func contents(of name: String) throws -> [String: Data] {
    try filesBelow(folder.file(name))
  }
}

/// The files below a folder by their paths, hidden ones too.
func filesBelow(_ folder: String) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
    files[path] = FileManager.default.contents(atPath: "\(folder)/\(path)")
  }
  return files
}
