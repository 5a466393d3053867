import Foundation
import TestSupport
import Testing

/// The help texts, and the examples in them.
@Suite struct HelpTests {
  /// Every command that does something, as its words: found by asking the program for help.
  static let commands = leaves(below: [])

  @Test(arguments: commands)
  func `a command's help has an example that works`(words: [String]) throws {
    let site = try SampleSite()
    try prepare(site, for: words)
    let help = try site.run(words + ["--help"]).output
    let line = try #require(example(in: help), "the help of \(words) has no example")
    #expect(line.hasPrefix((["feedgen"] + words).joined(separator: " ")))
    let result = try site.shell(line.replacing("/tmp/", with: site.folder.file("")))
    #expect(result.status == 0, "\(line): \(result.errors)")
  }

  @Test func `all commands are found`() {
    #expect(HelpTests.commands.contains(["init"]))
    #expect(HelpTests.commands.contains(["subscribers", "import"]))
    #expect(HelpTests.commands.count >= 13)
  }

  /// What the examples name.
  private func prepare(_ site: SampleSite, for words: [String]) throws {
    try site.folder.write(
      """
      ---
      title: Les itinéraires de la potasse
      date: 2026-11-12
      topics: [bielorussie]
      ---
      Un texte.

      """,
      to: "articles/potasse-itineraires.md"
    )
    try site.folder.write(
      "email,consent_at,consent_source\nines@courrier.example,2026-10-01,essai\n",
      to: "subscribers.csv"
    )
    try #require(try site.run(["import"]).status == 0)
    let onSubscribers = ["set", "move", "show", "export", "unsubscribe", "erase"]
    if words.first == "subscribers", onSubscribers.contains(words[1]) {
      try #require(try site.run(["subscribers", "import", "subscribers.csv"]).status == 0)
    }
    if words == ["import"] || words == ["redirects"] {
      let export = "\(Program.repository)/Tests/FeedgenTests/Exports/wordpress.xml"
      try FileManager.default.copyItem(atPath: export, toPath: site.folder.file("export.xml"))
    }
    if words == ["bounces"] {
      try site.folder.write("From: ines@courrier.example\n\nMerci !\n", to: "Maildir/new/1.mail")
    }
    if words == ["subscribers", "unsuppress"] {
      let address = "lectrice@courrier.example"
      try #require(try site.run(["subscribers", "suppress", address]).status == 0)
    }
    if words.first == "issues" { try prepareIssue(site, for: words) }
    if words == ["restore"] { try prepareBackup(site) }
    if words == ["articles", "restore"] {
      try #require(try site.run(["articles", "delete", "potasse-itineraires"]).status == 0)
    }
  }

  /// A backup by the name in the example.
  private func prepareBackup(_ site: SampleSite) throws {
    let folder = site.folder.file("backups")
    try #require(try site.run(["backup"]).status == 0)
    let name = try #require(try site.folder.names(in: "backups").first)
    try FileManager.default.moveItem(
      atPath: "\(folder)/\(name)",
      toPath: "\(folder)/feedgen-2026-11-21T101500Z"
    )
  }

  /// An issue in the state in which the command has something to do.
  private func prepareIssue(_ site: SampleSite, for words: [String]) throws {
    try #require(try site.run(["subscribers", "import", "subscribers.csv"]).status == 0)
    let approval = words == ["issues", "resend"] ? "optional" : "required"
    _ = try site.run([
      "publish", "--as-of", SampleSite.instant, "--set",
      "digests=[{cadence: weekly, day: monday, approval: \(approval)}]",
    ])
    if words == ["issues", "release"] {
      try #require(try site.run(["issues", "hold", "weekly"]).status == 0)
    }
  }

  /// The command line after “Example:”, put together again where the help breaks it.
  private func example(in help: String) -> String? {
    let paragraph = help.components(separatedBy: "\n\n").first { $0.hasPrefix("Example: ") }
    return paragraph?.dropFirst("Example: ".count).split(whereSeparator: \.isNewline)
      .joined(separator: " ")
  }

  private static func leaves(below words: [String]) -> [[String]] {
    let help = (try? Program.debug.run(words + ["--help"]).output) ?? ""
    let parts = help.components(separatedBy: "SUBCOMMANDS:\n")
    guard parts.count == 2 else { return [words] }
    // A name is indented by two; the description's further lines by more.
    return parts[1].components(separatedBy: "\n\n")[0].split(separator: "\n")
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
      .flatMap { leaves(below: words + [$0]) }
  }
}
