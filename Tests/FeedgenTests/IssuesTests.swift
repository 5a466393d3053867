import Foundation
import TestSupport
import Testing

/// The editor's hand on what goes out, from the outside.
@Suite struct IssuesTests {
  private func site(_ changes: [(String, String)] = []) throws -> TestSite {
    let configuration = changes.reduce(TestSite.configuration) { text, change in
      text.replacing(change.0, with: change.1)
    }
    let site = try TestSite(configuration: configuration)
    try site.writeArticle("un", day: 18)
    try site.writeArticle("deux", day: 19, topic: "bielorussie")
    try site.addSubscriber("l1@courrier.example")
    return site
  }

  private func publish(_ site: TestSite, _ instant: String, port: Int? = nil) throws
    -> Program.Result
  {
    let relay = port.map { ["--set", "mail.smtp=smtp://127.0.0.1:\($0)"] } ?? []
    return try site.run(["publish", "--as-of", "2026-11-\(instant)"] + relay)
  }

  @Test func `the first issue that a relay would send waits, and is said once`() throws {
    let site = try site([("first_send: send", "first_send: hold")])
    let server = try MailServer()
    let first = try publish(site, "23T08:05:00", port: server.port)
    let again = try publish(site, "23T08:20:00", port: server.port)
    #expect(first.status == 75 && again.status == 75)
    #expect(first.errors.contains("weekly/2026-11-23 is held: it is the first"))
    #expect(first.errors.contains("feedgen issues approve weekly/2026-11-23"))
    #expect(again.errors == "", "it was said a moment ago")
    #expect(try site.run(["issues", "approve", "weekly"]).status == 0)
    let sent = try publish(site, "23T08:35:00", port: server.port)
    #expect(sent.status == 0)
    #expect(sent.errors == "feedgen: solved: digests: weekly/2026-11-23\n")
    #expect(try server.stop().messages.map(\.recipients) == [["l1@courrier.example"]])
  }

  @Test func `what still waits after a day is said again, and since when`() throws {
    let site = try site([("first_send: send", "first_send: hold")])
    let server = try MailServer()
    _ = try publish(site, "23T08:05:00", port: server.port)
    let dayBefore = "UPDATE notice SET first = first - 90000, said = said - 90000"
    _ = try runProgram("sqlite3", [site.folder.file("feedgen.db"), dayBefore])
    let again = try publish(site, "23T08:20:00", port: server.port)
    #expect(again.errors.contains("weekly/2026-11-23 is held: it is the first"))
    #expect(again.errors.contains("\nSince 20"), "\(again.errors)")
    #expect(again.errors.hasSuffix(" (Europe/Paris).\n"))
  }

  @Test func `after a gap an issue waits; what went out before is not sent again`() throws {
    let site = try site([("after_gap: send", "after_gap: hold")])
    let server = try MailServer()
    _ = try publish(site, "20T09:00:00", port: server.port)
    let held = try publish(site, "23T08:05:00", port: server.port)
    #expect(held.status == 75)
    #expect(held.errors.contains("did not run for over a day"))
    let settled = try site.run(["issues", "release", "--already-sent", "weekly/2026-11-23"])
    #expect(settled.status == 0, "\(settled.errors)")
    try site.writeArticle("trois", day: 25)
    #expect(try publish(site, "29T09:00:00", port: server.port).status == 0)
    #expect(try publish(site, "30T08:05:00", port: server.port).status == 0)
    let messages = try server.stop().messages
    let text = String(decoding: try #require(messages.first).content, as: UTF8.self)
    #expect(messages.count == 1)
    #expect(text.contains("Article trois") && !text.contains("Article un"))
  }

  @Test func `a run for the feeds alone does not hide a gap`() throws {
    let site = try site([("after_gap: send", "after_gap: hold")])
    let server = try MailServer()
    _ = try publish(site, "20T09:00:00", port: server.port)
    #expect(try site.publish(22, ["--feeds-only"]).status == 0)
    let held = try publish(site, "23T08:00:00", port: server.port)
    #expect(held.status == 75)
    #expect(held.errors.contains("did not run for over a day"))
  }

  @Test func `reviewers get the issue before it goes out by itself`() throws {
    let site = try site([
      (
        "at: \"08:00\"}",
        "at: \"08:00\", review: {at: \"sunday 16:00\", to: [relecture@x.example]}}"
      )
    ])
    #expect(try publish(site, "22T15:55:00").status == 0)
    #expect(try site.outbox().isEmpty)
    #expect(try publish(site, "22T16:05:00").status == 0)
    let copy = try #require(try site.outbox().first)
    #expect(copy.to == "relecture@x.example")
    #expect(copy.subject.hasPrefix("À relire\u{202f}: Veille"))
    let words = copy.text.split(whereSeparator: \.isNewline).joined(separator: " ")
    #expect(words.contains("Ce numéro part le 23\u{a0}novembre 2026 à 08:00, à 1\u{a0}personne."))
    #expect(copy.text.contains("feedgen issues hold weekly/2026-11-23"))
    #expect(copy.text.contains("Le contrôle du message n’a rien trouvé."))
    #expect(try publish(site, "23T08:05:00").status == 0)
    #expect(
      try site.outbox().map(\.to).sorted() == ["l1@courrier.example", "relecture@x.example"]
    )
  }

