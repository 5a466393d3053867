import ArgumentParser
import Foundation
import Model
import TestSupport
import Testing

@testable import feedgen

@Suite struct ConfigurationLoadTests {
  @Test func `the nearest site above the working folder is found`() throws {
    let folder = TemporaryFolder()
    try folder.write(ConfigurationSample.smallest, to: "feedgen.yaml")
    let configuration = try Configuration.load(
      siteFolder: nil,
      workingFolder: "\(folder.path)/articles/2026"
    )
    #expect(configuration.folder == folder.path)
    #expect(configuration.storePath == "\(folder.path)/feedgen.db")
    let named = try Configuration.load(siteFolder: "../x/..", workingFolder: "\(folder.path)/y")
    #expect(named.folder == folder.path)
  }

  @Test func `where there is no site, it is said where one was looked for`() throws {
    let folder = TemporaryFolder()
    let path = folder.path
    let here = #expect(throws: ConfigurationError.self) {
      try Configuration.load(siteFolder: nil, workingFolder: path)
    }
    #expect(
      here?.description == "\(path): no feedgen.yaml here or in any folder above; name the site "
        + "with --site, or make one with “feedgen init”"
    )
    let there = #expect(throws: ConfigurationError.self) {
      try Configuration.load(siteFolder: "site", workingFolder: path)
    }
    #expect(
      there?.description == "\(path)/site: no feedgen.yaml here; run “feedgen init site”"
    )
    #expect(there.map(exitCode) == .configuration)
  }

  @Test func `a value of the command line takes the place of the file's`() throws {
    let text = ConfigurationSample.smallest + "mail: {from: a@example.org}\n"
    let configuration = try ConfigurationSample.read(
      text,
      overrides: [
        "site.title=\"A: b\"", "topics.0.title=Minsk", "topics.1.slug=perou",
        "topics.1.title=Pérou",
        "mail.smtp=smtp://127.0.0.1:2525", "feeds.formats=[atom]", "digests.0.cadence=daily",
      ]
    )
    #expect(configuration.site.title == "A: b")
    #expect(configuration.site.topics.map(\.title) == ["Minsk", "Pérou"])
    #expect(configuration.relay?.port == 2525)
    #expect(configuration.site.digests.map(\.name) == ["daily"])
  }

  @Test(arguments: [
    (
      "site.titel=A",
      "--set site.titel: “site.titel” is no key of a configuration; did you mean “title”?"
    ),
    (
      "site.title",
      "--set site.title: “=” is missing; write for instance “--set mail.smtp=smtp://127.0.0.1:2525”"
    ),
    (
      "site..title=A",
      "--set site..title: keys joined by full stops are expected before “=”, for instance “site.title”"
    ),
    (
      "topics.2.title=A",
      "--set topics.2.title: “2” is none of the list’s numbers, which are 0 to 1"
    ),
    (
      "site.title.text=A",
      "--set site.title.text: “text” is a key of a group, and there is a text in its place"
    ),
    (
      "site.title=[a",
      "--set site.title: not a YAML value; put quotes around it, for instance 'site.title=\"…\"'"
    ),
    (
      "site.title=",
      "--set site.title: “site.title” has no value; write for instance “title: Veille géopolitique”"
    ),
    (
      "feeds.hubs=[nowhere]",
      "--set feeds.hubs: “feeds.hubs”: “nowhere” is no address; write for instance "
        + "“https://hub.example.org/”"
    ),
  ])
  func `a wrong value of the command line is said with its key`(override: String, message: String) {
    let problems = ConfigurationSample.problems(
      ConfigurationSample.smallest,
      overrides: [override]
    )
    #expect(problems == [message])
  }

  @Test(arguments: [
    (
      [UInt8]("site:\n  t\u{E9}: a".unicodeScalars.map { UInt8($0.value) }),
      "2:4: not UTF-8; save the file in that encoding"
    ),
    (
      [UInt8]("site:\n a\u{7}".utf8),
      "2:3: a control character, which YAML does not allow; remove it"
    ),
  ])
  func `bytes that are no text are said with their place`(bytes: [UInt8], message: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration.text(of: bytes, path: "a")
    }
    let problem = error?.problems.first
    #expect("\(problem?.line ?? 0):\(problem?.column ?? 0): \(problem?.message ?? "")" == message)
  }

  @Test func `a byte order mark is no part of the first key`() throws {
    let bytes = [0xEF, 0xBB, 0xBF] + Array(ConfigurationSample.smallest.utf8)
    let text = try Configuration.text(of: bytes, path: "a")
    #expect(text == ConfigurationSample.smallest)
  }

  @Test func `no bytes whatever stop the program`() {
    var generator = SeededGenerator(seed: 20_261_123)
    let sample = Array(ConfigurationSample.smallest.utf8)
    let signs = Array("{}[]:,-\"'#&*!|>%@`? \t\n\r\u{0}é".utf8) + [0xFF]
    for round in 0..<1500 {
      var bytes = round % 3 == 0 ? [] : sample
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let byte = signs.randomElement(using: &generator) ?? 0
        let index = Int.random(in: 0...bytes.count, using: &generator)
        if Bool.random(using: &generator) || index == bytes.count {
          bytes.insert(byte, at: index)
        } else {
          bytes[index] = byte
        }
      }
      if let text = try? Configuration.text(of: bytes, path: "a") {
        _ = ConfigurationSample.problems(text, overrides: [text])
      }
    }
  }

  @Test(arguments: ["[", "{a: ", "- ", "? ", "\"", "a: &a [*a,"])
  func `depth and length do not stop the program`(piece: String) {
    let problems = ConfigurationSample.problems(String(repeating: piece, count: 20_000))
    #expect(!problems.isEmpty)
  }

  @Test func `aliases of aliases are refused, and not followed`() {
    let bomb = (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
    let text = "a0: &a0 [x, x]\n" + bomb.joined(separator: "\n")
    let problems = ConfigurationSample.problems(text)
    #expect(
      problems.contains(
        "1:5: anchors and aliases (“&”, “*”) are not read here; write the value out"
      )
    )
  }
}
