import Cryptography
import Foundation
import Model
import TestSupport
import Testing

@testable import Rendering

/// What we write, as Python's `email` package and html5lib read it.
///
/// `pip install html5lib` adds the strict parse; without python3 nothing is read, and it is said.
@Suite struct OutsideReaderTests {
  @Test func `thousands of values come back as they were`() throws {
    var random = SeededGenerator(seed: 42)
    var lines: [String] = []
    for _ in 0..<1000 {
      let text = randomText(&random, longest: 80)
      let qp = QuotedPrintable.encode(text.utf8)
      lines.append(line("qp", canonical([text]), qp))
      // Python reads control characters its own way; ours become spaces, which other tests show.
      let value = text.unicodeScalars.split { $0.value <= 32 }.map { String($0) }
        .joined(separator: " ")
      lines.append(line("subject", value, HeaderField("Subject", text: text).bytes))
      let mailbox = Mailbox(name: value, address: SampleIssue.address("a@example.org"))
      lines.append(line("from", value, HeaderField("From", mailbox: mailbox).bytes))
    }
    let file = FileManager.default.temporaryDirectory.appending(path: "values-\(UUID()).txt")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    try run("values", file)
  }

  @Test(arguments: ["digest-fr.eml", "digest-en.eml", "digest-full.eml"])
  func `a message keeps the rules of the look`(name: String) throws {
    try run("message", fixture(name))
  }

  private func line(_ kind: String, _ expected: String, _ encoded: [UInt8]) -> String {
    "\(kind) \(Array(expected.utf8).hexadecimal) \(encoded.hexadecimal)"
  }

  private func run(_ check: String, _ file: URL) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", fixture("check_mail.py").path, check, file.path]
    let modules = (try? PythonModule.html5lib.path()) ?? ""
    process.environment = ProcessInfo.processInfo.environment
      .merging(["PYTHONPATH": modules]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(
      decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(),
      as: UTF8.self
    )
    process.waitUntilExit()
    guard process.terminationStatus != 127 else {
      print("skipped: there is no python3 to read what was written")
      return
    }
    if output.contains("skipped") { print(output) }
    if ProcessInfo.processInfo.environment["FEEDGEN_CI"] != nil {
      #expect(!output.contains("skipped"), "in CI nothing is skipped")
    }
    #expect(process.terminationStatus == 0, "\(output.prefix(4000))")
  }
}
