import Foundation
import Synchronization

/// What the tests need of PyPI.
package enum PythonModule: String, CaseIterable, Sendable {
  case aiosmtpd = "aiosmtpd>=1.4.6,<2"
  case axe = "axe-core-python>=0.1.0,<1"
  case atoma = "atoma>=0.0.17,<1"
  case dkimpy = "dkimpy[ed25519]>=1.1.8,<2"
  case feedparser = "feedparser>=6.0.11,<7"
  case html5lib = "html5lib>=1.1,<2"
  case jsonschema = "jsonschema>=4.23,<5"

  /// The folder to put into PYTHONPATH; what is missing there is installed by the first that asks.
  package func path() throws -> String {
    try PythonModule.installing.withLock { _ in
      let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
      let folder = project.appending(path: ".build/test-python/\(self)").path
      let prepare = project.appending(path: "Tests/Servers/prepare").path
      let (status, _) = try runProgram(prepare, [folder, rawValue])
      guard status == 0 else {
        throw ServerProcess.Failure(
          description: "\(self) cannot be had: prepare ends with \(status)"
        )
      }
      return "\(folder)/python"
    }
  }

  private static let installing = Mutex(())
}
