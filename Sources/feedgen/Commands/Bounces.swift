import ArgumentParser
import Delivering
import Foundation
import Model
import Pipeline
import Rendering
import Store

/// `feedgen bounces`: what came back of the mail that was sent.
struct Bounces: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "bounces",
    abstract: "Reads delivery reports, complaints and requests to leave.",
    discussion: """
      The mailbox is a Maildir, an mbox or a file with one message, “-” for standard input, or \
      imaps://user@host/INBOX; the default is mail.bounces.mailbox. Unseen messages are read, and \
      marked as seen once they are dealt with; mail by people, automatic replies, and reports that \
      are not about a message of ours are counted and left alone.

      An address where nobody is gets nothing any more, and nor does who complained or asked to \
      leave. Reading the same message twice changes nothing.

      Ends with 75 where servers refuse many messages of an issue for what they think of the sender.

      Example: feedgen bounces Maildir/ --dry-run
      """
  )

  @OptionGroup var options: SiteOptions
  @Argument(help: "Where the messages are.") var mailbox: String?
  @Flag(help: "Say what would be done, and do nothing.") var dryRun = false

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    let place = try place(configuration)
    guard configuration.site.mail != nil else { throw MissingMail(folder: configuration.folder) }
    let summary: BouncesSummary
    if dryRun {
      _ = try OpenSite(reading: configuration)
      summary = try OpenSite.rehearse(configuration, asOf: .now) { open in
        try read(place, open, report)
      }
    } else {
      summary = try read(place, OpenSite(reading: configuration), report)
    }
    try summary.tell(report, isRehearsal: dryRun)
    if summary.isStopped { throw ExitCode.temporaryFailure }
    // A mail server would take another status for a failure of its delivery to us.
    if !summary.alarms.isEmpty, place != .standardInput { throw ExitCode.temporaryFailure }
  }

  private func place(_ configuration: Configuration) throws -> MailboxPlace {
    guard let mailbox else {
      guard let place = configuration.returnedMail else {
        throw ValidationError(
          "Which mailbox? Name one, or set “mailbox” under “mail.bounces” in feedgen.yaml."
        )
      }
      return place
    }
    let password: String? =
      if case .imap(let address)? = configuration.returnedMail { address.passwordFile } else { nil }
    do throws(IMAPAddress.Fault) {
      return try MailboxPlace(
        mailbox,
        passwordFile: password,
        folder: FileManager.default.currentDirectoryPath
      )
    } catch {
      throw ValidationError("“\(mailbox)”: \(error)")
    }
  }

  /// Reads the mailbox until its end, or until the program is asked to stop.
  private func read(
    _ place: MailboxPlace,
    _ open: OpenSite,
    _ report: Report
  ) throws -> BouncesSummary {
    var intake = ReturnedMailIntake(
      store: open.store,
      names: MessageNames(key: open.keys.message),
      leaveTokens: LeaveTokens(keys: open.keys.tokens),
      verp: open.verp,
      now: .now
    )
    let mailbox = ReturnedMailbox(place: place, isMarking: !dryRun)
    do {
      try mailbox.eachMessage { bytes in
        guard !StopSignal.isReceived else { throw Stopped() }
        defer { report.progress("messages: \(intake.report.read)") }
        return try intake.take(ReturnedMail(bytes))
      }
    } catch is Stopped {
      return BouncesSummary(intake.report, alarms: [], isStopped: true)
    } catch {
      try BouncesSummary(intake.report, alarms: []).tellIfAny(report)
      throw error
    }
    return BouncesSummary(
      intake.report,
      alarms: try PolicyAlarm.due(for: intake.report, in: open.store)
    )
  }
}

/// The program was asked to stop.
private struct Stopped: Error {}

/// Nothing was ever sent from this site.
private struct MissingMail: ExitCoded, CustomStringConvertible {
  var folder: String

  var exitCode: ExitCode { .configuration }
  var description: String {
    "\(folder)/\(Configuration.fileName): there is no “mail”, so nothing can come back; "
      + "add it with “from” and “bounces”"
  }
}
