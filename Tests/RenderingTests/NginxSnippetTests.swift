import Foundation
import Model
import Rendering
import TestSupport
import Testing

@Suite struct NginxSnippetTests {
  @Test func `the snippet is written whole`() throws {
    let site = try ServedSite.site(hubs: ["https://hub.example/"])
    let renamed = [(old: try FeedExample.slug("belarus"), new: try FeedExample.slug("bielorussie"))]
    try expectGolden("nginx.conf", nginxSnippet(site: site, renamed: renamed))
  }

  @Test func `a subscription document has its type, and is good for 15 minutes`() throws {
    let served = try ServedSite()
    for (path, type) in [
      ("atom.xml", "application/atom+xml"), ("rss.xml", "application/rss+xml"),
      ("feed.json", "application/feed+json"), ("amerique-latine/atom.xml", "application/atom+xml"),
    ] {
      let reply = try served.get(path)
      #expect(reply.status == 200)
      #expect(reply["content-type"] == "\(type); charset=utf-8")
      #expect(reply["cache-control"] == "public, max-age=900")
      #expect(reply["access-control-allow-origin"] == "*")
      #expect(reply["x-content-type-options"] == "nosniff")
      #expect(reply["vary"] == "Accept-Encoding")
      #expect(reply["link"] == nil)
      #expect(reply["etag"] != nil && reply["last-modified"] != nil)
      #expect(reply.body == ServedSite.text(path))
    }
  }

  @Test func `an archive document is good for a day`() throws {
    let served = try ServedSite()
    for path in ["archive/1.atom.xml", "amerique-latine/archive/before-1.atom.xml"] {
      let reply = try served.get(path)
      #expect(reply.status == 200)
      #expect(reply["content-type"] == "application/atom+xml; charset=utf-8")
      #expect(reply["cache-control"] == "public, max-age=86400")
    }
  }

