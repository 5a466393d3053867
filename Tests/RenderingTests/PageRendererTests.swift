import Model
import TestSupport
import Testing

@testable import Rendering

@Suite struct PageRendererTests {
  /// Whole pages, byte for byte; `FEEDGEN_RECORD=1` writes them anew.
  @Test func `pages are the recorded ones`() throws {
    let renderer = try SamplePages.renderer()
    let entries = SamplePages.entries()
    try expectGolden(
      "pages/index.html",
      renderer.index(of: SamplePages.homeFeed, entries: Array(entries.prefix(3)))
    )
    let belarus = FeedName.topic(SampleIssue.belarus)
    try expectGolden(
      "pages/topic.html",
      renderer.index(of: SamplePages.head(belarus, "Un pays."), entries: Array(entries.suffix(2)))
    )
    let content = Array("<p>Le texte, tel qu’il est.</p>".utf8)
    try expectGolden("pages/article.html", renderer.article(entries[2], content: content.span))
  }

  @Test func `an issue's page, their list and their feed are the recorded ones`() throws {
    let renderer = try SamplePages.renderer(linksIssues: true)
    let issue = try SamplePages.issue()
    try expectGolden("pages/issue.html", renderer.issue(issue))
    try expectGolden("pages/issues.html", renderer.issues([issue]))
    let feed = try IssueFeed(site: SamplePages.site, templates: Templates())
    try expectGolden("issues.atom.xml", feed.document(of: [issue]))
  }

  @Test func `an issue whose articles are all gone says so`() throws {
    var issue = try SamplePages.issue()
    (issue.sections, issue.errata) = ([], [])
    let page = String(decoding: try SamplePages.renderer().issue(issue), as: UTF8.self)
    #expect(page.contains("<p>Aucun article pour le moment.</p>"))
  }

