import Compression
import Foundation
import TestSupport
import Testing

@Suite struct GzipTests {
  @Test(arguments: [0, 1, 65_536, 1_000_000])
  func `what is compressed is read back by gzip`(count: Int) throws {
    let folder = TemporaryFolder()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    try Data(compressed(bytes, pieces: 7)).write(to: URL(fileURLWithPath: folder.file("a.gz")))
    let result = try runProgram("gzip", ["-dk", folder.file("a.gz")])
    #expect(result.status == 0, "\(result.output)")
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: folder.file("a")))) == bytes)
  }

  @Test func `no name and no time are written`() {
    let header = compressed([1, 2, 3], pieces: 1).prefix(10)
    #expect(Array(header) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3])
  }

  private func compressed(_ bytes: [UInt8], pieces: Int) -> [UInt8] {
    var output: [UInt8] = []
    var gzip = Gzip()
    let size = bytes.count / pieces + 1
    for start in stride(from: 0, to: bytes.count, by: size) {
      let piece = Array(bytes[start..<min(start + size, bytes.count)])
      gzip.compress(piece.span) { span in for index in span.indices { output.append(span[index]) } }
    }
    gzip.finish { span in for index in span.indices { output.append(span[index]) } }
    return output
  }
}
