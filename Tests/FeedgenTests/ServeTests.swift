import Foundation
import Glibc
import TestSupport
import Testing

/// The reader's door as it is run, over loopback, with a real mail server behind it.
@Suite struct ServeTests {
  @Test func `from the form to the digest, and out by one click`() throws {
    let server = try MailServer()
    let relay = ["--set", "mail.smtp=smtp://127.0.0.1:\(server.port)"]
    let serving = try ServingSite()
    try serving.site.writeArticle("un", day: 18)
    try serving.open(relay)

    let form = try serving.ask("/subscribe?topic=amerique-latine")
    #expect(form.status == 200)
    let stamp = try #require(value(after: "name=\"stamp\" value=\"", in: form.body, until: "\""))
    sleep(4)
    let answers = "stamp=\(stamp)&email=camille@courrier.example&website=&topic=amerique-latine"
    let asked = try serving.ask("/subscribe", ["--data", answers])
    #expect(asked.status == 200 && asked.body.contains("Vérifiez votre messagerie"))

    let mail = try #require(try server.facts(untilMessages: 1).messages.first)
    #expect(mail.recipients == ["camille@courrier.example"])
    let confirm = try #require(link("confirm/", in: mail.content))
    #expect(try serving.ask(confirm).body.contains("c…@courrier.example"))
    let confirmed = try serving.ask(confirm, ["--data", "confirm=yes"])
    #expect(confirmed.status == 200 && confirmed.body.contains("Abonnement confirmé"))

    #expect(try serving.publish(23, relay).status == 0)
    let digest = try #require(try server.facts(untilMessages: 1).messages.first)
    let text = String(decoding: digest.content, as: UTF8.self)
    #expect(text.contains("List-Unsubscribe: <http://127.0.0.1/unsubscribe/"))
    #expect(!text.contains("List-Unsubscribe-Post"), "no signature covers it")
    let preferences = try #require(link("preferences/", in: digest.content))
    let page = try serving.ask(preferences)
    #expect(page.status == 200 && !page.body.contains("camille"))

    let leave = try #require(link("unsubscribe/", in: digest.content))
    #expect(try serving.ask(leave).status == 200)
    let left = try serving.ask(leave, ["--data", "List-Unsubscribe=One-Click"])
    #expect(left.status == 200 && left.body.contains("Désabonnement enregistré"))
    try serving.site.folder.write(
      "---\ntitle: Article deux\ndate: 2026-11-25\ntopics: [amerique-latine]\n---\nTexte",
      to: "articles/deux.md"
    )
    #expect(try serving.publish(30, relay).status == 0)
    #expect(try server.stop().messages.isEmpty, "nothing comes any more")
  }

