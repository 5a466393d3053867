import ArgumentParser
import Foundation
import Model
import Publishing
import Rendering
import Store

/// `feedgen check`: what is wrong, and how to mend it.
struct Check: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Looks at the configuration, the store, the templates and the output.",
    discussion: """
      Says what is wrong and how to mend it; changes nothing.

      Example: feedgen check
      """
  )

  @OptionGroup var options: SiteOptions

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    let results = [
      CheckResult("configuration") {},
      CheckResult("sources") { try checkSources(configuration) },
      CheckResult("store") { try checkStore(configuration) },
      CheckResult("templates") { try checkTemplates(configuration) },
      CheckResult("output") { try checkOutput(configuration) },
      CheckResult("mail") { try checkMail(configuration) },
    ]
    try tell(results, report)
    if let code = results.compactMap(\.exitCode).first { throw code }
  }

  private func tell(_ results: [CheckResult], _ report: Report) throws {
    for result in results { for fault in result.faults { report.error(fault) } }
    if report.isJSON { return try report.document(results) }
    for result in results {
      report.say("\(result.faults.isEmpty ? "good" : "BAD "): \(result.subject)")
    }
  }

  private func checkSources(_ configuration: Configuration) throws {
    for source in configuration.sources {
      guard FileManager.default.isReadableFile(atPath: source.path) else {
        throw Problem(
          path: source.path,
          message: "cannot be read; make the folder, or mend “sources”"
        )
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

  private func checkOutput(_ configuration: Configuration) throws {
    guard FileManager.default.fileExists(atPath: configuration.outputPath) else { return }
    _ = try OutputFolder(path: configuration.outputPath)
  }

  private func checkMail(_ configuration: Configuration) throws {
    try configuration.allowSending()
    _ = try configuration.relay?.relay()
  }
}

/// One subject and what is wrong with it.
private struct CheckResult: Encodable {
  let subject: String
  private(set) var faults: [String] = []
  private(set) var exitCode: ExitCode?

  private enum CodingKeys: CodingKey { case subject, faults }

  init(_ subject: String, _ body: () throws -> Void) {
    self.subject = subject
    do {
      try body()
    } catch {
      faults = ["\(error)"]
      exitCode = feedgen.exitCode(for: error)
    }
  }
}
