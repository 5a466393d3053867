import Foundation

/// Looks at messages in a headless browser, as `Tests/Browser/check_digest.py` says.
///
/// - Returns: the status, 0 where nothing is wrong, and what was found, a problem a line.
package func checkDigests(
  _ files: [String],
  shots: String? = nil
) throws -> (status: Int32, output: String) {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let modules = try [PythonModule.axe, .html5lib].map { try $0.path() }
  return try runProgram(
    "python3",
    [tests.appending(path: "Browser/check_digest.py").path]
      + (shots.map { ["--shots", $0] } ?? []) + files,
    environment: ["PYTHONPATH=\(modules.joined(separator: ":"))", "PYTHONDONTWRITEBYTECODE=1"]
  )
}