  @Test func `pages, style sheets and outlines have their types`() throws {
    let served = try ServedSite()
    let page = try served.get("amerique-latine/")
    #expect(page.body == ServedSite.text("amerique-latine/index.html"))
    #expect(page["content-type"] == "text/html; charset=utf-8")
    #expect(page["cache-control"] == "public, max-age=900")
    #expect(page["referrer-policy"] == "same-origin")
    #expect(page["vary"] == "Accept-Encoding")
    #expect(
      page["content-security-policy"]
        == "default-src 'none'; style-src 'self'; img-src * data:; media-src *; "
        + "base-uri 'none'; form-action 'self'"
    )
    let style = try served.get("style.css")
    #expect(style["content-type"] == "text/css; charset=utf-8")
    let outline = try served.get("feeds.opml")
    #expect(outline["content-type"] == "text/x-opml; charset=utf-8")
    #expect(outline["access-control-allow-origin"] == "*")
    let folder = try served.get("amerique-latine")
    #expect(folder.status == 301)
    #expect(folder["location"] == "/feeds/amerique-latine/")
  }

  @Test(arguments: [".feedgen", ".nginx.conf", ".atom.xml.tmp", "amerique-latine/.rss.xml.tmp"])
  func `hidden files are not served`(path: String) throws {
    let served = try ServedSite()
    #expect(try served.get(path).status == 404)
  }

  @Test(arguments: ServedSite.Compression.allCases)
  func `If-None-Match alone gives 304: strong, weak, in a list`(
    compression: ServedSite.Compression
  ) throws {
    let served = try ServedSite(compression)
    for accepted in [[], ["--compressed"]] {
      let tag = try #require(try served.get("atom.xml", accepted)["etag"])
      let opaque = tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
      for list in [opaque, "W/\(opaque)", "\"a\", W/\"b\", \(opaque)", "*"] {
        let reply = try served.get("atom.xml", accepted + ["-H", "If-None-Match: \(list)"])
        #expect(reply.status == 304, "\(list)")
        #expect(reply.body == "")
        #expect(reply["etag"].map { $0.hasSuffix(opaque) } == true)
        #expect(reply["vary"] == "Accept-Encoding")
        #expect(reply["cache-control"] == "public, max-age=900")
      }
      #expect(try served.get("atom.xml", accepted + ["-H", "If-None-Match: \"a\""]).status == 200)
    }
  }

  @Test(arguments: ServedSite.Compression.allCases)
  func `If-Modified-Since alone gives 304 from the file's time on`(
    compression: ServedSite.Compression
  ) throws {
    let served = try ServedSite(compression)
    for accepted in [[], ["--compressed"]] {
      let status = { (date: String) in
        try served.get("atom.xml", accepted + ["-H", "If-Modified-Since: \(date)"]).status
      }
      #expect(try served.get("atom.xml", accepted)["last-modified"] == ServedSite.modified)
      #expect(try status(ServedSite.modified) == 304)
      #expect(try status("Mon, 23 Nov 2026 09:00:00 GMT") == 304)
      #expect(try status("Sun, 22 Nov 2026 07:59:59 GMT") == 200)
      #expect(try status("yesterday") == 200)
    }
  }

  /// A date with a tag is not looked at (RFC 9110 §13.1.3).
  ///
  /// Where the tag is the file's and the date older, nginx sends the whole, which
  /// does no harm; no reader has such a pair, since nginx's tag has the file's time in it.
  @Test func `If-None-Match wins over If-Modified-Since`() throws {
    let served = try ServedSite()
    let tag = try #require(try served.get("atom.xml")["etag"])
    let status = { (tag: String, since: String) in
      try served.get(
        "atom.xml",
        ["-H", "If-None-Match: \(tag)", "-H", "If-Modified-Since: \(since)"]
      )
      .status
    }
    #expect(try status("\"other\"", ServedSite.modified) == 200)
    #expect(try status("\"other\"", "Mon, 23 Nov 2026 09:00:00 GMT") == 200)
    #expect(try status(tag, ServedSite.modified) == 304)
    #expect(try status(tag, "Mon, 23 Nov 2026 09:00:00 GMT") == 304)
  }

  @Test(arguments: ServedSite.Compression.allCases)
  func `who takes gzip gets it`(compression: ServedSite.Compression) throws {
    let served = try ServedSite(compression)
    for path in ["atom.xml", "feed.json", "amerique-latine/index.html", "style.css", "feeds.opml"] {
      let plain = try served.get(path)
      let packed = try served.get(path, ["--compressed"])
      #expect(plain["content-encoding"] == nil)
      #expect(packed["content-encoding"] == "gzip")
      #expect(packed["vary"] == "Accept-Encoding")
      #expect(packed["content-type"] == plain["content-type"])
      #expect(packed.body == ServedSite.text(path))
      // A strong tag must differ between the two; a weak one may not be taken for a strong one.
      #expect(packed["etag"] != plain["etag"])
      #expect(packed["etag"]?.hasPrefix("W/") == (compression == .asked))
    }
    let proxied = try served.get("atom.xml", ["--compressed", "-H", "Via: 1.1 cache.example"])
    #expect(proxied["content-encoding"] == "gzip")
  }

  @Test func `HEAD says what GET would`() throws {
    let served = try ServedSite()
    let head = try served.get("atom.xml", ["--head"])
    let whole = try served.get("atom.xml")
    let lines = { (reply: WebServer.Reply) in
      reply.headers.filter { $0.name != "date" }.map { "\($0.name): \($0.value)" }
    }
    #expect(head.status == 200)
    #expect(head.body == "")
    #expect(lines(head) == lines(whole))
    #expect(head["content-length"] == "\(whole.body.utf8.count)")
  }

  @Test func `a renamed topic's addresses lead to the new ones, and no others do`() throws {
    let served = try ServedSite(renamed: [
      ("belarus", "bielorussie"), ("latine", "amerique-latine"),
    ])
    for (old, new) in [
      ("belarus/atom.xml", "bielorussie/atom.xml"), ("belarus/", "bielorussie/"),
      ("belarus", "bielorussie"),
      ("latine/archive/1.atom.xml", "amerique-latine/archive/1.atom.xml"),
      ("belarus/a.html?b=c", "bielorussie/a.html?b=c"),
    ] {
      let reply = try served.get(old)
      #expect(reply.status == 301)
      #expect(reply["location"] == "https://veille.example/feeds/\(new)")
      #expect(reply["cache-control"] == "public, max-age=86400")
    }
    let split = try served.get("belarus/a%0d%0aX-Y:%20z")
    #expect(split.status == 404)
    #expect(split["x-y"] == nil)
    #expect(try served.get("belarusse/atom.xml").status == 404)
    #expect(try served.get("amerique-latine/atom.xml").status == 200)
    #expect(try served.get("a/belarus/atom.xml").status == 404)
  }

  @Test func `hubs are named with the document itself, also in a 304`() throws {
    let served = try ServedSite(hubs: ["https://hub.example/?a=b&c=$d", "https://hub2.example/'"])
    let links = { (path: String) in
      "<https://hub.example/?a=b&c=%24d>; rel=\"hub\", <https://hub2.example/'>; rel=\"hub\", "
        + "<https://veille.example/feeds/\(path)>; rel=\"self\""
    }
    for path in ["atom.xml", "rss.xml", "feed.json", "amerique-latine/atom.xml"] {
      let reply = try served.get(path)
      #expect(reply["link"] == links(path))
      #expect(reply["cache-control"] == "public, max-age=900, s-maxage=0")
    }
    let unchanged = try served.get("atom.xml", ["-H", "If-Modified-Since: \(ServedSite.modified)"])
    #expect(unchanged.status == 304)
    #expect(unchanged["link"] == links("atom.xml"))
    #expect(try served.get("archive/1.atom.xml")["link"] == nil)
    #expect(try served.get("index.html")["link"] == nil)
  }

  @Test(arguments: [
    ("https://feeds.example/", "/"), ("https://a.example:8080/b/c.d/", "/b/c.d/"),
    ("https://a.example/a%20b+(c)$d'e;é/", "/a%20b+(c)$d'e;%C3%A9/"),
    ("https://a.example/.well-known/%7Bx%7D%22%5C/", "/.well-known/%7Bx%7D%22%5C/"),
  ])
  func `the feeds may be served anywhere`(url: String, path: String) throws {
    let served = try ServedSite(url: url, hubs: ["https://hub.example/"])
    let reply = try served.nginx.get("\(path)amerique-latine/atom.xml")
    #expect(reply.status == 200)
    #expect(reply["content-type"] == "application/atom+xml; charset=utf-8")
    let own = url.replacing("$", with: "%24") + "amerique-latine/atom.xml"
    #expect(reply["link"] == "<https://hub.example/>; rel=\"hub\", <\(own)>; rel=\"self\"")
    #expect(try served.nginx.get("\(path).feedgen").status == 404)
    #expect(
      try served.nginx.get("\(path)archive/1.atom.xml")["cache-control"]?.contains("86400") == true
    )
  }
}

