import ArgumentParser
import Delivering
import Foundation
import Glibc
import Importing
import Model
import Pipeline
import Rendering
import Store

extension OpenSite {
  func publishRun(
    parts: PublishRun.Parts,
    isVerifying: Bool = false,
    importing: ImportOptions = ImportOptions(),
    asOf: Instant,
    _ report: Report
  ) -> PublishRun {
    PublishRun(
      store: store,
      settings: PublishRun.Settings(
        site: site,
        sources: configuration.sources,
        remote: configuration.remoteSources,
        outputPath: configuration.outputPath,
        parts: parts,
        isVerifying: isVerifying,
        importing: importing,
        asOf: asOf,
        clock: { .now },
        journals: JournalFolder(beside: configuration.storePath),
        name: "\(getpid())-\(Instant.now.seconds)",
        isPreviewing: configuration.relay == nil,
        messageKey: keys.message,
        leaveTokens: LeaveTokens(keys: keys.tokens),
        readerLinks: readerLinks,
        verp: site.mail?.usesVERP == true ? verp : nil,
        nextIssue: configuration.nextIssue(),
        isOnHold: { [hold = configuration.holdPath] in FileManager.default.fileExists(atPath: hold)
        },
        shouldStop: { StopSignal.isReceived },
        progress: { report.progress($0) }
      ),
      templates: configuration.templates
    )
  }

  /// The readers' own pages; nil where no server answers.
  var readerLinks: ReaderLinks? {
    site.serverURL.map {
      ReaderLinks(serverURL: $0, keys: keys.tokens, takesOneClick: site.mail?.signs ?? false)
    }
  }

  /// What signs messages.
  func signers() throws(TransportError) -> [DKIMSigner] {
    do throws(DKIMKeyError) {
      return try configuration.signers()
    } catch {
      throw TransportError(error: error)
    }
  }

  /// Where messages go: the relay, or the outbox while none is set.
  func destination() throws -> Destination {
    do {
      guard let settings = configuration.relay else {
        return .transport(try Outbox(folder: configuration.outboxPath))
      }
      let relay = try settings.relay()
      return .relay(relay, settings.profile(of: relay))
    } catch {
      throw TransportError(error: error)
    }
  }

  /// Refuses runs whose pretended time would harm: an earlier one would take back what readers saw,
  /// a later one would send mail before its day.
  func allowPretending(_ asOf: Instant) throws {
    if let last = try store.lastRun(), asOf < last.asOf {
      throw ValidationError(
        "--as-of: the site was already published as of \(last.asOf.rfc3339); "
          + "an earlier time needs --dry-run."
      )
    }
    guard asOf.since(.now) < .days(366) else {
      throw ValidationError(
        "--as-of: is more than a year ahead, and could not be taken back; use --dry-run."
      )
    }
    if let relay = configuration.relay, asOf > .now, relay.security != .none {
      throw ValidationError(
        "--as-of: is in the future, and \(relay.host) would send real mail; "
          + "use --dry-run, or a relay on this machine."
      )
    }
  }

  /// Records the run: always where it did something, else once an hour, so that a run with nothing
  /// to do need not wait for the disk.
  func noteRun(asOf: Instant, parts: PublishRun.Parts, isNews: Bool) throws {
    let last = try store.lastRun()
    let canPlan = parts.contains(.digests) && site.mail != nil
    let lastLikeIt = canPlan ? last?.planned : last?.asOf
    let isRecent = lastLikeIt.map { asOf.since($0) < (isNews ? .minutes(0) : .hours(1)) } ?? false
    guard !isRecent else { return }
    // A clock that was set back, or a pretended time, never moves the record back.
    let record = RunRecord(
      asOf: max(asOf, last?.asOf ?? asOf),
      planned: canPlan ? asOf : last?.planned
    )
    try store.recordRun(record)
  }
}

extension Configuration {
  /// While this file is there, no mail goes out.
  var holdPath: String { "\(folder)/digests/HOLD" }

  /// What the editor has written for the next issue; nil where there is no such file.
  func nextIssue() -> EditorialFile? {
    let path = "\(folder)/digests/next.md"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return EditorialFile(
      bytes: FileManager.default.contents(atPath: path).map { Array($0) },
      path: path
    )
  }

  /// Asks sources on the web, under the site's name.
  func remoteSources() -> RemoteSources {
    RemoteSources(as: "feedgen/\(Feedgen.version) (+\(site.url))", allowing: allowedHosts)
  }

  /// Refuses to send mail that nobody could stop (RFC 8058; Gmail and Yahoo ask for it).
  func allowSending() throws {
    guard relay != nil, site.serverURL == nil, site.mail?.unsubscribeMailto == nil
    else { return }
    throw ConfigurationError(problems: [
      Problem(
        path: "\(folder)/\(Configuration.fileName)",
        message: "mail.smtp is set, but subscribers could not leave: "
          + "add “unsubscribe_mailto: leave@your.domain” under “mail”, or “url” under “server”"
      )
    ])
  }
}

/// The way out for messages cannot be opened, or they cannot be signed.
struct TransportError: ExitCoded, CustomStringConvertible {
  var error: any Error

  var description: String { "\(error)" }
  var exitCode: ExitCode { feedgen.exitCode(for: error) }
}
