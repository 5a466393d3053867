import Foundation
import TestSupport
import Testing

/// The built program, run as a user would.
struct Program {
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  let path: String

  /// The debug build, beside the tests.
  static let debug = Program(
    path: URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("feedgen").path
  )

  /// The release build with the Swift runtime linked in, as it is installed.
  static let release = Program(path: "\(repository)/.build/release/feedgen")

  /// The project's folder.
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  @discardableResult
  func run(
    _ arguments: [String],
    in folder: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Result {
    let process = try start(arguments, in: folder, environment: environment)
    return process.finish()
  }

  func start(
    _ arguments: [String],
    in folder: String? = nil,
    environment: [String: String] = [:]
  ) throws -> RunningProgram {
    try RunningProgram(path, arguments, in: folder, environment: environment)
  }
}

/// A program at work.
final class RunningProgram {
  let process = Process()
  private let output: URL
  private let errors: URL
  private let folder = TemporaryFolder()

  init(
    _ path: String,
    _ arguments: [String],
    in folder: String?,
    environment: [String: String]
  ) throws {
    output = URL(fileURLWithPath: self.folder.file("output"))
    errors = URL(fileURLWithPath: self.folder.file("errors"))
    try Data().write(to: output)
    try Data().write(to: errors)
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.environment = ProcessInfo.processInfo.environment
      .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  func finish() -> Program.Result {
    process.waitUntilExit()
    return Program.Result(
      status: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus,
      output: (try? String(contentsOf: output, encoding: .utf8)) ?? "",
      errors: (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
    )
  }
}

/// Whether a missing tool is a failure: in CI, where nothing may be skipped.
let isCI = ProcessInfo.processInfo.environment["FEEDGEN_CI"] != nil

/// Whether a program can be found.
func isInstalled(_ name: String) -> Bool {
  if isCI { return true }
  let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  return (folders + ["/usr/sbin", "/usr/games"]).contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
  }
}
