import Foundation
import TestSupport
import Testing

/// The next digest before it goes out, and what stops it.
@Suite struct PreviewTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.writeArticle("un", day: 18)
    try site.writeArticle("deux", day: 19, topic: "bielorussie")
    try site.addSubscriber("minsk@courrier.example", topics: ["bielorussie"])
  }

  @Test func `the files and the report of what is wrong`() throws {
    let result = try preview()
    #expect(result.status == 0, "\(result.errors)")
    let names = try site.folder.names(in: "preview")
    #expect(names == ["eml", "html", "lint.txt", "txt"].map { "weekly-2026-11-23.\($0)" })
    let report = try site.folder.read("preview/weekly-2026-11-23.lint.txt")
    #expect(report.contains("errors: 0, warnings: 0\n"), "\(report)")
    #expect(result.output.hasSuffix("\nerrors: 0, warnings: 0\n"), "\(result.output)")
    #expect(try site.folder.names().contains("outbox") == false)
  }

  @Test func `what a template does wrong is in the report`() throws {
    let built = try String(
      contentsOfFile: "\(Program.repository)/templates/digest.html.mustache",
      encoding: .utf8
    )
    try site.folder.write(
      built.replacing("<h1 class=\"h1 ink\"", with: "<h1 class=\"h1\"").replacing(
        "color:#5e5a52\">{{noTracking}}",
        with: "color:#dcd8cd\">{{noTracking}}"
      ),
      to: "templates/digest.html.mustache"
    )
    let result = try preview()
    #expect(result.output.contains("error: contrast: #1d1c1a on #161614"), "\(result.output)")
    #expect(result.output.contains("error: contrast: #dcd8cd on #fbfaf7 is 1.3"))
  }

  @Test func `any subscriber's digest`() throws {
    let result = try preview(["--subscriber", "MINSK@courrier.example"])
    #expect(result.status == 0, "\(result.errors)")
    let text = try site.folder.read("preview/weekly-2026-11-23.txt")
    #expect(text.contains("Article deux") && !text.contains("Article un"))
    #expect(text.contains("minsk@courrier.example"))
    let unknown = try preview(["--subscriber", "paris@courrier.example"])
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("paris@courrier.example is not subscribed"))
    let both = try preview(["--subscriber", "minsk@courrier.example", "--topic", "bielorussie"])
    #expect(both.status == 64)
  }

  @Test func `a subscriber's preview leaves out what they have had`() throws {
    try site.publish(23)
    let had = try site.run([
      "preview", "--as-of", "2026-11-24T09:00:00", "--subscriber", "minsk@courrier.example",
    ])
    #expect(had.output == "The next issue has nothing for these topics.\n", "\(had.errors)")
    try site.writeArticle("trois", day: 24, topic: "bielorussie")
    let next = try site.run([
      "preview", "--as-of", "2026-11-24T09:00:00", "--subscriber", "minsk@courrier.example",
    ])
    #expect(next.status == 0, "\(next.errors)")
    let text = try site.folder.read("preview/weekly-2026-11-30.txt")
    #expect(text.contains("Article trois") && !text.contains("Article deux"))
  }

  @Test func `a preview is signed as the message would be`() throws {
    let key = try site.run(["dkim-key", "--domain", "news.example.org", "--selector", "s1"])
    try #require(key.status == 0, "\(key.errors)")
    let result = try preview([
      "--set",
      "mail.dkim=[{domain: news.example.org, selector: s1, key_file: keys/dkim-s1.pem}]",
    ])
    #expect(result.output.contains("\nsignatures: 1, verified: 1\n"), "\(result.output)")
    let message = try site.folder.read("preview/weekly-2026-11-23.eml")
    #expect(message.hasPrefix("DKIM-Signature: v=1; a=rsa-sha256;"))
  }

  @Test func `a test message goes to the address that is named, and nobody else`() throws {
    let server = try MailServer()
    let relay = ["--set", "mail.smtp=smtp://127.0.0.1:\(server.port)"]
    let result = try preview(
      ["--subscriber", "minsk@courrier.example", "--to", "essai@bücher.example"] + relay
    )
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("sent to essai@xn--bcher-kva.example: 250"))
    let messages = try server.stop().messages
    #expect(messages.map(\.recipients) == [["essai@xn--bcher-kva.example"]])
    let text = String(decoding: messages.first?.content ?? [], as: UTF8.self)
    #expect(text.contains("\r\nTo: <essai@xn--bcher-kva.example>\r\n"))
    #expect(!text.contains("minsk@"), "the links of a subscriber are nobody else's")
    #expect(text.contains("Article deux") && !text.contains("Article un"))
    #expect(!text.contains("weekly/2026-11-23.html"), "the page is not there yet")
    try site.publish(23)
    #expect(try site.folder.names(in: "outbox/new").count == 1, "it does not count as sent")
  }

  @Test func `a test message that cannot go out is said`() throws {
    let none = try preview(["--to", "essai@courrier.example"])
    #expect(none.status == 64)
    #expect(none.errors.contains("no relay is configured; set mail.smtp"), "\(none.errors)")
    let folder = try preview(["--to", "/tmp/essai"])
    #expect(folder.errors.contains("--output names the folder"), "\(folder.errors)")
    let server = try MailServer(["--refuse", "essai@courrier.example=550 5.1.1 nobody here"])
    let refused = try preview([
      "--to", "essai@courrier.example", "--set", "mail.smtp=smtp://127.0.0.1:\(server.port)",
    ])
    #expect(refused.status == 69)
    #expect(refused.errors.contains("was not taken: 550 5.1.1 nobody here"), "\(refused.errors)")
  }

  @Test(arguments: [
    (
      "digest.txt.mustache", "{{#opening}}\n{{headng}}\n{{/opening}}\n",
      "digest.txt.mustache:2:1: the section {{#opening}} has no value “headng”: "
        + "did you mean “heading”?"
    ),
    ("digest.html.mustache", "", "digest.html.mustache:1:1: the section {{#document}} is missing"),
    ("strings.fr.yaml", "singular: [0, 1\n", "strings.fr.yaml:"),
    ("digest.htm.mustache", "", "did you mean “digest.html.mustache”?"),
  ])
  func `a broken template stops the run before anything is sent`(
    name: String,
    text: String,
    message: String
  ) throws {
    try site.folder.write(text, to: "templates/\(name)")
    let result = try site.publish(23)
    #expect(result.status != 0)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(try site.folder.names().contains("outbox") == false)
    try FileManager.default.removeItem(atPath: site.folder.file("templates/\(name)"))
    let mended = try site.publish(23)
    #expect(mended.status == 0, "\(mended.errors)")
    #expect(try site.folder.names(in: "outbox/new").count == 1, "nothing is lost by it")
  }

  @Test func `what goes out is no spam by the rules that are known`() throws {
    try site.publish(23)
    let name = try #require(try site.folder.names(in: "outbox/new").first)
    guard let report = try spamReport(ofFile: site.folder.file("outbox/new/\(name)")) else {
      print("skipped: spamassassin is not installed")
      return #expect(!isCI, "in CI nothing is skipped")
    }
    #expect(report.score <= 1)
    #expect(report.accusations <= 1, "\(report)")
  }

  @Test func `names of the sender beyond ASCII, and what Feedback-ID is made of`() throws {
    try site.folder.write(
      TestSite.configuration.replacing(
        "from: Veille <lettre@news.example.org>",
        with: "from: Veille, l’été <lettre@bücher.example>\n  feedback_id: veille\n  images: true"
      ),
      to: "feedgen.yaml"
    )
    let result = try preview()
    #expect(result.status == 0, "\(result.errors)")
    let message = try site.folder.read("preview/weekly-2026-11-23.eml")
    #expect(message.contains("<lettre@xn--bcher-kva.example>\r\n"))
    #expect(message.contains("Feedback-ID: 2026-11-23:weekly:feedgen-digest:veille\r\n"))
    let wrong = try preview(["--set", "mail.feedback_id=un:deux"])
    #expect(wrong.status == 78)
    #expect(wrong.errors.contains("5 to 15 letters"), "\(wrong.errors)")
  }

  private func preview(_ more: [String] = []) throws -> Program.Result {
    try site.run(["preview", "--as-of", "2026-11-21"] + more)
  }
}
