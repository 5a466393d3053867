import Foundation
import TestSupport
import Testing

/// Several runs on one store at once.
@Suite struct ConcurrencyTests {
  @Test(arguments: 1...3)
  func `imports and a publication at once lose no row`(round: Int) throws {
    let site = try SampleSite()
    try #require(try site.run(["import"]).status == 0)
    for name in ["a", "b"] { try writeTable(name, rows: 3000, in: site) }
    let runs = try [
      ["subscribers", "import", "a.csv"],
      ["publish", "--as-of", SampleSite.instant, "--feeds-only"],
      ["subscribers", "import", "b.csv"],
    ].map { try site.program.start($0, in: site.folder.path) }
    let results = runs.map { $0.finish() }
    #expect(results.map(\.status) == [0, 0, 0], "\(results.map(\.errors))")
    try expectWhole(site)
    #expect(Set(try addresses(of: site)).count == 6000)
    #expect(try site.contents(of: "feeds").count == SampleSite.outputFiles)
  }

  @Test func `two imports of articles at once: the second waits for another time`() throws {
    let site = try SampleSite()
    try site.addSubscribers(1)
    let runs = try (1...2).map { _ in
      try site.program.start(["import"], in: site.folder.path)
    }
    let results = runs.map { $0.finish() }
    #expect(results.contains { $0.status == 0 })
    for result in results where result.status != 0 {
      #expect(result.status == 75)
      #expect(result.errors.contains("another run is at work"))
    }
    try expectWhole(site)
    let articles = try site.run(["articles", "list"]).output
    #expect(articles.split(whereSeparator: \.isNewline).count == 14)
  }

  /// Many short runs, each of which checkpoints the write-ahead log when it ends.
  @Test func `runs that begin and end at once keep the store whole`() throws {
    let site = try SampleSite()
    try site.addSubscribers(1)
    let results = try addAtOnce(12, to: site)
    #expect(results.allSatisfy { $0.status == 0 }, "\(results.map(\.errors))")
    try expectWhole(site)
    #expect(try addresses(of: site).count == 13)
  }

  @Test func `the very first runs may come at once`() throws {
    let site = try SampleSite()
    let results = try addAtOnce(6, to: site)
    #expect(results.allSatisfy { $0.status == 0 }, "\(results.map(\.errors))")
    try expectWhole(site)
    #expect(try addresses(of: site).count == 6)
  }

  @Test(.enabled(if: isInstalled("strace"), "there is no strace"))
  func `a subscriber is on disk before the program says so`() throws {
    let site = try SampleSite()
    try site.addSubscribers(1)
    let result = try site.shell(
      "feedgen subscribers add camille@courrier.example --consent essai",
      wrappedIn: [
        "strace", "-f", "-y", "-e", "trace=fsync,fdatasync,pwrite64,write", "-o", "trace",
      ]
    )
    #expect(result.status == 0, "\(result.errors)")
    let trace = try site.folder.read("trace")
    let saying = try #require(trace.range(of: #""1 added"#), "\(trace)")
    let log = trace[..<saying.lowerBound].split(separator: "\n")
      .filter { $0.contains("feedgen.db-wal>") }
    let written = try #require(log.lastIndex { $0.contains("pwrite64(") }, "\(trace)")
    #expect(log[written...].contains { $0.contains("sync(") }, "\(trace)")
  }

  private func addAtOnce(_ count: Int, to site: SampleSite) throws -> [Program.Result] {
    try (1...count).map { number in
      try site.program.start(
        ["subscribers", "add", "anna\(number)@courrier.example", "--consent", "essai"],
        in: site.folder.path
      )
    }.map { $0.finish() }
  }

  private func addresses(of site: SampleSite) throws -> [Substring] {
    try site.run(["subscribers", "list"]).output.split(whereSeparator: \.isNewline).dropFirst()
      .compactMap { $0.split(separator: ",").first }
  }

  private func writeTable(_ name: String, rows: Int, in site: SampleSite) throws {
    let lines = (1...rows).map { "\(name)\($0)@courrier.example,2026-10-01,essai\n" }
    try site.folder.write(
      "email,consent_at,consent_source\n" + lines.joined(),
      to: "\(name).csv"
    )
  }

  private func expectWhole(_ site: SampleSite) throws {
    let check = try site.run(["check"])
    #expect(check.status == 0, "\(check.errors)")
    #expect(try site.integrity() == "ok\n")
  }
}
