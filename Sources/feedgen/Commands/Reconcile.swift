import ArgumentParser
import Delivering
import Foundation
import Glibc
import Model
import Rendering
import Store

/// `feedgen reconcile`: what a relay's log says of messages whose reply was lost.
struct Reconcile: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Settles messages whose fate is uncertain by the mail server's log.",
    discussion: """
      Reads the log of the Postfix that messages were handed to. One that it took counts as \
      accepted. One that it never had is sent again, the same bytes, if the log begins ten minutes \
      before the first try, ends ten minutes after the last, and shows that it is that server's. \
      All others stay as they are.

      Example: feedgen reconcile --dry-run mail.log
      """
  )

  @OptionGroup var options: SiteOptions
  @Argument(help: "The log's files, the oldest first; - for standard input.")
  var files: [String] = ["-"]
  @Flag(help: "Show what the log proves, and change nothing.") var dryRun = false
  @Flag(help: "This is the whole log of the server that was used, even if nothing in it shows so.")
  var wholeLog = false
  @Option(help: "The zone of stamps that name none: Europe/Paris; default: this machine's.")
  var zone: String?

  func run(_ report: Report) throws {
    let open = try OpenSite(reading: try options.configuration())
    let cases = try LogCase.all(in: open)
    guard !cases.isEmpty else {
      return try ReconcileSummary([], span: nil, settled: 0, isDryRun: dryRun).tell(report)
    }
    let log = try read(Set(cases.flatMap { [$0.name] + $0.witnesses }), report)
    let judge = LogJudge(log, isVouchedFor: wholeLog)
    let verdicts = cases.map { item in
      (item.delivery, judge.verdict(on: item.delivery, named: item.name) { item.witnesses })
    }
    let settled = dryRun ? 0 : try settle(verdicts, open)
    try ReconcileSummary(verdicts, span: log.span, settled: settled, isDryRun: dryRun).tell(report)
  }

  private func read(_ names: Set<String>, _ report: Report) throws -> RelayLog {
    let stamps = LogStampReader(zone: try logZone(), now: .now)
    var log = RelayLog(wanted: names, stamps: stamps)
    for path in files {
      report.progress("Reading \(path)")
      try LogFile(path).eachPiece { log.read($0) }
      log.endFile()
    }
    guard log.isPostfix else { throw LogFileError.noLog(files.joined(separator: ", ")) }
    return log
  }

  private func logZone() throws -> Zone {
    let name = zone ?? TimeZone.current.identifier
    guard let zone = try? Zone(named: name) else {
      throw ValidationError("--zone: “\(name)” is no time zone; write Europe/Paris.")
    }
    return zone
  }

  private func settle(_ verdicts: [(OpenDelivery, LogVerdict)], _ open: OpenSite) throws -> Int {
    let found = verdicts.compactMap { delivery, verdict -> Reconciliation? in
      switch verdict {
      case .accepted(let queueID, let instant):
        Reconciliation(delivery, .accepted(queueID: queueID, at: instant))
      case .notAccepted: Reconciliation(delivery, .notAccepted)
      case .open: nil
      }
    }
    return try stride(from: 0, to: found.count, by: 500).reduce(0) {
      try $0 + open.store.reconcile(Array(found[$1...].prefix(500)))
    }
  }
}

/// A delivery that a log is asked about, by the names of Message-IDs.
private struct LogCase {
  private static let mostWitnesses = 5

  var delivery: OpenDelivery
  var name: String
  /// Of messages that the relay took at that time.
  var witnesses: [String]

  static func all(in open: OpenSite) throws -> [LogCase] {
    let names = MessageNames(key: open.keys.message)
    return try open.store.openDeliveries().compactMap { delivery in
      guard let name = names.name(of: delivery.content) else { return nil }
      let taken = try open.store.takenDeliveries(beside: delivery.key, atMost: mostWitnesses)
      return LogCase(
        delivery: delivery,
        name: name,
        witnesses: taken.compactMap(names.name)
      )
    }
  }
}

extension MessageNames {
  /// The local part of a delivery's Message-ID: made from the key, or read from the message.
  fileprivate func name(of content: OpenDelivery.Content) -> String? {
    switch content {
    case .edition(let issue, let subscriber): messageID(of: issue, for: subscriber)
    case .message(let bytes): messageID(in: bytes)
    }
  }

  private func messageID(in bytes: [UInt8]) -> String? {
    let head = String(decoding: bytes.prefix(16_384), as: UTF8.self)
    guard let field = head.range(of: "\r\nMessage-ID: <") else { return nil }
    return String(head[field.upperBound...].prefix { $0 != "@" && $0 != ">" })
  }
}
