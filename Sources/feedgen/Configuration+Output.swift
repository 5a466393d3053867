import Checking
import Model
import Pipeline
import Publishing
import Store

extension Configuration {
  /// What is wrong with the published files.
  func findingsInOutput(_ report: Report) throws -> [Finding] {
    let output = try OutputFolder(path: outputPath)
    let store = try hasStore ? OpenSite(reading: self).store : nil
    let now = max(.now, try store?.lastRun()?.asOf ?? .now)
    report.progress("Reading what was published")
    let check = try OutputCheck(
      of: CheckedFolder(output),
      site: site,
      entryCounts: store.map { try entryCounts($0, now) } ?? [:],
      now: now
    )
    return try output.damage() + check.run()
  }

  private func entryCounts(_ store: any SiteStore, _ now: Instant) throws -> [String: Int] {
    try FeedPublication(
      store: store,
      site: site,
      templates: templates,
      outputPath: outputPath,
      asOf: now
    ).entryCounts()
  }
}

extension CheckedFolder {
  fileprivate init(_ output: OutputFolder) {
    self.init(
      paths: output.paths,
      contents: { try output.contents(of: $0) },
      isThere: { output.contains($0) }
    )
  }
}

extension OutputFolder {
  /// The files that are missing, or that somebody else has changed.
  fileprivate func damage() throws -> [Finding] {
    try differences().map { path in
      Finding(
        severity: .error,
        path: path,
        message: (contains(path) ? "changed since it was published" : "missing")
          + "; “feedgen publish --verify” writes it again"
      )
    }
  }
}
