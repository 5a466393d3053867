import Cryptography
import Delivering
import Foundation
import Model
import Rendering
import SQLiteStore
import Store
import TestSupport
import Testing

@testable import Pipeline

/// Which messages count, against a store in which one issue went out.
@Suite struct ReturnedMailIntakeTests {
  private let folder = TemporaryFolder()
  private let store: any SiteStore
  private let names = MessageNames(key: [7])
  private let tokens = LeaveTokens(keys: TokenKeys([1: [8]]))
  private let verp: VERP
  private let name = IssueName(digest: "weekly", date: CivilDate("2026-11-23")!)
  private let sent = Instant(seconds: 1_795_417_500)

  init() throws {
    verp = try #require(
      VERP(address: EmailAddress("retour@news.example.org")!, keys: TokenKeys([1: [9]]))
    )
    store = try SQLiteSiteStore(
      path: folder.file("feedgen.db"),
      siteID: "tag:veille.example.org,2026:"
    ) { Array($0.identity.utf8) }
    try add(["mort", "plein", "politique", "vieux", "tard", "élodie"])
    try sendIssue()
  }

  private func add(_ readers: [String]) throws {
    let changes = readers.map { reader in
      SubscriberChange(
        subscriber: Subscriber(
          address: EmailAddress("\(reader)@courrier.example")!,
          language: .french,
          topics: []
        ),
        standing: .active(Consent(given: sent, source: "essai"))
      )
    }
    _ = try store.put(changes, asOf: sent)
  }

  private func sendIssue() throws {
    let issue = try store.openIssue(
      name,
      state: .planning,
      slot: sent,
      range: ReleaseRange(after: 0, through: 1),
      asOf: sent,
      templates: "t"
    )
    try store.addFragments([Fragment(number: 0, bytes: [65])], to: issue)
    let group = EditionGroup(
      number: 0,
      language: .french,
      subject: "S",
      text: [0],
      html: [0],
      articles: []
    )
    try store.addGroups([group], to: issue)
    let readers = try store.subscribers(after: 0, atMost: 100)
    try store.addDeliveries(
      readers.map { PlannedDelivery(subscriber: $0.key, group: 0) },
      to: issue
    )
    try store.closePlan(of: issue, as: .planned, postponing: [], telling: [])
    let claims = try store.exchange(
      settled: [],
      wanting: 100,
      by: Claimant(run: "r", asOf: sent, now: sent)
    )
    let accepted = claims.map {
      Settlement(delivery: $0.delivery, outcome: .accepted(SMTPReply(code: 250, text: "ok")))
    }
    _ = try store.exchange(
      settled: accepted,
      wanting: 0,
      by: Claimant(run: "r", asOf: sent, now: sent)
    )
  }

  private func reader(_ reader: String) throws -> SubscriberRecord {
    try #require(try store.subscriber(EmailAddress("\(reader)@courrier.example")!))
  }

  private func edition(_ reader: String) throws -> SentEdition {
    let address = EmailAddress("\(reader)@courrier.example")!
    return try #require(try store.editionsSent(to: address, atMost: 1).first)
  }

  /// A report of a real server, with the Message-ID of a reader's message where it has its own.
  private func report(_ file: String, of reader: String?) throws -> String {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let path = tests.appending(path: "Fixtures/bounces/\(file).eml")
    let text = try String(contentsOf: path, encoding: .utf8)
    guard let reader else { return text }
    let id = names.messageID(of: name, for: try self.reader(reader).key)
    return text.replacing(String(repeating: "a", count: 26), with: id)
  }

  private func intake() -> ReturnedMailIntake {
    ReturnedMailIntake(
      store: store,
      names: names,
      leaveTokens: tokens,
      verp: verp,
      now: sent.advanced(by: .days(1))
    )
  }

  /// Takes messages, and tells what was made of them and whether each was dealt with.
  private func take(_ messages: String...) throws -> (ReturnedMailReport, [Bool]) {
    var intake = intake()
    let done = try messages.map { try intake.take(ReturnedMail(Array($0.utf8))) }
    return (intake.report, done)
  }

  @Test func `reports of real servers about our messages count, each kind by its rule`() throws {
    let (report, done) = try take(
      report("postfix-dead", of: "mort"),
      report("postfix-full", of: "plein"),
      report("postfix-policy", of: "politique"),
      report("postfix-unclear", of: "vieux"),
      report("postfix-delayed", of: "tard"),
      report("postfix-utf8", of: "élodie")
    )
    #expect(done == Array(repeating: true, count: 6))
    #expect(report.refused == [.dead: 2, .full: 1, .policy: 1, .unclear: 1])
    #expect(report.delayed == 1)
    #expect(report.suppressed.map(\.address.localPart) == ["mort", "élodie"])
    #expect(report.unwanted == [name])
    #expect(try PolicyAlarm.due(for: report, in: store) == [])
    #expect(try reader("mort").suppression == .dead)
    #expect(try reader("plein").suppression == nil)
    let evidence = try store.suppression(of: edition("mort").recipient)?.evidence
    #expect(
      evidence
        == "weekly/2026-11-23: 550 5.1.1 <…>: Recipient address rejected: User unknown"
    )
  }

  @Test func `the same report twice changes nothing`() throws {
    let text = try report("exim-dead", of: "mort")
    let (first, _) = try take(text, text)
    let (second, done) = try take("Delivered-To: x@y.example\n" + text)
    #expect(first.refused == [.dead: 1] && first.repeated == 1)
    #expect(second.refused == [:] && second.repeated == 1)
    #expect(done == [true])
  }

  @Test func `a report counts only with the Message-ID of a message to that address`() throws {
    let (report, done) = try take(
      report("postfix-dead", of: nil),
      report("postfix-dead", of: "plein"),
      report("exim-unrouteable", of: "mort")
    )
    #expect(report.unverified == 3)
    #expect(done == [false, false, false])
    #expect(try store.suppressionCounts() == [:])
  }

  @Test func `a subscriber who has moved is not harmed by the old address`() throws {
    let delivery = try edition("mort").delivery
    let old = EmailAddress("mort@courrier.example")!
    let byID = try report("postfix-dead", of: "mort")
    let sender = verp.sender(of: delivery, to: old)
    let byVERP = byID.replacing("To: retour@news.example.org", with: "To: \(sender)")
    _ = try store.move(
      try reader("mort").key,
      to: EmailAddress("vive@courrier.example")!,
      telling: nil,
      asOf: Instant(seconds: 9)
    )
    let (report, _) = try take(byID, byVERP)
    #expect(report.unverified == 2)
    #expect(try reader("vive").suppression == nil)
  }

  @Test func `the sender of the envelope is enough, whoever the report names`() throws {
    let edition = try edition("plein")
    let sender = verp.sender(of: edition.delivery, to: edition.recipient)
    let text = try report("exim-unrouteable", of: nil)
      .replacing("Status: 5.0.0", with: "Status: 5.1.1")
    let forged = try report("exim-dead", of: nil).replacing(
      "Envelope-to: retour@news.example.org",
      with: "Envelope-to: \(sender.description.replacing("+a", with: "+b"))"
    )
    let (report, _) = try take(
      text.replacing("To: retour@news.example.org", with: "To: \(sender)"),
      forged
    )
    #expect(report.suppressed.map(\.address) == [edition.recipient])
    #expect(report.unverified == 1)
  }

  @Test func `a complaint ends it, also when the provider hides who complained`() throws {
    let token = tokens.token(for: try reader("plein").key)
    let edition = try edition("vieux")
    let sender = verp.sender(of: edition.delivery, to: edition.recipient)
    let id = names.messageID(of: name, for: try reader("mort").key)
    let (report, _) = try take(
      complaint("List-Unsubscribe: <mailto:q@news.example.org?subject=unsubscribe-\(token)>"),
      complaint("Return-Path: <\(sender)>"),
      complaint("Message-ID: <\(id)@news.example.org>\nTo: <mort@courrier.example>"),
      complaint("Message-ID: <\(id)@news.example.org>\nTo: <tard@courrier.example>")
    )
    #expect(report.complaints == 3)
    #expect(report.unverified == 1)
    for name in ["plein", "vieux", "mort"] {
      #expect(try reader(name).suppression == .complaint, "\(name)")
    }
  }

  @Test func `who asks leaves, by token from any address, or by their own address`() throws {
    let token = tokens.token(for: try reader("mort").key)
    let (report, done) = try take(
      "From: autre@ailleurs.example\nSubject: unsubscribe-\(token.uppercased())\n\n",
      "From: Plein <PLEIN@courrier.example>\nSubject: unsubscribe\n\n",
      "From: vieux@courrier.example\nSubject: unsubscribe-aaaaaaaaaa\n\n",
      "From: personne@courrier.example\nSubject: unsubscribe\n\n",
      "From: tard@courrier.example\nAuto-Submitted: auto-replied\nSubject: Absence\n\n",
      "From: tard@courrier.example\nSubject: Merci !\n\n"
    )
    #expect(report.left == 3)
    #expect(report.unverified == 1 && report.automaticReplies == 1 && report.others == 1)
    #expect(done == [true, true, true, false, false, false])
    for name in ["mort", "plein", "vieux"] { #expect(try reader(name).suppression == .left) }
    #expect(try reader("tard").suppression == nil)
  }

  @Test func `an alarm is due when servers refuse us again and again`() throws {
    var all = ReturnedMailReport()
    for name in ["mort", "plein", "politique", "vieux", "tard"] {
      let text = try report("postfix-policy", of: name)
        .replacing("politique@", with: "\(name)@").replacing("politique", with: name)
      all = try take(text).0
    }
    #expect(
      try PolicyAlarm.due(for: all, in: store)
        == [PolicyAlarm(issue: name, refused: 5, sent: 6)]
    )
    #expect(try store.suppressionCounts() == [:])
  }
}

private func complaint(_ header: String) -> String {
  """
  From: fbl@provider.example
  To: retour@news.example.org
  Content-Type: multipart/report; report-type=feedback-report; boundary=x

  --x
  Content-Type: message/feedback-report

  Feedback-Type: abuse
  User-Agent: test

  --x
  Content-Type: message/rfc822

  \(header)

  Texte
  --x--
  """
}