  @Test func `an article of ours is linked to in the folder, another where it is`() throws {
    let home = try SamplePages.index(SamplePages.homeFeed, SamplePages.entries())
    #expect(home.contains("<h3><a href=\"articles/article-2.html\">Amazonie"))
    #expect(home.contains("<h3><a href=\"https://veille.example/articles/panama-saisons-seches\">"))
    let topic = SamplePages.head(.topic(SampleIssue.latin))
    #expect(
      try SamplePages.index(topic, SamplePages.entries()).contains(
        "<h3><a href=\"../articles/article-2.html\">Amazonie"
      )
    )
  }

  @Test func `feeds are announced by absolute addresses, the page's own first`() throws {
    let page = try SamplePages.index(SamplePages.head(.topic(SampleIssue.latin)), [])
    #expect(
      announced(page) == [
        "application/atom+xml Amérique latine – Veille géopolitique (Atom) amerique-latine/atom.xml",
        "application/rss+xml Amérique latine – Veille géopolitique (RSS) amerique-latine/rss.xml",
        "application/feed+json Amérique latine – Veille géopolitique (JSON) amerique-latine/feed.json",
        "application/atom+xml Veille géopolitique (Atom) atom.xml",
        "application/rss+xml Veille géopolitique (RSS) rss.xml",
        "application/feed+json Veille géopolitique (JSON) feed.json",
      ]
    )
    let home = try SamplePages.index(SamplePages.homeFeed, [])
    #expect(announced(home).first == "application/atom+xml Veille géopolitique (Atom) atom.xml")
    #expect(announced(home).count == 9)
  }

  @Test func `only configured formats are offered`() throws {
    var site = SamplePages.site
    site.feeds.formats = [.rss]
    for page in try pages(of: site) {
      #expect(page.contains("rss.xml"))
      #expect(!page.contains("atom.xml"))
      #expect(!page.contains("feed.json"))
    }
  }

  @Test func `a page says where it is`() throws {
    let home = try SamplePages.index(SamplePages.homeFeed, [])
    #expect(home.contains("<link rel=\"canonical\" href=\"https://veille.example/feeds/\">"))
    let topic = try SamplePages.index(SamplePages.head(.topic(SampleIssue.latin)), [])
    #expect(topic.contains("href=\"https://veille.example/feeds/amerique-latine/\">"))
    let article = try SamplePages.article(SamplePages.entries()[2], "<p>Texte</p>")
    #expect(article.contains("href=\"https://veille.example/feeds/articles/article-2.html\">"))
  }

  @Test func `what is hostile stays text`() throws {
    let attack = "\"'><script>alert(1)</script>\u{1}\u{202E}&amp;"
    var entry = SamplePages.entries()[2]
    entry.title = attack
    entry.summary = attack + " "
    entry.authors = [Person(name: attack), Person(name: " ")]
    var site = SamplePages.site
    site.title = attack
    site.postalAddress = attack
    site.topics[0].title = attack
    site.topics[0].description = attack
    var linked = entry
    linked.url = "javascript:alert(1)"
    let pages = [
      try SamplePages.index(SamplePages.head(.site, attack), [entry, linked], site: site),
      try SamplePages.index(
        SamplePages.head(.topic(SampleIssue.latin), attack),
        [entry],
        site: site
      ),
      try SamplePages.article(entry, "<p>Texte</p>", site: site),
    ]
    for page in pages {
      #expect(!page.contains("<script"))
      #expect(!page.contains("javascript:"))
      #expect(!page.utf8.contains(1))
      #expect(!page.contains("\u{202E}"))
      #expect(page.contains("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"))
    }
  }

  /// A value that is missing must not be taken from around the list: the page has an intro, the
  /// article none.
  @Test func `an article without title, summary, author and topic is still an article`() throws {
    var entry = SamplePages.entries()[2]
    (entry.title, entry.summary, entry.authors, entry.topics) = ("", "", [], [])
    let home = try SamplePages.index(SamplePages.homeFeed, [entry])
    #expect(home.contains("<h3><a href=\"articles/article-2.html\">Sans titre</a></h3>"))
    #expect(
      home.contains("<p class=\"byline\"><time datetime=\"2026-11-18\">18\u{A0}novembre 2026<")
    )
    #expect(!home.contains("class=\"summary\""))
    #expect(!home.contains("class=\"label\""))
    let page = try SamplePages.article(entry, "")
    #expect(!page.contains("class=\"standfirst\""))
    #expect(page.contains("<p class=\"more\"><a href=\"../\">Tous les articles</a></p>"))
    #expect(page.contains("href=\"../atom.xml\""))
  }

  @Test func `a topic that the site does not have is not linked to`() throws {
    var entry = SamplePages.entries()[2]
    entry.topics = [SampleIssue.slug("gone"), SampleIssue.belarus]
    let page = try SamplePages.article(entry, "")
    #expect(!page.contains("gone"))
    #expect(page.contains("<a class=\"label\" href=\"../bielorussie/\">Biélorussie</a>"))
    #expect(page.contains("Tous les articles\u{202F}: Biélorussie</a>"))
  }

  @Test func `a feed without articles says so`() throws {
    let page = try SamplePages.index(SamplePages.homeFeed, [])
    #expect(page.contains("<p>Aucun article pour le moment.</p>"))
    let full = try SamplePages.index(SamplePages.homeFeed, SamplePages.entries())
    #expect(!full.contains("Aucun article"))
  }

  @Test func `the first article of a list is its lead, and the only one`() throws {
    let page = try SamplePages.index(SamplePages.homeFeed, SamplePages.entries())
    #expect(page.ranges(of: "<article class=\"item\">").count == 9)
    #expect(page.ranges(of: "<article class=\"item lead\">").count == 1)
    let lead = try #require(page.firstRange(of: "item lead"))
    let other = try #require(page.firstRange(of: "class=\"item\""))
    #expect(lead.lowerBound < other.lowerBound)
  }

  @Test func `a long summary is cut on a word`() throws {
    let page = try SamplePages.index(SamplePages.homeFeed, SamplePages.entries())
    #expect(page.contains("Les effets se lisent d’abord aux postes…</p>"))
  }

  @Test func `a passage in another language says which`() throws {
    var entry = SamplePages.entries()[2]
    entry.language = .english
    let item = try SamplePages.index(SamplePages.homeFeed, [entry])
    #expect(item.contains("<h3 lang=\"en\" dir=\"auto\">"))
    #expect(item.contains("<p class=\"summary\" lang=\"en\" dir=\"auto\">"))
    let page = try SamplePages.article(entry, "<p>Text</p>")
    #expect(page.contains("<html lang=\"fr\">"))
    #expect(page.contains("<h1 lang=\"en\" dir=\"auto\">"))
    #expect(page.contains("<div class=\"body\" lang=\"en\" dir=\"auto\">"))
    #expect(try !SamplePages.article(SamplePages.entries()[2], "").contains("dir=\"auto\""))
  }

  @Test func `a page speaks its site's language`() throws {
    var site = SamplePages.site
    site.language = .english
    let page = try SamplePages.index(SamplePages.homeFeed, SamplePages.entries(), site: site)
    #expect(page.contains("<html lang=\"en\">"))
    #expect(page.contains("Latest articles</h2>"))
    #expect(page.contains("20\u{A0}November 2026</time>"))
    #expect(page.contains("<span class=\"visually-hidden\">, feed of the topic Biélorussie</span>"))
  }

  @Test func `the foot has what the site has`() throws {
    let page = try SamplePages.index(SamplePages.homeFeed, [])
    #expect(page.contains("<a href=\"https://veille.example/\">veille.example</a>"))
    #expect(page.contains("<a href=\"https://veille.example/confidentialite\">Confidentialité</a>"))
    #expect(!page.contains("Mentions légales"))
    #expect(page.contains("<p>Veille géopolitique, 12, rue de l’Exemple, 75000 Paris, France</p>"))
    var bare = SamplePages.site
    (bare.postalAddress, bare.privacyURL, bare.url) = (nil, nil, bare.feedsURL)
    let foot = try SamplePages.index(SamplePages.homeFeed, [], site: bare)
    #expect(foot.contains("<div class=\"wrap\">\n<p>Veille géopolitique</p>\n<p>Ce site"))
    #expect(!foot.contains("Pied de page"))
  }

  @Test func `the stylesheet has the site's accent and fetches nothing`() throws {
    var site = SamplePages.site
    site.accent = Accent(light: "#7a1f4b", dark: "#f0a8c8")
    let css = String(decoding: try SamplePages.renderer(site: site).stylesheet(), as: UTF8.self)
    #expect(css.hasPrefix("@charset \"utf-8\";\n"))
    #expect(css.contains("--accent: #7a1f4b;"))
    #expect(css.contains("--accent: #f0a8c8;"))
    #expect(!css.contains("{{"))
    #expect(!css.contains("url("))
    #expect(!css.contains("@import"))
  }

  @Test func `the fingerprint moves with whatever pages show`() throws {
    let site = SamplePages.site
    let templates = try Templates()
    func fingerprint(linksIssues: Bool = false, _ change: (inout Site) -> Void) -> String {
      var changed = site
      change(&changed)
      return PageRenderer.fingerprint(
        of: changed,
        templates: templates,
        linksIssues: linksIssues
      )
    }
    let same = fingerprint { _ in }
    #expect(fingerprint { $0.rights = "©" } == same)
    #expect(fingerprint { $0.accent.dark = "#ffffff" } != same)
    #expect(fingerprint { $0.postalAddress = nil } != same)
    #expect(fingerprint { $0.topics[0].description = "" } != same)
    #expect(fingerprint { $0.feeds.formats = [.atom] } != same)
    #expect(fingerprint { $0.zone = .utc } != same)
    #expect(fingerprint(linksIssues: true) { _ in } != same)
  }

  private func pages(of site: Site) throws -> [String] {
    [
      try SamplePages.index(SamplePages.homeFeed, [], site: site),
      try SamplePages.index(SamplePages.head(.topic(SampleIssue.latin)), [], site: site),
      try SamplePages.article(SamplePages.entries()[2], "", site: site),
    ]
  }

  /// Type, title and path of each link to a feed in the head.
  private func announced(_ page: String) -> [String] {
    page.matches(
      of:
        /<link rel="alternate" type="(.*?)" title="(.*?)" href="https:\/\/veille\.example\/feeds\/(.*?)">/
    ).map { "\($0.1) \($0.2) \($0.3)" }
  }
}
