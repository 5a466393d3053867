import Foundation

/// Runs a script of `Tests/Browser`, which looks at something in a headless browser.
///
/// - Parameters:
///   - shots: where to keep pictures.
///   - browser: another program than the Chromium that is installed.
/// - Returns: the status, 0 where nothing is wrong and 2 where the browser could not be had; and
///   what was found, a problem a line.
func lookInBrowser(
  _ script: String,
  at names: [String],
  shots: String?,
  browser: String?
) throws -> (status: Int32, output: String) {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let modules = try [PythonModule.axe, .html5lib].map { try $0.path() }
  return try runProgram(
    "python3",
    [tests.appending(path: "Browser/\(script)").path]
      + (shots.map { ["--shots", $0] } ?? []) + names,
    environment: [
      "PYTHONPATH=\(modules.joined(separator: ":"))", "PYTHONDONTWRITEBYTECODE=1",
      "FEEDGEN_BROWSER=\(browser ?? "")",
    ],
    // The script says what it waits for in vain, and before this.
    silence: 900
  )
}

/// Does in a browser what a reader would do, as `Tests/Browser/follow.py` says.
///
/// - Parameter steps: the steps, in JSON.
/// - Returns: the status, 0 where nothing is wrong and 2 where the browser could not be had; and the
///   words of the last page, with what was wrong.
package func followInBrowser(_ steps: String) throws -> (status: Int32, output: String) {
  try lookInBrowser("follow.py", at: [steps], shots: nil, browser: nil)
}
