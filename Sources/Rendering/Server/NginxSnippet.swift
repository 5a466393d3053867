package import Model

/// The settings with which nginx serves the output folder, to be included in a server block.
///
/// They name no path of the machine, so that the same site gives the same bytes anywhere: nginx
/// finds the folder by the `root` of the server block.
///
/// - Parameters:
///   - site: whose folder it is.
///   - renamed: the topics that were renamed or merged, by their old name.
package func nginxSnippet(site: Site, renamed: [(old: Slug, new: Slug)]) -> [UInt8] {
  Array(NginxSnippet(site: site, renamed: renamed).text.utf8)
}

private struct NginxSnippet {
  let site: Site
  let renamed: [(old: Slug, new: Slug)]
  let prefix: ServedPath

  init(site: Site, renamed: [(old: Slug, new: Slug)]) {
    self.site = site
    self.renamed = renamed
    prefix = ServedPath(of: site.feedsURL)
  }

  var text: String {
    let blocks =
      [hiddenFiles] + renamed.map(redirect) + [issues]
      + site.feeds.formats.flatMap { [subscription($0), archive($0)] } + [outline]
    let lines = pages + [""] + compression + blocks.flatMap { [""] + $0 }
    return ([usage] + block("location ^~ \(quoted(prefix.path))", lines)).joined(separator: "\n")
      + "\n"
  }

  private var usage: String {
    """
    # How nginx serves the feeds. feedgen writes this file; what is changed in it is lost.
    #
    # Include it in a server block under whose root the output folder, or a link to it, is found at
    # \(prefix.path). Let nginx read it again when it has changed: nginx -s reload.
    #
    #   server {
    #     server_name \(prefix.host);
    #     root /srv/www;
    #     include /srv/www\(prefix.path).nginx.conf;
    #   }
    #
    # Headers that the server block adds, such as Strict-Transport-Security, do not reach in here:
    # nginx inherits add_header only where there is none.

    """
  }

  private var pages: [String] {
    [
      "index index.html;",
      "absolute_redirect off;",
      "types {",
      "  text/html html;",
      "  text/css css;",
      "  image/svg+xml svg;",
      "  image/png png;",
      "  image/jpeg jpg;",
      "}",
      "charset utf-8;",
      "charset_types \(textTypes);",
      "etag on;",
      "# What a reader has may be newer than the file (RFC 9110, 13.1.3).",
      "if_modified_since before;",
      fresh,
      noGuessing,
      header("Referrer-Policy", "same-origin"),
      header("Content-Security-Policy", pagePolicy),
      vary,
    ]
  }

  private var compression: [String] {
    let here =
      site.feeds.isPrecompressed
      ? ["gzip off;", "gzip_static on;"]
      : ["gzip on;", "gzip_min_length 500;", "gzip_types \(textTypes) image/svg+xml;"]
    return here + [
      "gzip_proxied any;",
      "# Vary is among the headers above and below: this one would be missing from a 304.",
      "gzip_vary off;",
    ]
  }

  private var hiddenFiles: [String] {
    ["# The manifest, this file, and what is still being written."]
      + block("location ~ \"^\(prefix.pattern)(.*/)?[.]\"", ["return 404;"])
  }

  private func redirect(_ old: Slug, _ new: Slug) -> [String] {
    ["# A topic that has another name now."]
      + block(
        "location ~ \"^\(prefix.pattern)\(old)(/|$)\"",
        [
          header("Cache-Control", "public, max-age=86400"),
          "rewrite \"^\(prefix.pattern)\(old)(/.*)?$\" \"\(value(site.feedsURL))\(new)$1\" permanent;",
        ]
      )
  }

  /// Before the feeds of topics, which its path looks like: it is there in one format, and no hub
  /// is told of it.
  private var issues: [String] {
    ["# The issues of the digest."]
      + block(
        "location ~ \"^\(prefix.pattern)\(pattern(WebEditionPlace.feed))$\"",
        document(FeedFormat.atom.mediaType) + [fresh]
      )
  }

  private func subscription(_ format: FeedFormat) -> [String] {
    let path = "(?<feedgen_path>([a-z0-9-]+/)?\(pattern(format.fileName)))"
    return block(
      "location ~ \"^\(prefix.pattern)\(path)$\"",
      document(format.mediaType) + (site.feeds.hubs.isEmpty ? [fresh] : hubHeaders)
    )
  }

  private func archive(_ format: FeedFormat) -> [String] {
    let path = "([a-z0-9-]+/)?archive/[^/]+[.]\(pattern(format.fileName))"
    return ["# Changes when one of its articles does, and once when it has a successor."]
      + block(
        "location ~ \"^\(prefix.pattern)\(path)$\"",
        document(format.mediaType) + [header("Cache-Control", "public, max-age=86400")]
      )
  }

  private var outline: [String] {
    block(
      "location ~ \"^\(prefix.pattern)(.*/)?[^/]+[.]opml$\"",
      document("text/x-opml") + [fresh]
    )
  }

  /// What all documents have that programs read, some of which are web pages of another origin.
  private func document(_ mediaType: String) -> [String] {
    [
      "types { }",
      "default_type \(mediaType);",
      header("Access-Control-Allow-Origin", "*"),
      noGuessing,
      vary,
    ]
  }

  /// What WebSub wants (§4), and what it makes of a cache.
  private var hubHeaders: [String] {
    let links =
      site.feeds.hubs.map { "<\(value($0))>; rel=\"hub\"" }
      + ["<\(value(site.feedsURL))$feedgen_path>; rel=\"self\""]
    return [
      header("Link", links.joined(separator: ", ")),
      "# A hub asks as soon as it is told: a shared cache must not give it what it had before.",
      header("Cache-Control", "public, max-age=900, s-maxage=0"),
    ]
  }

  /// Cron publishes every 15 minutes; more often nobody need ask.
  private var fresh: String { header("Cache-Control", "public, max-age=900") }
  private var vary: String { header("Vary", "Accept-Encoding") }
  private var noGuessing: String { header("X-Content-Type-Options", "nosniff") }

  /// The types that have a charset and are worth compressing, beside text/html.
  private var textTypes: String {
    (["text/css", "text/x-opml"] + site.feeds.formats.map(\.mediaType)).joined(separator: " ")
  }
}

/// Pages have no scripts; images and media are where the articles have them.
package let pagePolicy =
  "default-src 'none'; style-src 'self'; img-src * data:; media-src *; base-uri 'none'; "
  + "form-action 'self'"

/// A directive with the lines of its block.
private func block(_ directive: String, _ lines: [String]) -> [String] {
  ["\(directive) {"] + lines.map { $0.isEmpty ? "" : "  \($0)" } + ["}"]
}

private func header(_ name: String, _ value: String) -> String {
  "add_header \(name) \(quoted(value));"
}

private func quoted(_ text: String) -> String {
  "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
}

/// An address as a part of a value, where `$` would begin a variable.
private func value(_ address: String) -> String {
  address.replacing("$", with: "%24")
}

private func pattern(_ fileName: String) -> String {
  fileName.replacing(".", with: "[.]")
}
