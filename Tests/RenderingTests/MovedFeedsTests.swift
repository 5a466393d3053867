import Foundation
import Model
import Rendering
import TestSupport
import Testing

/// The rules for the feeds of a WordPress site, tried in the servers themselves.
@Suite struct MovedFeedsTests {
  static let moved = [
    ("/feed/", "rss.xml"), ("/feed", "rss.xml"), ("/feed/rss2/", "rss.xml"),
    ("/feed/atom/", "atom.xml"), ("/feed/rdf/", "rss.xml"), ("/?feed=rss2", "rss.xml"),
    ("/?feed=atom", "atom.xml"),
    ("/category/amerique-latine/feed/", "amerique-latine/rss.xml"),
    ("/category/amerique-latine/cone-sud/feed/atom/", "amerique-latine/atom.xml"),
    ("/category/bielorussie/feed", "bielorussie/rss.xml"),
    ("/category/non-classe/feed/", "rss.xml"), ("/tag/lithium/feed/", "rss.xml"),
    ("/author/anna/feed/", "rss.xml"),
  ]
  static let gone = ["/comments/feed/", "/2026/03/lithium-salar-uyuni/feed/"]
  static let kept = ["/", "/category/bielorussie/", "/un-article/", "/feedback/"]

  @Test(arguments: MovedFeeds.Server.allCases)
  func `each feed is found at its new address, and comments are gone`(
    server: MovedFeeds.Server
  ) throws {
    let web = try webServer(server, try snippet(of: server))
    for (old, new) in MovedFeedsTests.moved {
      let reply = try web.get(old)
      #expect(reply.status == 301, "\(old)")
      #expect(reply["location"] == "https://veille.example/feeds/\(new)", "\(old)")
    }
    for path in MovedFeedsTests.gone { #expect(try web.get(path).status == 410, "\(path)") }
    for path in MovedFeedsTests.kept { #expect(try web.get(path).status == 200, "\(path)") }
  }

  @Test func `a site below a folder, and one format only`() throws {
    var site = try ServedSite.site()
    site.feeds.formats = [.atom]
    let text = MovedFeeds(site: site, from: "https://x.example/blog", categories: [])
      .snippet(for: .nginx)
    #expect(text.contains("\"^/blog/feed(/(feed|rss|rss2|rdf))?/?$\""), "\(text)")
    #expect(!text.contains("rss.xml"))
  }

  /// A server with a snippet, which answers all else with 200.
  private func webServer(_ server: MovedFeeds.Server, _ snippet: String) throws -> WebServer {
    switch server {
    case .nginx: try .nginx("\(snippet)\nlocation / { return 200; }")
    case .caddy: try .caddy("\(snippet)\nrespond 200")
    }
  }

  private func snippet(of server: MovedFeeds.Server) throws -> String {
    let categories = [
      ("amerique-latine", "amerique-latine"), ("amerique-latine/cone-sud", "amerique-latine"),
      ("bielorussie", "bielorussie"), ("non-classe", nil),
    ].map { MovedFeeds.Category(path: $0, topic: $1.flatMap { Slug($0) }) }
    return MovedFeeds(
      site: try ServedSite.site(),
      from: "https://revue.example.org",
      categories: categories
    ).snippet(for: server)
  }
}
