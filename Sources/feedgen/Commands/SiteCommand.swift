import ArgumentParser

/// A command that works on a site and tells about it.
protocol SiteCommand: ParsableCommand {
  var options: SiteOptions { get }

  func run(_ report: Report) throws
}

extension SiteCommand {
  func run() throws {
    let report = options.report()
    // What stops the command is said on a line of its own.
    defer { report.clearProgress() }
    try run(report)
  }
}