  @Test func `what needs approval does not go out without, nor too late`() throws {
    let site = try site([("at: \"08:00\"}", "at: \"08:00\", approval: required, max_lateness: 1d}")]
    )
    let waiting = try publish(site, "23T08:05:00")
    #expect(waiting.status == 75)
    #expect(waiting.errors.contains("waits for approval: feedgen issues approve weekly/2026-11-23"))
    let late = try publish(site, "24T09:00:00")
    #expect(late.errors.contains("1 messages could not be handed over in time"))
    #expect(try site.outbox().isEmpty)
    _ = try publish(site, "30T08:05:00")
    #expect(try site.run(["issues", "approve", "weekly"]).status == 0)
    #expect(try publish(site, "30T08:20:00").status == 0)
    let message = try #require(try site.outbox().first)
    #expect(message.text.contains("Article un"), "what was not approved comes later")
  }

  @Test func `the editor's words are used once`() throws {
    let site = try site()
    try site.folder.write(
      """
      ---
      subject: "Numéro spécial : Minsk"
      preheader: À lire d’abord
      lead: deux
      exclude: [un]
      ---
      Bonjour, voici *Minsk* et [un dossier](https://veille.example.org/dossier).

      """,
      to: "digests/next.md"
    )
    #expect(try publish(site, "23T08:05:00").status == 0)
    let first = try #require(try site.outbox().first)
    #expect(first.subject == "Numéro spécial\u{202f}: Minsk")
    #expect(first.text.contains("Bonjour, voici Minsk et un dossier."))
    #expect(first.text.contains("\nhttps://veille.example.org/dossier\n"))
    #expect(first.text.contains("Article deux") && !first.text.contains("Article un"))
    #expect(try publish(site, "30T08:05:00").status == 0)
    let second = try #require(try site.outbox().last { $0.subject != first.subject })
    #expect(second.text.contains("Article un"), "what was kept out comes with the next issue")
    #expect(!second.text.contains("Bonjour"))
  }