  @Test func `all of it in a browser; who has a forwarded letter sees no data`() throws {
    let server = try MailServer()
    let relay = ["--set", "mail.smtp=smtp://127.0.0.1:\(server.port)"]
    let serving = try ServingSite()
    try serving.site.writeArticle("un", day: 18)
    try serving.open(relay)
    let asked = try serving.follow([
      ["open", "/subscribe"], ["wait", 4], ["fill", "#email", "camille@courrier.example"],
      ["click", "input[value=amerique-latine]"], ["click", "main button"],
    ])
    #expect(asked.contains("Vérifiez votre messagerie"))
    let mail = try #require(try server.facts(untilMessages: 1).messages.first)
    let confirm = try #require(link("confirm/", in: mail.content))
    let confirmed = try serving.follow([["open", confirm], ["click", "main button"]])
    #expect(confirmed.contains("Abonnement confirmé"))
    #expect(try serving.publish(23, relay).status == 0)
    let digest = try #require(try server.facts(untilMessages: 1).messages.first).content
    for name in ["preferences/", "unsubscribe/"] {
      let page = try serving.follow([["open", try #require(link(name, in: digest))]])
      #expect(!page.contains("camille") && page.contains("c…@courrier.example"))
    }
    let preferences = try #require(link("preferences/", in: digest))
    let chosen = try serving.follow([
      ["open", preferences], ["click", "input[value=bielorussie]"], ["click", "form button"],
    ])
    #expect(chosen.contains("Vos préférences sont enregistrées."))
    let data = try serving.follow([["open", preferences], ["click", "button[value=data]"]])
    #expect(data.contains("c…@courrier.example"), "who has the letter only is told where it went")
    let letter = try #require(try server.facts(untilMessages: 1).messages.first)
    #expect(letter.recipients == ["camille@courrier.example"])
    let leave = try #require(link("unsubscribe/", in: digest))
    let left = try serving.follow([["open", leave], ["click", "main button"]])
    #expect(left.contains("Désabonnement enregistré"))
    #expect(try serving.run(["subscribers", "list"]).output.contains("left"))
  }

  @Test func `who has left has left, though the power goes at once`() throws {
    let serving = try ServingSite()
    try serving.site.writeArticle("un", day: 18)
    try serving.site.addSubscriber("l1@courrier.example")
    #expect(try serving.publish(23).status == 0)
    let outbox = serving.site.folder.file("outbox/new")
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: outbox).first)
    let message = try #require(FileManager.default.contents(atPath: "\(outbox)/\(name)"))
    let leave = try #require(link("unsubscribe/", in: [UInt8](message)))
    try serving.open()
    #expect(try serving.ask(leave, ["--data", "List-Unsubscribe=One-Click"]).status == 200)
    kill(try #require(serving.server).identifier, SIGKILL)
    let list = try serving.run(["subscribers", "list"])
    #expect(list.output.contains("left"), "\(list.output)")
    let log = try serving.site.folder.read("left.log")
    #expect(log.contains(" left\n"))
  }

  @Test func `it ends when asked, and does not begin as root`() throws {
    let serving = try ServingSite()
    try serving.open()
    #expect(try serving.ask("/health").status == 200)
    let server = try #require(serving.server)
    kill(server.identifier, SIGTERM)
    #expect(server.wait() == 0)
    guard getuid() == 0 else { return }
    let root = try Program.debug.run(["serve"], in: serving.site.folder.path)
    #expect(root.status == 77)
    #expect(root.errors.contains("serve does not run as root"))
  }

  @Test func `a form for another site leads to the second page`() throws {
    let serving = try ServingSite()
    let form = try serving.run(["serve", "--form"])
    #expect(form.status == 0)
    #expect(form.output.contains("<form action=\"http://127.0.0.1/subscribe\" method=\"post\">"))
    #expect(form.output.contains("name=\"topic\" value=\"bielorussie\""))
  }

  /// A header and a body that come byte by byte, and a request of 10 MB, while others are served.
  @Test func `who is slow or too large is cut off, and nobody waits for them`() throws {
    let serving = try ServingSite()
    try serving.site.writeArticle("un", day: 18)
    #expect(try serving.publish(20).status == 0)
    try serving.open()
    // A second, because this is the debug build on a machine that does other things.
    let script = "\(Program.repository)/Tests/Servers/slow_clients.py"
    let (status, output) = try runProgram(
      "python3",
      [script, "\(serving.port)", "500", "1000"],
      silence: 120
    )
    #expect(status == 0, "\(output)")
    let large = serving.site.folder.file("large")
    try Data(repeating: 120, count: 10_000_000).write(to: URL(filePath: large))
    let type = "Content-Type: application/x-www-form-urlencoded"
    let answer = try serving.ask(
      "/subscribe",
      ["--data-binary", "@\(large)", "-H", type, "-H", "Expect:"]
    )
    #expect(answer.status == 413 || answer.status == 0, "told, or cut off: \(answer.head)")
    #expect(try serving.ask("/feeds/atom.xml").status == 200)
    let longHeader = "X-Long: " + String(repeating: "x", count: 60_000)
    #expect([0, 400, 431].contains(try serving.ask("/feeds/atom.xml", ["-H", longHeader]).status))
  }

  @Test(.enabled(if: isInstalled("nginx")))
  func `behind nginx, as the documentation has it, pages and feeds are served`() throws {
    let serving = try ServingSite()
    try serving.site.writeArticle("un", day: 18)
    #expect(try serving.publish(20).status == 0)
    try serving.open()
    let folder = serving.site.folder
    let settings = try documentedSettings().replacing(":8080", with: ":\(serving.port)")
    try folder.write(
      "\(settings)\ninclude \(folder.file("feeds/.nginx.conf"));\n",
      to: "nginx/server.conf"
    )
    let nginx = try WebServer.nginx(
      root: folder.path,
      including: folder.file("nginx/server.conf")
    )
    let form = try nginx.get("/subscribe?topic=bielorussie")
    #expect(form.status == 200 && form.body.contains("name=\"stamp\""))
    #expect(form["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
    #expect(try nginx.get("/site.css")["content-type"] == "text/css; charset=utf-8")
    let oneClick = ["--data", "List-Unsubscribe=One-Click"]
    #expect(try nginx.get("/unsubscribe/x", oneClick).status == 400)
    #expect(try nginx.get("/feeds/atom.xml").status == 200)
    #expect(try nginx.get("/health").status == 404, "not for everybody")
    let large = ["--data", String(repeating: "x", count: 20_000)]
    #expect(try nginx.get("/subscribe", large).status == 413)
  }

  /// The settings for nginx in the documentation.
  private func documentedSettings() throws -> String {
    let path = "\(Program.repository)/docs/serve.md"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let start = try #require(text.firstRange(of: "```nginx\n")).upperBound
    let end = try #require(text[start...].firstRange(of: "\n```")).lowerBound
    return String(text[start..<end])
  }

  @Test func `without a place to serve at it says what to add`() throws {
    let site = try TestSite()
    let result = try site.run(["serve"])
    #expect(result.status == 78)
    #expect(result.errors.contains("add for instance “server: {listen:"))
  }

  /// The path of a link in a message.
  private func link(_ place: String, in message: [UInt8]) -> String? {
    let text = String(decoding: message, as: UTF8.self)
      .replacing("=\r\n", with: "").replacing("=\n", with: "").replacing("=3D", with: "=")
    return value(after: "http://127.0.0.1/\(place)", in: text, until: "\r\n\"<> ")
      .map { "/\(place)\($0)" }
  }

  private func value(after mark: String, in text: String, until ends: String) -> String? {
    guard let range = text.firstRange(of: mark) else { return nil }
    let rest = text.utf8[range.upperBound...]
    let stops = Set(ends.utf8)
    return String(Substring(rest.prefix { !stops.contains($0) }))
  }
}
