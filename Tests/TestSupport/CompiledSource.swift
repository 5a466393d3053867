import Foundation

/// What the tests have in C, compiled with Swift’s own clang when it is first asked for.
package enum CompiledSource {
  package static func mailSink() throws -> String { try sink.get() }
  /// A library for LD_PRELOAD, which makes the program fail at its n-th call to the system.
  package static func faults() throws -> String { try preloaded.get() }

  private static let sink = Result { try compile("Servers/mail_sink.c") }
  private static let preloaded = Result { try compile("Faults/faults.c", ["-shared", "-fPIC"]) }

  private static func compile(_ source: String, _ options: [String] = []) throws -> String {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folder = tests.deletingLastPathComponent().appending(path: ".build/test-programs")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: source.replacing("/", with: "-").replacing(".c", with: ""))
      .path
    let draft = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
    let words = ["-O2", "-o", draft] + options + [tests.appending(path: source).path, "-ldl"]
    guard try runProgram("clang", words).status == 0, unsafe rename(draft, path) == 0
    else { throw ServerProcess.Failure(description: "\(source) cannot be compiled") }
    return path
  }
}
