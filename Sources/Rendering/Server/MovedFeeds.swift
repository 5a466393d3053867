package import Model

/// Where the feeds of a WordPress site are now: what a web server has to be told, so that nobody has
/// to subscribe again.
package struct MovedFeeds: Sendable {
  /// The feed of a category, by the path of its address: `amerique-latine/cone-sud`.
  package struct Category: Hashable, Sendable {
    package var path: String
    /// Nil where it is no topic: its readers get the feed of the site.
    package var topic: Slug?

    package init(path: String, topic: Slug?) {
      self.path = path
      self.topic = topic
    }
  }

  /// The web servers whose language is known.
  package enum Server: String, CaseIterable, Sendable {
    case nginx, caddy
  }

  private let site: Site
  private let root: ServedPath
  private let categories: [Category]

  /// - Parameters:
  ///   - address: that of the WordPress site; its path is where feeds were.
  ///   - categories: those of the site.
  package init(site: Site, from address: String, categories: [Category]) {
    self.site = site
    root = ServedPath(of: address.hasSuffix("/") ? address : address + "/")
    self.categories = categories.sorted { $0.path < $1.path }
  }

  package func snippet(for server: Server) -> String {
    let lines = rules.flatMap { server == .nginx ? nginx($0) : caddy($0) }
    return (usage + lines + queries(server)).joined(separator: "\n") + "\n"
  }

  private var usage: [String] {
    [
      "# The feeds of \(root.host), at their new addresses: for the server of \(root.host).",
      "# Not while feedgen itself reads one of them (“feed:” under “sources”): it would read what it",
      "# wrote.",
    ]
  }
}

extension MovedFeeds {
  private struct Rule {
    var name: String
    /// A regular expression for the path.
    var pattern: String
    /// Nil for what has no successor.
    var target: String?
  }

  /// The first that fits holds.
  private var rules: [Rule] {
    let own = categories.enumerated().flatMap { index, category in
      feed("category_\(index + 1)", "category/\(escaped(category.path))/", of: category.topic)
    }
    return [Rule(name: "comments", pattern: "comments/feed(/[a-z0-9]+)?/?$", target: nil)]
      + feed("site", "", of: nil) + own
      + feed("others", "(category|tag|author)/.+/", of: nil)
      + [Rule(name: "posts_comments", pattern: ".+/feed(/[a-z0-9]+)?/?$", target: nil)]
  }

  /// The addresses of one feed: Atom's own, and those of all versions of RSS.
  private func feed(_ name: String, _ path: String, of topic: Slug?) -> [Rule] {
    [
      Rule(name: "\(name)_atom", pattern: "\(path)feed/atom/?$", target: address(.atom, topic)),
      Rule(
        name: "\(name)_rss",
        pattern: "\(path)feed(/(feed|rss|rss2|rdf))?/?$",
        target: address(.rss, topic)
      ),
    ]
  }

  /// The feed in this format, or in the one that the site has.
  private func address(_ format: FeedFormat, _ topic: Slug?) -> String {
    let formats = site.feeds.formats
    let other = formats.contains(.atom) ? FeedFormat.atom : .rss
    let published = formats.contains(format) ? format : formats.contains(other) ? other : .json
    return site.feedsURL + (topic.map { "\($0)/" } ?? "") + published.fileName
  }

  private func nginx(_ rule: Rule) -> [String] {
    let answer = rule.target.map { "return 301 \"\(inNginx($0))\";" } ?? "return 410;"
    return ["location ~ \"^\(root.pattern)\(rule.pattern)\" { \(answer) }"]
  }

  private func caddy(_ rule: Rule) -> [String] {
    let answer = rule.target.map { "redir @\(rule.name) \($0) 301" } ?? "respond @\(rule.name) 410"
    return ["@\(rule.name) path_regexp ^\(root.pattern)\(rule.pattern)", answer]
  }

  /// The addresses of sites without permalinks: `/?feed=rss2`.
  private func queries(_ server: Server) -> [String] {
    let rss = address(.rss, nil)
    let atom = address(.atom, nil)
    switch server {
    case .nginx:
      return [
        "if ($arg_feed ~ \"^(feed|rss|rss2|rdf)$\") { return 301 \"\(inNginx(rss))\"; }",
        "if ($arg_feed = \"atom\") { return 301 \"\(inNginx(atom))\"; }",
      ]
    case .caddy:
      return [
        "@query_rss query feed=feed feed=rss feed=rss2 feed=rdf", "redir @query_rss \(rss) 301",
        "@query_atom query feed=atom", "redir @query_atom \(atom) 301",
      ]
    }
  }
}

/// A path in a regular expression; a character that means something in one is any character.
private func escaped(_ path: String) -> String {
  String(path.unicodeScalars.map { isPlain($0) ? Character($0) : "." })
}

private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "a"..."z", "A"..."Z", "0"..."9", "-", "_", "/", "%": true
  default: false
  }
}

/// An address in quotation marks, where `$` would begin a variable.
private func inNginx(_ address: String) -> String {
  address.replacing("$", with: "%24").replacing("\"", with: "%22")
}
