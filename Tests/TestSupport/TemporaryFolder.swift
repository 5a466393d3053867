import Glibc

/// A folder that a test has for itself, removed with all that is in it when the test lets it go.
package final class TemporaryFolder {
  package let path: String

  package init() {
    var template = Array("/tmp/feedgen-test-XXXXXX".utf8CString)
    guard let made = unsafe mkdtemp(&template) else { fatalError("no temporary folder") }
    path = unsafe String(cString: made)
  }

  deinit {
    _ = try? runProgram("rm", ["-rf", path])
  }
}
