import Foundation
import TestSupport
import Testing

/// Sources on the web, good and bad.
@Suite struct RemoteSourceTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  private static let good = """
    <rss version="2.0"><channel><title>Revue</title><link>https://revue.example.org/</link>
    <item><title>Un article d’ailleurs</title><guid>urn:x:1</guid>
    <link>https://revue.example.org/1</link><pubDate>Wed, 18 Nov 2026 08:00:00 +0000</pubDate>
    <category>Biélorussie</category><description>Le texte.</description></item></channel></rss>
    """

  /// Everything that a server can do, in one run with a feed that is good.
  @Test func `hostile servers cost a run nothing but their own entries`() throws {
    let server = try HostileServer(hosts: 16)
    let kinds = [
      "endless", "packed/gzip/62000000", "packed/gzip,gzip/60000000", "hollow", "silent", "drip",
      "loop", "fields", "line", "early", "short", "cut", "old",
    ]
    let told = [
      server.answer(302, ["Location": "http://127.0.0.1:\(server.canary)/"]),
      server.answer(301, ["Location": "file:///etc/passwd"]),
      server.answer(200, body: "<!DOCTYPE x [<!ENTITY a \"b\">]><rss>&a;</rss>"),
      server.answer(200, body: "<rss><channel><item a=''></channel></rss>"),
      server.answer(200, body: "no feed"),
      server.answer(200, body: "{\"version\": 1}"),
      "http://127.0.0.1:\(server.canary)/", "http://[::1]:\(server.canary)/",
      "http://169.254.169.254/latest/meta-data/", "http://2130706433:\(server.canary)/",
    ]
    let hostile = kinds.enumerated().map { server.url($1, host: $0 + 2) } + told
    let good = server.answer(200, body: RemoteSourceTests.good)
    try follow(hostile + [good], allowing: server.port)
    let result = try site.publish(20)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try site.titles() == ["Un article d’ailleurs"])
    #expect(!result.errors.contains("root:"))
    let account = try server.stop()
    #expect(account.canaries == 0)
    for address in told { #expect(result.errors.contains(address), "\(address) was said") }
  }

  /// Feeds as WordPress, Ghost, Hugo, Blogger, Medium and others write them, in all versions.
  @Test func `every shape of feed comes out in feeds that are valid, and in a digest`() throws {
    let shapes = "\(Program.repository)/Tests/FeedgenTests/Feeds"
    let server = try FileServer(serving: shapes)
    let names = try FileManager.default.contentsOfDirectory(atPath: shapes)
      .filter { $0.hasSuffix(".xml") || $0.hasPrefix("json-") }.sorted()
    let sources = names.map { "{feed: \"\(server.url($0))\", topics: [bielorussie]}" }
    try configure(sources, allowing: server.port)
    try site.addSubscriber("tout@courrier.example")
    let result = try site.publish(23)
    #expect(result.status == 0, "\(result.errors)")
    let entries = try site.published.walk("bielorussie/")["atom"]?.flatMap(\.ids) ?? []
    #expect(entries.count > 80, "\(entries.count)")
    #expect(Set(entries).count == entries.count, "no article is told twice")
    let check = try site.run(["check"])
    #expect(check.status == 0, "\(check.output) \(check.errors)")
    #expect(try site.outbox().allSatisfy { $0.defects.isEmpty && !$0.text.isEmpty })
  }

  @Test func `what is wrong with a feed is said once, and that it is solved`() throws {
    let folder = site.folder.file("www")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let server = try FileServer(serving: folder)
    try follow([server.url("feed.xml")], allowing: server.port)
    let first = try site.publish(20)
    #expect(first.status == 0)
    #expect(first.errors.contains("feed.xml: answers 404"), "\(first.errors)")
    #expect(try site.publish(20).errors.isEmpty, "it is known")
    let status = try site.run(["status"]).output
    #expect(status.contains("Sources on the web: 1, 1 in trouble\n"), "\(status)")
    #expect(status.contains("feed.xml: answers 404: there is nothing"), "\(status)")
    #expect(status.contains("; asked again from 20"), "\(status)")
    try site.folder.write(RemoteSourceTests.good, to: "www/feed.xml")
    #expect(try site.run(["import"]).output.contains("1 added"))
    #expect(try site.publish(20).errors.contains("solved: "))
    #expect(try site.run(["status"]).output.contains("Sources on the web: 1\n"))
    #expect(try site.titles() == ["Un article d’ailleurs"])
  }

  @Test func `an entry of two feeds has the topics of both, and is one article`() throws {
    let server = try HostileServer()
    let feed = RemoteSourceTests.good.replacing("<category>Biélorussie</category>", with: "")
    let addresses = ["<!-- 1 -->", "<!-- 2 -->"].map { server.answer(200, body: feed + $0) }
    let sources = zip(addresses, ["bielorussie", "amerique-latine"]).map {
      "{feed: \"\($0)\", topics: [\($1)]}"
    }
    try configure(sources, allowing: server.port)
    #expect(try site.publish(20).status == 0)
    for path in ["atom.xml", "bielorussie/atom.xml", "amerique-latine/atom.xml"] {
      #expect(try site.titles(path) == ["Un article d’ailleurs"], "\(path)")
    }
    let again = try site.run(["import"])
    #expect(again.status == 0 && !again.output.contains("changed"), "\(again.output)")
    try site.publish(21)
    #expect(try site.titles("amerique-latine/atom.xml") == ["Un article d’ailleurs"])
  }

  @Test func `an entry that is none is said, until the feed is mended, and fails no run`() throws {
    let server = try HostileServer()
    let empty = "<item><link>https://revue.example.org/vide</link></item></channel>"
    let bad = RemoteSourceTests.good.replacing("</channel>", with: empty)
    try follow([server.versioned(bad)], allowing: server.port)
    let first = try site.publish(20)
    #expect(first.status == 0)
    #expect(first.errors.contains("has neither a title nor a text"), "\(first.errors)")
    #expect(try site.titles() == ["Un article d’ailleurs"])
    #expect(try site.run(["import"]).errors.contains("has neither a title nor a text"), "304")
    #expect(try site.publish(20).errors.isEmpty, "it was said")
  }

  @Test func `a feed is asked with what it said before, and not before its time`() throws {
    let server = try HostileServer()
    try follow([server.versioned(RemoteSourceTests.good)], allowing: server.port)
    for _ in 0..<3 { try site.publish(20) }
    _ = try site.run(["import"])
    let requests = try server.stop().requests
    #expect(requests.count == 2, "the runs in between are too early")
    #expect(requests.last?.fields["if-none-match"] != nil, "\(requests)")
  }

  @Test func `a feed that has moved is read, and its new address told`() throws {
    let server = try HostileServer()
    let good = server.answer(200, body: RemoteSourceTests.good)
    let old = server.answer(301, ["Location": good])
    try follow([old], allowing: server.port)
    let first = try site.publish(20)
    #expect(first.errors.contains("has moved for good to \(good)"), "\(first.errors)")
    #expect(try site.titles() == ["Un article d’ailleurs"])

    try configure(["{feed: \"\(good)\", was: [\"\(old)\"]}"], allowing: server.port)
    let second = try site.publish(21)
    #expect(second.status == 0, "\(second.errors)")
    #expect(try site.titles() == ["Un article d’ailleurs"], "the same, and no other")
  }

  @Test func `an article is found in a page`() throws {
    let server = try HostileServer()
    let page = """
      <html lang="fr"><head><title>Minsk en hiver – Ailleurs</title>
      <meta name="author" content="Anna Kos"><meta property="article:published_time"
      content="2026-11-18T08:00:00+01:00"></head><body><nav><a href="/">Où aller ?</a></nav>
      <article><h1>Minsk en hiver</h1><p>\(String(repeating: "La ville est blanche. ", count: 30))</p>
      </article><footer>À propos</footer></body></html>
      """
    let address = server.answer(200, ["Content-Type": "text/html; charset=utf-8"], body: page)
    try configure(["{url: \"\(address)\", topics: [bielorussie]}"], allowing: server.port)
    let result = try site.publish(20)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try site.titles("bielorussie/atom.xml") == ["Minsk en hiver"])
    let atom = try site.folder.read("feeds/bielorussie/atom.xml")
    #expect(atom.contains("La ville est blanche.") && atom.contains("Anna Kos"))
    #expect(!atom.contains("Où aller") && !atom.contains("À propos"))
  }

  @Test func `what cannot be a source is said with its line`() throws {
    try configure(
      [
        "{feed: \"ftp://example.org/\"}", "{feed: \"https://x.example/\", every: 1s}",
        "{wxr: export.xml, statuses: [draft]}", "{url: \"https://x.example/\", topics: [nowhere]}",
        "\"https://x.example/feed/\"", "{fed: x}",
      ],
      allowing: 1
    )
    let result = try site.run(["check"])
    #expect(result.status == 78)
    for words in [
      "“sources[1].feed”: an address with https://", "“sources[2].every”: a length of time",
      "“draft” is none that can come in", "“nowhere” is no topic", "write {feed: https://x.example",
      "“fed” is no kind of source",
    ] {
      #expect(result.errors.contains(words), "\(words)\n\(result.errors)")
    }
  }

  private func follow(_ feeds: [String], allowing port: Int) throws {
    try configure(feeds.map { "{feed: \"\($0)\", every: 1h}" }, allowing: port)
  }

  private func configure(_ sources: [String], allowing port: Int) throws {
    let list = (["articles/"] + sources).map { "\n  - \($0)" }.joined()
    let allowed = (1...16).map { "\"127.0.0.\($0):\(port)\"" }.joined(separator: ", ")
    try site.folder.write(
      TestSite.configuration.replacing("sources: [articles/]", with: "sources:\(list)")
        + "fetch: {allow: [\(allowed)]}\n",
      to: "feedgen.yaml"
    )
  }
}
