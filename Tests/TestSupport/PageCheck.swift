import Foundation

/// Looks at every page of a published folder in a headless browser, as
/// `Tests/Browser/check_pages.py` says.
///
/// - Parameter shots: where to keep pictures of the pages.
/// - Returns: the status, 0 where nothing is wrong, and what was found, a problem a line.
package func checkPages(
  in folder: String,
  shots: String? = nil
) throws -> (status: Int32, output: String) {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let modules = try [PythonModule.axe, .html5lib].map { try $0.path() }
  return try runProgram(
    "python3",
    [tests.appending(path: "Browser/check_pages.py").path]
      + (shots.map { ["--shots", $0] } ?? []) + [folder],
    environment: ["PYTHONPATH=\(modules.joined(separator: ":"))", "PYTHONDONTWRITEBYTECODE=1"]
  )
}
