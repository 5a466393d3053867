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

  @Test(arguments: MovedFeeds.Server.allCases.filter(WebServer.isThere))
  func `each feed is found at its new address, and comments are gone`(
    server: MovedFeeds.Server
  ) throws {
    let web = try WebServer(server, try snippet(of: server))
    for (old, new) in MovedFeedsTests.moved {
      let reply = try web.get(old)
      #expect(reply.status == 301, "\(old)")
      #expect(reply.location == "https://veille.example/feeds/\(new)", "\(old)")
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

/// nginx or Caddy with a snippet, which answers all else with 200.
private final class WebServer {
  private let folder = TemporaryFolder()
  private let process: ServerProcess
  private var socket: String { folder.file("socket") }

  static func isThere(_ server: MovedFeeds.Server) -> Bool {
    FileManager.default.isExecutableFile(atPath: program(server))
  }

  private static func program(_ server: MovedFeeds.Server) -> String {
    server == .nginx ? "/usr/sbin/nginx" : "/usr/bin/caddy"
  }

  init(_ server: MovedFeeds.Server, _ snippet: String) throws {
    let configuration =
      server == .nginx
      ? WebServer.nginx(folder, snippet) : WebServer.caddy(folder, snippet)
    try folder.write(configuration, to: "configuration")
    let path = folder.file("configuration")
    process = try ServerProcess(
      WebServer.program(server),
      server == .nginx
        ? ["-p", folder.path, "-c", path, "-e", "stderr", "-g", "daemon off; master_process off;"]
        : ["run", "--config", path, "--adapter", "caddyfile"],
      environment: ["HOME=\(folder.path)", "XDG_DATA_HOME=\(folder.path)", "PATH=/usr/bin:/bin"]
    )
    for _ in 0..<500 where (try? get("/"))?.status != 200 { usleep(20_000) }
  }

  deinit { process.stop() }

  func get(_ path: String) throws -> (status: Int, location: String) {
    let format = "%{http_code} %{redirect_url}"
    let arguments = [
      "-s", "-o", "/dev/null", "-w", format, "--unix-socket", socket,
      "http://revue.example.org\(path)",
    ]
    let fields = try runProgram("curl", arguments).output.split(separator: " ")
    return (Int(fields.first ?? "") ?? 0, fields.count > 1 ? String(fields[1]) : "")
  }

  private static func nginx(_ folder: TemporaryFolder, _ snippet: String) -> String {
    """
    pid \(folder.file("pid"));
    error_log stderr crit;
    events {}
    http {
      access_log off;
      client_body_temp_path \(folder.file("body"));
      proxy_temp_path \(folder.file("proxy"));
      fastcgi_temp_path \(folder.file("fastcgi"));
      uwsgi_temp_path \(folder.file("uwsgi"));
      scgi_temp_path \(folder.file("scgi"));
      server {
        listen unix:\(folder.file("socket"));
        \(snippet)
        location / { return 200; }
      }
    }
    """
  }

  private static func caddy(_ folder: TemporaryFolder, _ snippet: String) -> String {
    """
    {
      admin off
      auto_https off
      log {
        level ERROR
      }
    }
    http://revue.example.org {
      bind unix/\(folder.file("socket"))
      \(snippet)
      respond 200
    }
    """
  }
}
