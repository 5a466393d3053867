/// Looks at messages in a headless browser, as `Tests/Browser/check_digest.py` says.
///
/// - Returns: the status, 0 where nothing is wrong and 2 where the browser could not be had; and
///   what was found, a problem a line.
package func checkDigests(
  _ files: [String],
  shots: String? = nil
) throws -> (status: Int32, output: String) {
  try lookInBrowser("check_digest.py", at: files, shots: shots, browser: nil)
}