  @Test func `mistakes in the editor's file hold the issue until it is mended`() throws {
    let site = try site()
    try site.folder.write("---\nsujet: Minsk\n---\n", to: "digests/next.md")
    let held = try publish(site, "23T08:05:00")
    #expect(held.status == 75)
    #expect(
      held.errors.contains("digests/next.md:2:1: unknown key “sujet”; did you mean “subject”?")
    )
    #expect(try site.outbox().isEmpty)
    try site.folder.write("---\nlead: quatre\n---\n", to: "digests/next.md")
    #expect(try site.run(["issues", "replan", "weekly"]).status == 0)
    let stillHeld = try publish(site, "23T08:20:00")
    #expect(stillHeld.errors.contains("no article has the slug or id “quatre”"))
    try site.folder.write("---\nsubject: Minsk\n---\n", to: "digests/next.md")
    #expect(try site.run(["issues", "replan", "weekly"]).status == 0)
    #expect(try publish(site, "23T08:35:00").status == 0)
    #expect(try site.outbox().map(\.subject) == ["Minsk"])
  }

  @Test func `an article that is to come first and is not in the issue is a mistake`() throws {
    let site = try site()
    #expect(try publish(site, "23T08:05:00").status == 0)
    try site.writeArticle("trois", day: 25)
    try site.folder.write("---\nlead: un\n---\n", to: "digests/next.md")
    let held = try publish(site, "30T08:05:00")
    #expect(held.status == 75)
    #expect(held.errors.contains("digests/next.md:2:7: “un” is not in this issue"))
    #expect(held.errors.contains("  lead: un\n        ^"))
    try site.folder.write("---\nlead: ~\nsubject: null\nexclude: ~\n---\n", to: "digests/next.md")
    #expect(try site.run(["issues", "replan", "weekly"]).status == 0)
    #expect(try publish(site, "30T08:20:00").status == 0)
    #expect(try site.outbox().count == 2)
  }

  @Test func `an article that comes first for some readers only is none`() throws {
    let site = try site()
    try site.addSubscriber("l2@courrier.example", topics: ["bielorussie"])
    try site.folder.write("---\nlead: un\n---\n", to: "digests/next.md")
    #expect(try publish(site, "23T08:05:00").status == 0)
    #expect(try site.outbox().count == 2)
  }

  @Test func `a gap and a mistake at once are both told, and settled one by one`() throws {
    let site = try site([("after_gap: send", "after_gap: hold")])
    let server = try MailServer()
    _ = try publish(site, "20T09:00:00", port: server.port)
    try site.folder.write("---\nsujet: Minsk\n---\n", to: "digests/next.md")
    let held = try publish(site, "23T08:05:00", port: server.port)
    #expect(held.errors.contains("next.md:2:1: unknown key “sujet”"))
    #expect(held.errors.contains("did not run for over a day before it fell due"))
    try site.folder.write("---\nsubject: Minsk\n---\n", to: "digests/next.md")
    #expect(try site.run(["issues", "replan", "weekly"]).status == 0)
    let still = try publish(site, "23T08:20:00", port: server.port)
    #expect(still.errors.contains("did not run for over a day before it fell due"))
    #expect(!still.errors.contains("sujet"))
    #expect(try site.run(["issues", "release", "weekly"]).status == 0)
    #expect(try publish(site, "23T08:35:00", port: server.port).status == 0)
    let message = try #require(try server.stop().messages.first)
    #expect(String(decoding: message.content, as: UTF8.self).contains("\r\nSubject: Minsk\r\n"))
  }

  @Test func `a file stops all mail, and its removal lets it go`() throws {
    let site = try site()
    try site.folder.write("", to: "digests/HOLD")
    let held = try publish(site, "23T08:05:00")
    #expect(held.status == 75)
    #expect(held.errors.contains("no mail goes out while"))
    #expect(try site.outbox().isEmpty)
    try FileManager.default.removeItem(atPath: site.folder.file("digests/HOLD"))
    #expect(try publish(site, "23T08:20:00").status == 0)
    #expect(try site.outbox().count == 1)
  }

  @Test(arguments: [false, true])
  func `a cancelled issue's articles come with the next, unless they are dropped`(
    isDropped: Bool
  ) throws {
    let site = try site([("at: \"08:00\"}", "at: \"08:00\", approval: required}")])
    #expect(try publish(site, "23T08:05:00").status == 75)
    let cancel = ["issues", "cancel", "weekly/2026-11-23"] + (isDropped ? ["--drop"] : [])
    #expect(try site.run(cancel).status == 0)
    try site.writeArticle("trois", day: 25)
    _ = try publish(site, "30T08:05:00")
    #expect(try site.run(["issues", "approve", "weekly"]).status == 0)
    #expect(try publish(site, "30T08:20:00").status == 0)
    let text = try #require(try site.outbox().first).text
    #expect(text.contains("Article trois"))
    #expect(text.contains("Article un") == !isDropped)
  }

  @Test func `an issue is listed, shown, held, released and sent again`() throws {
    let site = try site([("at: \"08:00\"}", "at: \"08:00\", approval: required}")])
    _ = try publish(site, "23T08:05:00")
    #expect(try site.run(["issues", "hold", "weekly"]).status == 0)
    let shown = try site.run(["issues", "show", "weekly"])
    #expect(shown.output.contains("weekly/2026-11-23, plan 1: held"))
    #expect(shown.output.contains("- Article deux\n- Article un\n"))
    #expect(try site.run(["issues", "release", "weekly"]).status == 0)
    #expect(try site.run(["issues", "approve", "weekly"]).status == 0)
    _ = try publish(site, "23T08:20:00")
    let listed = try site.run(["issues", "list"])
    #expect(listed.output == "weekly/2026-11-23  planned  2 articles, 1 previewed\n")
    #expect(try site.run(["issues", "replan", "weekly"]).status == 64)
    #expect(try site.run(["issues", "resend", "weekly", "l1@courrier.example"]).status == 0)
    #expect(try site.run(["issues", "resend", "weekly", "l2@courrier.example"]).status == 64)
    #expect(try site.run(["issues", "hold", "weekly/2026-11-16"]).status == 65)
  }

  @Test func `each order answers with one document for programs`() throws {
    let site = try site([("at: \"08:00\"}", "at: \"08:00\", approval: required}")])
    _ = try publish(site, "23T08:05:00")
    let orders = [
      (["hold"], "held"), (["release"], "review"), (["approve"], "review"), (["replan"], "review"),
      (["cancel"], "cancelled"), (["replan"], "review"), (["hold"], "held"),
      (["release", "--already-sent"], "planned"), (["resend", "l1@courrier.example"], "planned"),
    ]
    for (words, state) in orders {
      let name = ["weekly/2026-11-23"]
      let order = ["issues"] + words.prefix(1) + name + words.dropFirst() + ["--json"]
      let result = try site.run(order)
      let answer = try JSONDecoder().decode(ReadOutcome.self, from: Data(result.output.utf8))
      #expect(answer.issue.name == name[0] && answer.issue.state == state, "\(order)")
      #expect(!answer.outcome.isEmpty)
    }
  }

  @Test func `a list of no issues is no wish`() throws {
    let site = try site()
    #expect(try site.run(["issues", "list", "--limit", "0"]).status == 64)
    #expect(try site.run(["issues", "list", "--limit=-1"]).status == 64)
  }

  /// The editor's letters are no proof that anybody looked at the first issue.
  @Test func `letters to the editor do not let the first issue go`() throws {
    let site = try site([
      ("first_send: send", "first_send: hold"),
      ("mail:\n", "notify: {editor: redaction@example.org}\nmail:\n"),
    ])
    let server = try MailServer()
    #expect(try publish(site, "23T08:05:00", port: server.port).status == 75)
    #expect(try publish(site, "30T08:05:00", port: server.port).status == 75)
    let recipients = Set(try server.stop().messages.flatMap(\.recipients))
    #expect(recipients == ["redaction@example.org"])
  }

  @Test func `what was reviewed waits when a relay was set up or the machine was off since`()
    throws
  {
    let review = (
      "at: \"08:00\"}", "at: \"08:00\", review: {at: \"sunday 16:00\", to: [relecture@x.example]}}"
    )
    let site = try site([
      review, ("first_send: send", "first_send: hold"), ("after_gap: send", "after_gap: hold"),
    ])
    let server = try MailServer()
    _ = try publish(site, "22T15:55:00")
    _ = try publish(site, "22T16:05:00")
    let gap = try publish(site, "23T20:05:00", port: server.port)
    #expect(gap.errors.contains("did not run for over a day"))
    #expect(try site.run(["issues", "release", "weekly"]).status == 0)
    let first = try publish(site, "23T20:20:00", port: server.port)
    #expect(first.errors.contains("it is the first that a relay would send"))
    #expect(try site.run(["issues", "release", "weekly"]).status == 64)
    #expect(try site.run(["issues", "approve", "weekly"]).status == 0)
    #expect(try publish(site, "23T20:35:00", port: server.port).status == 0)
    let recipients = try server.stop().messages.flatMap(\.recipients)
    #expect(recipients == ["l1@courrier.example"])
  }

  /// The machine was busy at the slot, and meanwhile the review of the next issue has come.
  @Test func `the review of the next issue does not cancel what goes out`() throws {
    let review = (
      "at: \"08:00\"}", "at: \"08:00\", review: {at: \"monday 12:00\", to: [relecture@x.example]}}"
    )
    let site = try site([review])
    _ = try publish(site, "19T12:05:00")
    _ = try publish(site, "19T12:20:00")
    #expect(try publish(site, "23T12:05:00").status == 0)
    #expect(try site.outbox().contains { $0.to == "l1@courrier.example" })
  }

  @Test func `what was planned for the outbox waits when there is a relay`() throws {
    let site = try site([("first_send: send", "first_send: hold")])
    let server = try MailServer()
    try site.folder.write("", to: "digests/HOLD")
    _ = try publish(site, "23T08:05:00")
    try FileManager.default.removeItem(atPath: site.folder.file("digests/HOLD"))
    let held = try publish(site, "23T08:20:00", port: server.port)
    #expect(held.status == 75)
    #expect(held.errors.contains("it is the first that a relay would send"))
    #expect(try server.stop().messages.isEmpty)
  }

  /// It is back from a backup that was made before the issue went out.
  @Test func `what was sent already counts as an issue like the others`() throws {
    let site = try site([("after_gap: send", "after_gap: hold")])
    let server = try MailServer()
    try site.folder.write("Bonjour.\n", to: "digests/next.md")
    _ = try publish(site, "20T09:00:00", port: server.port)
    _ = try publish(site, "23T08:05:00", port: server.port)
    _ = try site.run(["issues", "release", "--already-sent", "weekly"])
    try site.writeArticle("un", day: 18, "draft: true")
    _ = try publish(site, "24T08:00:00", port: server.port)
    try site.writeArticle("un", day: 18)
    try site.writeArticle("trois", day: 24)
    try site.addSubscriber("l2@courrier.example")
    for instant in ["25T08:00:00", "29T09:00:00", "30T08:05:00"] {
      _ = try publish(site, instant, port: server.port)
    }
    let texts = try server.stop().messages.map { String(decoding: $0.content, as: UTF8.self) }
    #expect(texts.count == 2)
    for text in texts {
      #expect(text.contains("Article trois") && !text.contains("Article deux"))
      #expect(!text.contains("Bonjour"), "it was in the issue that was sent")
    }
    #expect(!texts[0].contains("Article un"), "who had it does not get it again")
  }

  @Test func `what is held stays held when it is worked out again`() throws {
    let site = try site([("at: \"08:00\"}", "at: \"08:00\", approval: required}")])
    _ = try publish(site, "23T08:05:00")
    _ = try site.run(["issues", "hold", "weekly"])
    #expect(try site.run(["issues", "replan", "weekly"]).status == 0)
    #expect(try site.run(["issues", "show", "weekly"]).output.contains("plan 2: held"))
    _ = try site.run(["issues", "release", "weekly"])
    _ = try site.run(["issues", "approve", "weekly"])
    #expect(try publish(site, "23T08:20:00").status == 0)
    #expect(try site.outbox().count == 1)
  }

  @Test func `an issue that could not be worked out again can be, later`() throws {
    let site = try site([("at: \"08:00\"}", "at: \"08:00\", approval: required}")])
    _ = try publish(site, "23T08:05:00")
    try site.folder.write("{{nothing}}", to: "templates/digest.html.mustache")
    #expect(try site.run(["issues", "replan", "weekly"]).status == 65)
    try FileManager.default.removeItem(atPath: site.folder.file("templates/digest.html.mustache"))
    let again = try site.run(["issues", "replan", "weekly"])
    #expect(again.status == 0, "\(again.errors)")
    _ = try site.run(["issues", "approve", "weekly"])
    #expect(try publish(site, "23T08:20:00").status == 0)
    #expect(try site.outbox().count == 1)
    #expect(try site.run(["issues", "cancel", "weekly"]).status == 64, "all of it is out")
    #expect(try site.run(["issues", "hold", "weekly"]).status == 64)
  }

  @Test func `what is asked for again comes however late it is`() throws {
    let site = try site()
    let server = try MailServer()
    _ = try publish(site, "23T08:05:00", port: server.port)
    _ = try site.run(["issues", "resend", "weekly", "l1@courrier.example"])
    let late = try publish(site, "28T08:05:00", port: server.port)
    #expect(late.status == 0 && late.errors == "", "\(late.errors)")
    let messages = try server.stop().messages
    #expect(messages.count == 2 && messages.first?.content == messages.last?.content)
  }

  @Test func `a correction of what is withdrawn makes no empty message`() throws {
    let site = try site([("at: \"08:00\"}", "at: \"08:00\", approval: required}")])
    for instant in ["23T08:05:00", "23T08:20:00"] {
      _ = try publish(site, instant)
      _ = try site.run(["issues", "approve", "weekly"])
    }
    try site.writeArticle("un", day: 18, "erratum: Lire trente")
    _ = try publish(site, "30T08:05:00")
    #expect(try site.run(["issues", "approve", "weekly"]).status == 0)
    try site.writeArticle("un", day: 18, "draft: true")
    #expect(try publish(site, "30T08:20:00").status == 0)
    #expect(try site.outbox().count == 1)
  }

  @Test func `the editor's words wait for an issue that somebody gets`() throws {
    let site = try site()
    try site.folder.write("Bonjour.\n", to: "digests/next.md")
    _ = try publish(site, "23T08:05:00")
    _ = try publish(site, "30T08:05:00")
    try site.folder.write("Bonsoir.\n", to: "digests/next.md")
    _ = try site.run(["publish", "--as-of", "2026-12-07T08:05:00"])
    try site.folder.write(
      "---\ntitle: Trois\ndate: 2026-12-08\ntopics: [bielorussie]\n---\nTexte",
      to: "articles/trois.md"
    )
    _ = try site.run(["publish", "--as-of", "2026-12-14T08:05:00"])
    #expect(try site.outbox().map { $0.text.contains("Bonsoir.") } == [false, true])
  }

  @Test(arguments: [
    ("", "cannot be read"),
    ("---\nlead: un\nexclude: [un]\n---\n", "is also excluded"),
    (String(repeating: "Bonjour.\n\n", count: 20_000), "and at most 16384 fit into a message"),
  ])
  func `an editor's file that cannot be used holds the issue`(text: String, reason: String) throws {
    let site = try site()
    // Without a text, a folder has the file's name.
    try site.folder.write(text, to: text.isEmpty ? "digests/next.md/x" : "digests/next.md")
    let held = try publish(site, "23T08:05:00")
    #expect(held.status == 75)
    #expect(held.errors.contains(reason))
    #expect(!held.errors.contains("\\u{A}"))
    #expect(try site.run(["issues", "show", "weekly"]).output.utf8.count < 100_000)
    #expect(try site.outbox().isEmpty)
  }

  @Test func `the editor is told what became of an issue`() throws {
    let site = try site([("mail:\n", "notify: {editor: redaction@example.org}\nmail:\n")])
    #expect(try publish(site, "23T08:05:00").status == 0)
    let report = try #require(try site.outbox().first { $0.to == "redaction@example.org" })
    #expect(report.subject == "Bilan du numéro weekly/2026-11-23")
    #expect(report.text.contains("1 message écrit dans la boîte d’envoi"))
    #expect(try publish(site, "23T08:20:00").status == 0)
    #expect(try site.outbox().count { $0.to == "redaction@example.org" } == 1)
  }
}

private struct ReadOutcome: Decodable {
  struct Issue: Decodable { var name, state: String }

  var issue: Issue
  var outcome: String
}
