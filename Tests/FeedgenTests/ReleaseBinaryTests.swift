import Foundation
import TestSupport
import Testing

/// The program as it is installed: the Swift runtime, Foundation and its tables linked in.
@Suite(
  .enabled(
    if: isCI || FileManager.default.isExecutableFile(atPath: Program.release.path),
    "there is no release build; “make build” makes it"
  )
)
struct ReleaseBinaryTests {
  /// Summer time ends in Paris on 25 October 2026, so 08:00 is 06:00 UTC before and 07:00 after.
  @Test(
    arguments: [
      ("2026-10-19T05:59:00Z", nil),
      ("2026-10-19T06:01:00Z", "Mon, 19 Oct 2026 08:01:00 +0200"),
      ("2026-10-26T06:59:00Z", nil),
      ("2026-10-26T07:01:00Z", "Mon, 26 Oct 2026 08:01:00 +0100"),
    ] as [(String, String?)]
  )
  func `a digest goes out by the clocks of its zone`(instant: String, date: String?) throws {
    let site = try TestSite(.release)
    let monday = instant.prefix(10)
    try site.folder.write(
      """
      ---
      title: Essai
      date: \(monday.prefix(8))\(try #require(Int(monday.suffix(2))) - 3)T08:00:00Z
      topics: [bielorussie]
      ---
      Un texte.

      """,
      to: "articles/essai.md"
    )
    try site.addSubscriber("lectrice@courrier.example")
    let plan = try site.run(["publish", "--as-of", instant, "--dry-run"])
    #expect(plan.output.contains("Would plan: weekly/\(monday)") == (date != nil))
    let result = try site.run(["publish", "--as-of", instant])
    #expect(result.status == 0, "\(result.errors)")
    let outbox =
      try site.folder.names()
      .contains("outbox") ? filesBelow(site.folder.file("outbox/new")) : [:]
    let dates = outbox.values.map { String(decoding: $0, as: UTF8.self) }
      .flatMap { $0.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("Date: ") } }
    #expect(dates == (date.map { ["Date: \($0)"] } ?? []))
  }

  @Test(
    arguments: [
      ("html", #"<p>Un <a href="https://bücher.example/été?q=ü">lien</a>.</p>"#),
      ("md", #"Un <a href="https://bücher.example/été?q=ü">lien</a>."#),
      ("md", "Un [lien](https://bücher.example/été?q=ü)."),
    ]
  )
  func `a link to a domain beyond ASCII gets its A-label`(suffix: String, text: String) throws {
    let site = try TestSite(.release)
    let title =
      suffix == "md" ? "---\ntitle: Essai\ndate: 2026-11-02\n---\n" : "<title>Essai</title>"
    try site.folder.write(title + text + "\n", to: "articles/essai.\(suffix)")
    try site.run(["publish"])
    let feed = try site.folder.read("feeds/atom.xml")
    #expect(feed.contains("lien"))
    #expect(feed.contains(#""https://xn--bcher-kva.example/%C3%A9t%C3%A9?q=%C3%BC""#), "\(feed)")
  }

  /// In the C locale too, which cron has.
  @Test func `an address at a domain beyond ASCII gets its A-label`() throws {
    let site = try TestSite(.release)
    let added = try site.program.run(
      ["subscribers", "add", "anna@bücher.example", "--consent", "essai"],
      in: site.folder.path,
      environment: ["LC_ALL": "C"]
    )
    #expect(added.status == 0, "\(added.errors)")
    let listed = try site.run(["subscribers", "list"])
    #expect(listed.output.contains("anna@xn--bcher-kva.example"), "\(listed.output)")
  }

  /// A Turkish i, another calendar's day or a decimal comma would change ids, dates or sizes.
  @Test func `the machine's language and zone change nothing`() throws {
    let model = try SampleSite(.release)
    try model.addSubscribers(2)
    let surroundings = [
      ["LC_ALL": "C", "LANG": "C"], ["LC_ALL": "fr_FR.UTF-8", "LANG": "fr_FR.UTF-8"],
      ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"], ["TZ": "Asia/Tokyo"],
    ]
    let results = try surroundings.map { try everything(from: model, in: $0) }
    for (result, surrounding) in zip(results, surroundings) {
      #expect(result.keys.sorted() == results[0].keys.sorted())
      for (name, bytes) in result { #expect(bytes == results[0][name], "\(name), \(surrounding)") }
    }
    #expect(results[0].keys.filter { $0.hasPrefix("message ") }.count == 2)
  }

  /// Whatever a run in such surroundings writes and says.
  private func everything(
    from model: SampleSite,
    in environment: [String: String]
  ) throws -> [String: Data] {
    let folder = TemporaryFolder()
    let site = folder.file("site")
    try FileManager.default.copyItem(atPath: model.folder.path, toPath: site)
    var all: [String: Data] = [:]
    for arguments in [
      ["publish", "--as-of", SampleSite.instant, "--verbose"], ["articles", "list"],
      ["articles", "show", "triangle-du-lithium"], ["check"], ["subscribers", "list"],
      ["articles", "export", "exported"],
    ] {
      let result = try Program.release.run(arguments, in: site, environment: environment)
      try #require(result.status == 0, "\(result.errors)")
      all["output of \(arguments)"] = Data((result.output + result.errors).utf8)
    }
    for name in ["feeds", "exported"] {
      for (path, bytes) in try filesBelow("\(site)/\(name)") { all["\(name)/\(path)"] = bytes }
    }
    // Their names tell the moment and the process.
    let messages = try filesBelow("\(site)/outbox/new").values
      .sorted { $0.lexicographicallyPrecedes($1) }
    for (number, bytes) in messages.enumerated() { all["message \(number)"] = bytes }
    return all
  }
}