/// An output folder behind nginx.
struct ServedSite {
  enum Compression: CaseIterable {
    /// By nginx, when it is asked.
    case asked
    /// By feedgen, when it is written.
    case written
  }

  static let modified = "Sun, 22 Nov 2026 08:00:00 GMT"

  let nginx: WebServer
  private let folder = TemporaryFolder()

  init(
    _ compression: Compression = .asked,
    url: String = "https://veille.example/feeds/",
    hubs: [String] = [],
    renamed: [(String, String)] = []
  ) throws {
    let site = try ServedSite.site(compression, url: url, hubs: hubs)
    let output = try ServedSite.path(of: url)
    for path in ServedSite.paths { try folder.write(ServedSite.text(path), to: output + path) }
    try runProgram(
      "sh",
      ["-c", "find . -type f | xargs -d '\\n' touch -d '\(ServedSite.modified)'"],
      in: folder
    )
    if compression == .written {
      try runProgram("sh", ["-c", "find . -type f | xargs -d '\\n' gzip -kn"], in: folder)
    }
    let snippet = nginxSnippet(
      site: site,
      renamed: try renamed.map { (try FeedExample.slug($0.0), try FeedExample.slug($0.1)) }
    )
    try folder.write(String(decoding: snippet, as: UTF8.self), to: "\(output).nginx.conf")
    // nginx takes quotes and backslashes in the name of a file less easily than in a location.
    let plain = folder.file("nginx-snippet")
    try FileManager.default.copyItem(atPath: folder.file("\(output).nginx.conf"), toPath: plain)
    nginx = try .nginx(root: folder.path, including: plain)
  }

  func get(_ path: String, _ options: [String] = []) throws -> WebServer.Reply {
    try nginx.get("/feeds/\(path)", options)
  }

  static func site(
    _ compression: Compression = .asked,
    url: String = "https://veille.example/feeds/",
    hubs: [String] = []
  ) throws -> Site {
    var site = try FeedExample.site()
    site.feedsURL = url
    site.feeds.formats = FeedFormat.allCases
    site.feeds.isPrecompressed = compression == .written
    site.feeds.hubs = hubs
    return site
  }

  /// What lies in the folder: each file has its own text, long enough to be worth compressing.
  static func text(_ path: String) -> String {
    String(repeating: "\(path) é\n", count: 100)
  }

  private static let paths = [
    ".feedgen", ".atom.xml.tmp", "atom.xml", "rss.xml", "feed.json", "index.html", "style.css",
    "feeds.opml", "archive/1.atom.xml", "amerique-latine/atom.xml", "amerique-latine/index.html",
    "amerique-latine/.rss.xml.tmp", "amerique-latine/archive/before-1.atom.xml",
  ]

  /// The folder of an address, below the root.
  private static func path(of url: String) throws -> String {
    let path = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).last ?? ""
    return path.removingPercentEncoding ?? ""
  }
}

private func runProgram(_ program: String, _ arguments: [String], in folder: TemporaryFolder) throws
{
  let (status, _) = try runProgram("env", ["-C", folder.path, program] + arguments)
  try #require(status == 0)
}
