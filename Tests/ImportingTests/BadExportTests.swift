import Foundation
import Glibc
import Importing
import Model
import TestSupport
import Testing

/// Exports that are broken, hostile, or none: each a problem with its place, and nothing hangs.
struct BadExportTests {
  private let folder = TemporaryFolder()

  /// Why an export cannot be read at all.
  private func refusal(_ path: String) -> Problem? {
    do {
      _ = try ReadExport(paths: [path])
      return nil
    } catch {
      return error as? Problem
    }
  }

  @Test(arguments: [
    ("two-declarations.xml", 2, "an XML declaration stands where none may be"),
    ("entities.xml", 2, "declares entities"), ("xxe.xml", 2, "declares entities"),
    ("not-wxr.xml", nil, "is no export of WordPress"),
  ])
  func `what is no export is refused, with its place`(name: String, line: Int?, words: String) {
    let path = exportFixtures.appending(path: name).path
    let problem = refusal(path)
    #expect(problem?.path == path)
    #expect(problem?.line == line)
    #expect(problem?.message.contains(words) == true)
  }

  @Test func `an export that was cut gives what came before the cut`() throws {
    let found = try ReadExport("cut.xml")
    #expect(found.entries.map(\.key) == ["108", "109"])
    #expect(found.problems.map(\.line) == [112])
    #expect(found.problems.first?.message.contains("it was cut") == true)
  }

  @Test func `a file that is none is told from one that cannot be read`() throws {
    try folder.write("", to: "empty.xml")
    let fifo = folder.file("fifo")
    try #require(unsafe mkfifo(fifo, 0o600) == 0)
    #expect(refusal(folder.file("gone.xml"))?.message.contains("No such file") == true)
    #expect(refusal(folder.path)?.message.contains("is no file") == true)
    #expect(refusal(fifo)?.message.contains("is no file") == true)
    #expect(refusal(folder.file("empty.xml"))?.message.contains("is empty") == true)
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func `a file that nobody may read says so`() throws {
    try folder.write(export(""), to: "export.xml", mode: 0)
    #expect(refusal(folder.file("export.xml"))?.message.contains("Permission denied") == true)
  }

  @Test(arguments: [([0x1f, 0x8b, 8, 0], "gunzip"), (Array("PK\u{3}\u{4}".utf8), "unzip")])
  func `a packed export says how to unpack it`(start: [UInt8], words: String) throws {
    let path = folder.file("export.xml")
    try Data(start + [0, 1, 2, 3]).write(to: URL(filePath: path))
    #expect(refusal(path)?.message.contains(words) == true)
  }

  @Test(arguments: [
    (String.Encoding.utf16, "UTF-16"), (.windowsCP1252, "windows-1252"), (.isoLatin1, "ISO-8859-1"),
  ])
  func `an export may be in an older charset`(encoding: String.Encoding, name: String) throws {
    let text = export("<item>\(post(1))<dc:creator>Zoé</dc:creator></item>")
      .replacing("UTF-8", with: name)
    let data = try #require(text.data(using: encoding))
    try data.write(to: URL(filePath: folder.file("export.xml")))
    let found = try ReadExport(paths: [folder.file("export.xml")])
    #expect(found.entries.first?.authors.map(\.name) == ["Zoé"])
    #expect(found.repairs.isEmpty)
  }

  @Test func `a tag with a hundred thousand attributes ends the reading there`() throws {
    let attributes = (0..<100_000).map { " a\($0)=\"\"" }.joined()
    let found = try broken("<item\(attributes)>\(post(2))</item>")
    #expect(found.message.contains("a tag has more than"))
  }

  @Test func `elements a hundred thousand deep end the reading there`() throws {
    let found = try broken("<item>" + String(repeating: "<a>", count: 100_000))
    #expect(found.message.contains("elements are open at once"))
  }

  @Test func `an item that is too large is left out, and the others come in`() throws {
    let text = String(repeating: "0123456789abcde\n", count: 1_300_000)
    let large = "<item>\(post(2))<content:encoded>\(text)</content:encoded></item>"
    let items = "<item>\(post(1))</item>\n\(large)\n<item>\(post(3))</item>"
    try folder.write(export(items), to: "export.xml")
    let found = try ReadExport(paths: [folder.file("export.xml")])
    #expect(found.entries.map(\.key) == ["1", "3"])
    #expect(found.problems.map(\.line) == [5])
    #expect(found.problems.first?.message.contains("more than") == true)
  }

  /// The problem of an export of which the second item cannot be read, and the first is.
  private func broken(_ item: String) throws -> Problem {
    try folder.write(export("<item>\(post(1))</item>\n\(item)"), to: "export.xml")
    let found = try ReadExport(paths: [folder.file("export.xml")])
    #expect(found.entries.map(\.key) == ["1"])
    let problem = try #require(found.problems.first)
    #expect(problem.line == 5)
    #expect(problem.path == folder.file("export.xml"))
    return problem
  }
}
