import ArgumentParser
import Delivering
import Foundation
import Glibc
import Model
import Pipeline
import Store

/// `feedgen publish`: what cron runs.
struct Publish: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Brings everything up to date: articles, feeds, digests.",
    discussion: """
      Imports what changed, writes the feeds that changed, and sends the digests that are due. \
      Cron runs it; a good run says nothing. Two at once are safe: the second leaves at once.

      Example: feedgen publish --dry-run
      """
  )

  @OptionGroup var options: SiteOptions

  @Flag(help: "Show what would be done, and do nothing.")
  var dryRun = false

  @Option(help: "Pretend it is then: 2026-11-23T08:05:00+01:00, or without the offset.")
  var asOf: String?

  @Flag(help: "Leave the digests alone.")
  var feedsOnly = false

  @Flag(help: "Leave the feeds alone.")
  var digestsOnly = false

  @Flag(help: "Look at every published file, and write again what is missing or changed.")
  var verify = false

  @Flag(help: "Divide the feeds into blocks of another size (feeds.entries): new archives.")
  var renumber = false

  @Flag(help: "Do nothing where any article is wrong or needs a repair.")
  var strict = false

  func validate() throws {
    if dryRun, verify || renumber {
      throw ValidationError("--dry-run does nothing; leave --verify and --renumber out.")
    }
    if feedsOnly, digestsOnly {
      throw ValidationError("--feeds-only and --digests-only exclude each other.")
    }
  }

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    let asOf = try configuration.site.zone.pretended(asOf)
    if dryRun {
      let rehearsal = Rehearsal(
        configuration: configuration,
        parts: parts,
        importing: importing,
        asOf: asOf
      )
      try rehearsal.run(report)
    } else {
      try publish(configuration, asOf: asOf, report)
    }
  }

  private var parts: PublishRun.Parts {
    feedsOnly ? [.feeds] : digestsOnly ? [.digests] : [.feeds, .digests]
  }

  private var importing: ImportOptions {
    var options = ImportOptions()
    options.isStrict = strict
    return options
  }

  private func publish(_ configuration: Configuration, asOf: Instant, _ report: Report) throws {
    guard let lock = try runLock(configuration, report) else { return }
    defer { withExtendedLifetime(lock) {} }
    if parts.contains(.digests) { try configuration.allowSending() }
    if strict { try checkArticles(configuration, asOf: asOf, report) }
    let open = try OpenSite(configuration, asOf: asOf)
    if self.asOf != nil { try open.allowPretending(asOf) }
    if renumber { try open.store.renumber(blockSize: open.site.feeds.entries) }
    let isHeld = try parts.contains(.digests) && open.mailHold(asOf: asOf) != nil
    let parts = isHeld ? parts.subtracting(.digests) : parts
    let run = open.publishRun(
      parts: parts,
      isVerifying: verify,
      importing: importing,
      asOf: asOf,
      report
    )
    var result = try run.prepare()
    var failure = try deliver(run, open, &result)
    try open.noteRun(asOf: asOf, parts: parts, isNews: result.isNews)
    try PublishSummary(result).tell(report)
    let isWaiting =
      try isHeld
      ? open.tellLastingProblems(of: result.imported, self.parts, report).isWaiting
      : tellStaff(run, open, result.imported, &failure, report)
    if let failure { throw failure }
    if let code = result.exitCode { throw code }
    if isWaiting { throw ExitCode.temporaryFailure }
  }

  /// Says what waits for a person, and sends the letters that are due to the staff.
  ///
  /// - Returns: whether anything waits.
  private func tellStaff(
    _ run: PublishRun,
    _ open: OpenSite,
    _ imported: ImportReport,
    _ failure: inout (any Error)?,
    _ report: Report
  ) throws -> Bool {
    let (isWaiting, news) = try open.tellLastingProblems(of: imported, parts, report)
    let letters = try run.tell(news) + run.report()
    var ignored = PublishReport()
    if letters > 0, failure == nil { failure = try deliver(run, open, &ignored) }
    return isWaiting
  }

  /// Reads all that has changed before anything is written.
  private func checkArticles(
    _ configuration: Configuration,
    asOf: Instant,
    _ report: Report
  ) throws {
    try StrictImport(configuration: configuration, asOf: asOf, report: report).check { copy in
      try copy.publishRun(parts: [], importing: importing, asOf: asOf, report).rehearse().imported
    }
  }

  /// The lock; nil where another run has it, which is no news unless it has had it for long.
  private func runLock(_ configuration: Configuration, _ report: Report) throws -> RunLock? {
    do {
      return try RunLock(beside: configuration.storePath, asOf: .now)
    } catch RunLockError.held(let process, let since) {
      report.note("another run is at work (process \(process))")
      if let since, Instant.now.since(since) > RunLockError.patience {
        throw RunLockError.held(process: process, since: since)
      }
      return nil
    }
  }

  /// Delivers, and keeps what stopped it until all that was done has been told.
  private func deliver(
    _ run: PublishRun,
    _ open: OpenSite,
    _ result: inout PublishReport
  ) throws -> (any Error)? {
    var isSending = false
    do {
      result.delivered = try run.deliver(signedBy: open.signers) {
        let destination = try open.destination()
        isSending = open.configuration.relay != nil
        if isSending { try open.noteSending(asOf: run.asOf) }
        return destination
      }
      if isSending { try open.noteSending(asOf: run.asOf) }
    } catch let error as TransportError {
      return error
    }
    guard case .failed(let error)? = result.delivered?.end else { return nil }
    return TransportError(error: error)
  }
}
