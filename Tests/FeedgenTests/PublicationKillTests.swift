import Foundation
import TestSupport
import Testing

/// A run that is killed while it publishes leaves every visible file whole, and the next one
/// finishes its work.
///
/// The publication that is killed is an incremental one: an article in an archive is corrected,
/// one is new, so that a block is archived, and one is withdrawn.
@Suite(.enabled(if: canTrace, "there is no strace that may trace"))
struct PublicationKillTests {
  /// The calls by which a run changes files, or makes ready to.
  static let calls = ["openat", "write", "pwrite64", "renameat", "unlinkat"]
  /// A run is killed at so many calls of each kind; at all of them where time does not matter.
  static let killsPerCall = isSoaking ? Int.max : 4

  let site: TestSite
  /// The site as it is before the run that is killed.
  let backup = TemporaryFolder()

  init() throws {
    site = try TestSite()
    for number in 1...14 { try site.writeArticle("a\(number)", day: number < 9 ? number : 9) }
    try #require(try site.publish(10, ["--feeds-only"]).status == 0)
    try FileManager.default.removeItem(atPath: site.folder.file("articles/a3.md"))
    try #require(try site.publish(11, ["--feeds-only"]).status == 0)
    try site.writeArticle("a1", day: 1, text: "Un texte corrigé.")
    try site.writeArticle("a15", day: 11)
    try copy(site.folder.path, to: backup.path)
  }

  @Test func `a kill at any call leaves whole files, and the next run repairs all`() throws {
    let before = try visibleFiles()
    let counts = try callsOfARun()
    let after = try visibleFiles()
    #expect(differingPaths(before, after).count > 10)
    var kills = 0
    for call in PublicationKillTests.calls {
      for number in killPoints(counts[call, default: 0]) {
        try copy(backup.path, to: site.folder.path)
        let status = try publishTraced(["-e", "inject=\(call):signal=KILL:when=\(number)"])
        // One run makes a call more than another now and then, so the last may not be reached.
        guard status != 0 else { continue }
        try expectWhole(before, after, "killed at \(call) \(number)")
        kills += 1
      }
    }
    #expect(kills >= 12)
  }

  private func expectWhole(
    _ before: [String: Data],
    _ after: [String: Data],
    _ place: Comment
  ) throws {
    let visible = try visibleFiles()
    for (path, bytes) in visible {
      #expect(bytes == before[path] || bytes == after[path], "\(path), \(place)")
    }
    #expect(Set(before.keys).intersection(after.keys).isSubset(of: visible.keys), place)
    let result = try site.publish(12, ["--feeds-only"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(differingPaths(after, try visibleFiles()) == [], place)
    #expect(try leftovers() == [], place)
  }

  /// How often a run that is left alone makes each call.
  private func callsOfARun() throws -> [String: Int] {
    let log = TemporaryFolder()
    #expect(try publishTraced([], log: log.file("log")) == 0)
    let names = try log.read("log").split(separator: "\n").compactMap { line in
      line.split(separator: "(").first?.split(separator: " ").last.map(String.init)
    }
    return Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
  }

  private func killPoints(_ count: Int) -> [Int] {
    guard count > PublicationKillTests.killsPerCall else { return Array(1...max(1, count)) }
    return (1...PublicationKillTests.killsPerCall).map {
      // The last calls are those that put files in place.
      count - (count - 1) * ($0 - 1) / PublicationKillTests.killsPerCall
    }
  }

  private func publishTraced(_ options: [String], log: String = "/dev/null") throws -> Int32 {
    let calls = PublicationKillTests.calls.joined(separator: ",")
    return try Program(path: "/usr/bin/env").run(
      ["strace", "-f", "-o", log, "-e", "trace=\(calls)"] + options
        + [site.program.path, "publish", "--feeds-only", "--as-of", "2026-11-12T08:05:00"],
      in: site.folder.path
    ).status
  }

  /// What a web server would serve.
  private func visibleFiles() throws -> [String: Data] {
    try filesBelow(site.folder.file("feeds")).filter { !isHidden($0.key) }
  }

  /// What a run writes for a while only.
  private func leftovers() throws -> [String] {
    try filesBelow(site.folder.file("feeds")).keys
      .filter { $0.hasSuffix(".tmp") || $0.hasSuffix(".feedgen.next") }
  }

  private func isHidden(_ path: String) -> Bool {
    path.split(separator: "/").last?.hasPrefix(".") == true
  }
}

private let canTrace: Bool = {
  let line = ["strace", "-o", "/dev/null", "true"]
  return isCI || (try? Program(path: "/usr/bin/env").run(line).status) == 0
}()
