import Foundation
import Model
import Testing

@testable import Rendering

@Suite struct DigestMessageTests {
  /// Whole messages, byte for byte; `FEEDGEN_RECORD=1` writes them anew.
  @Test func `a weekly message in French is the recorded one`() throws {
    try expectGolden("digest-fr.eml", try SampleIssue.message())
  }
}

/// Compares with a file of Tests/Fixtures.
func expectGolden(_ name: String, _ bytes: [UInt8]) throws {
  let url = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/\(name)")
  if ProcessInfo.processInfo.environment["FEEDGEN_RECORD"] != nil {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(bytes).write(to: url)
  }
  let golden = [UInt8](try Data(contentsOf: url))
  #expect(String(decoding: bytes, as: UTF8.self) == String(decoding: golden, as: UTF8.self))
}
