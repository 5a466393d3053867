import ArgumentParser
import Checking
import Foundation
import Model
import Rendering
import Store

/// `feedgen check`: what is wrong, and how to mend it.
struct Check: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Looks at the configuration, the store, the templates and the output.",
    discussion: """
      Says what is wrong and how to mend it, and what to publish in the DNS; changes nothing. What was published is read back as
      readers and validators do: grammar, ids, dates, links, archives, sizes.

      Example: feedgen check
      """
  )

  @OptionGroup var options: SiteOptions

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    let results =
      [
        CheckResult("configuration") {},
        CheckResult("sources") { try checkSources(configuration) },
        CheckResult("store") { try checkStore(configuration) },
        CheckResult("templates") { try checkTemplates(configuration) },
        CheckResult("output", findings: { try checkOutput(configuration, report) }),
        CheckResult("mail") { try checkMail(configuration) },
        dkimResult(configuration),
      ] + [BackupShelf(of: configuration).check(asOf: .now)].compactMap { $0 }
    try tell(results, report)
    if let code = results.compactMap(\.exitCode).first { throw code }
  }

  private func tell(_ results: [CheckResult], _ report: Report) throws {
    for result in results { result.tell(report) }
    if report.isJSON { return try report.document(results) }
    for result in results {
      report.say("\(result.exitCode == nil ? "good" : "BAD "): \(result.line)")
      for record in result.records ?? [] { record.tell(report) }
    }
  }

  private func checkSources(_ configuration: Configuration) throws {
    for path in configuration.sourcePaths {
      guard FileManager.default.isReadableFile(atPath: path) else {
        throw Problem(path: path, message: "cannot be read; make it, or mend “sources”")
      }
    }
  }

  /// A site that was never imported has no store yet, and that is good.
  private func checkStore(_ configuration: Configuration) throws {
    guard FileManager.default.fileExists(atPath: configuration.storePath) else { return }
    let damage = try OpenSite(reading: configuration).store.damage()
    guard damage.isEmpty else {
      throw StoreError.damaged(
        path: configuration.storePath,
        detail: damage.joined(separator: "; ")
      )
    }
  }

  private func checkTemplates(_ configuration: Configuration) throws {
    try configuration.templates().check()
  }

  /// A site that was never published has nothing to check, and that is good.
  private func checkOutput(
    _ configuration: Configuration,
    _ report: Report
  ) throws -> [Finding] {
    guard FileManager.default.fileExists(atPath: configuration.outputPath) else { return [] }
    return try configuration.findingsInOutput(report)
  }

  /// A site without a key has nothing to check, and that is good.
  private func dkimResult(_ configuration: Configuration) -> CheckResult {
    var check: DKIMCheck?
    var result = CheckResult("dkim") { () throws -> Void in
      check = try DKIMCheck(configuration)
      try check?.verify()
    }
    if let check { result.take(check) }
    return result
  }

  private func checkMail(_ configuration: Configuration) throws {
    try configuration.allowSending()
    _ = try configuration.relay?.relay()
  }
}
