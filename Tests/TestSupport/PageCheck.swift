/// Looks at every page of a published folder in a headless browser, as
/// `Tests/Browser/check_pages.py` says.
///
/// - Parameters:
///   - shots: where to keep pictures of the pages.
///   - browser: another program than the Chromium that is installed.
/// - Returns: the status, 0 where nothing is wrong and 2 where the browser could not be had; and
///   what was found, a problem a line.
package func checkPages(
  in folder: String,
  shots: String? = nil,
  browser: String? = nil
) throws -> (status: Int32, output: String) {
  try lookInBrowser("check_pages.py", at: [folder], shots: shots, browser: browser)
}
