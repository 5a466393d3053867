import ArgumentParser
import Model
import Store

/// `feedgen issues`: what goes out, and the editor's hand on it.
struct Issues: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "issues",
    abstract: "Lists, shows, holds, releases, approves, cancels, replans and resends issues.",
    discussion: """
      An issue is named by its digest and its date: weekly/2026-11-23. The name of a digest alone \
      means its latest issue.
      """,
    subcommands: [
      List.self, Show.self, Hold.self, Release.self, Approve.self, Cancel.self, Replan.self,
      Resend.self,
    ]
  )

  struct List: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists the latest issues, the latest first.",
      discussion: "Example: feedgen issues list"
    )

    @OptionGroup var options: SiteOptions
    @Option(help: "At most so many.") var limit = 20

    func validate() throws {
      guard limit > 0 else { throw ValidationError("--limit: is at least 1.") }
    }

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      let pages = try open.store.issues(atMost: limit).map { try IssuePage($0, in: open) }
      if report.isJSON { return try report.document(pages) }
      for page in pages { report.say(page.line) }
      if pages.isEmpty { report.say("There are no issues yet.") }
    }
  }

  struct Show: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows one issue: what is in it, and what became of its messages.",
      discussion: "Example: feedgen issues show weekly"
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The issue: weekly/2026-11-23, or weekly for the latest.") var name: String

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      let page = try IssuePage(try open.issue(name), in: open)
      if report.isJSON { return try report.document(page) }
      for line in page.lines { report.say(line) }
    }
  }
}

extension OpenSite {
  /// The issue of a name, or the latest one of a digest.
  func issue(_ name: String) throws -> IssueRecord {
    let found =
      if let name = IssueName(name) {
        try store.issue(name)
      } else {
        try store.issues(atMost: 1_000).first { $0.name.digest == name && $0.state != .planning }
      }
    guard let found else { throw UnknownIssue(name: name) }
    return found
  }
}

/// No issue goes by a name.
struct UnknownIssue: ExitCoded, CustomStringConvertible {
  var name: String

  var exitCode: ExitCode { .badInput }
  var description: String {
    "there is no issue “\(name)”; write weekly/2026-11-23, or see “feedgen issues list”"
  }
}
