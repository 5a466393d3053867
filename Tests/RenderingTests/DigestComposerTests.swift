import Markup
import Model
import Testing

@testable import Rendering

@Suite struct DigestComposerTests {
  @Test func `what editions share is rendered once`() throws {
    var composer = SampleIssue.composer(templates: try Templates())
    let all = try composer.compose(SampleIssue.edition)
    let first = composer.takeFragments()
    let one = Edition(
      language: .french,
      sections: [Edition.Section(topic: SampleIssue.belarus, articles: [8, 9, 10])]
    )
    let other = try composer.compose(one)
    let second = composer.takeFragments()

    #expect(first.map(\.number) == Array(0..<first.count))
    #expect((all.number, other.number) == (0, 1))
    let stored = all.text + all.html + first.compactMap(\.substitute)
    #expect(Set(stored) == Set(first.map(\.number)))
    // The title and the preheader; the row of the contents is the same.
    #expect(second.count == 2)
    #expect(Set(other.text).isSubset(of: Set(all.text)))
    #expect(composer.takeFragments().isEmpty)
    let again = try composer.compose(SampleIssue.edition)
    #expect((again.text, again.html) == (all.text, all.html))
    #expect(composer.takeFragments().isEmpty)
  }

  @Test func `another language is rendered apart`() throws {
    var composer = SampleIssue.composer(templates: try Templates())
    let french = try composer.compose(SampleIssue.edition)
    var edition = SampleIssue.edition
    edition.language = .english
    let english = try composer.compose(edition)
    #expect(Set(french.text).isDisjoint(with: english.text))
    #expect(english.subject.contains("10\u{A0}articles, week of 16 to 22\u{A0}November 2026"))
  }

  @Test func `the first article of a topic leads`() throws {
    let html = try rendered(.html)
    #expect(html.count(of: "class=\"lead ink\"") == 2)
    #expect(html.count(of: ">Lire l’article</a>") == 2)
    #expect(html.count(of: "<h3 ") == 10)
  }

  @Test func `an article without an address of its own is read on its page`() throws {
    let html = try rendered(.html, changing: 1) { $0.url = nil }
    #expect(html.count(of: ">Lire l’article</a>") == 2)
    #expect(html.contains("href=\"https://veille.example/feeds/articles/article-0.html\""))
  }

  @Test(arguments: ["javascript:alert(1)", "https://a.example/\nBcc: x", "ftp://a.example/"])
  func `an address that is not of the web is no link`(url: String) throws {
    #expect(try !rendered(.html, changing: 1) { $0.url = url }.contains(url.prefix(9)))
    #expect(try !rendered(.text, changing: 1) { $0.url = url }.contains(url))
  }

  @Test func `without authors the separator goes too`() throws {
    let html = try rendered(.html, changing: 1) { $0.authors = [] }
    #expect(html.contains("color:#5e5a52\">20\u{A0}novembre 2026</p>"))
    let text = try rendered(.text, changing: 1) { $0.authors = [] }
    #expect(text.contains("\r\n  20\u{A0}novembre 2026\r\n"))
  }

  @Test func `an article in another language says so`() throws {
    let html = try rendered(.html, changing: 2) { $0.language = .english }
    #expect(html.count(of: " lang=\"en\"") == 2)
    let same = try rendered(.html, changing: 2) { $0.language = Language("fr-CA") ?? .french }
    #expect(!same.contains(" lang=\"fr-CA\""))
  }

  @Test func `a compact summary has at most 200 characters`() throws {
    let html = try rendered(.html)
    #expect(html.contains("aux postes frontières. Les effets se lisent d’abord aux postes…</p>"))
  }

  /// A combining accent makes a quotation mark another character, and ends an attribute all the
  /// same.
  @Test(arguments: ["\"", "\"\u{301}", "<script>", "<\u{301}img", "&amp;", "'"])
  func `markup in a title stays text`(title: String) throws {
    let html = try rendered(.html, changing: 1) { $0.title = title + " onload=x" }
    #expect(!html.contains(title.unicodeScalars.map { String($0) }.joined() + " onload"))
    let byte = try #require(title.utf8.first)
    let hostile = [byte] + title.utf8.dropFirst() + " onload".utf8
    #expect(!Array(html.utf8).contains(hostile))
  }

  @Test func `nothing in an article is taken for a slot`() throws {
    let title = "a\u{1}address\u{2}b =<address>"
    let html = try rendered(.html, changing: 1) { $0.title = title }
    #expect(html.contains(">aaddressb =&lt;address&gt;</a>"))
  }

  @Test func `more articles are linked where an address is given`() throws {
    let urls = [SampleIssue.latin: "https://veille.example/amerique-latine"]
    let html = try rendered(.html, topicURLs: urls)
    #expect(html.count(of: ">Tous les articles\u{202F}: Amérique latine</a>") == 1)
    let text = try rendered(.text, topicURLs: urls)
    #expect(text.contains("Amérique latine\r\nhttps://veille.example/amerique-latine\r\n"))
    #expect(try !rendered(.html).contains("Tous les articles"))
  }

  @Test func `articles that are left out are counted, and linked where there is a page`() throws {
    var edition = SampleIssue.edition
    edition.sections[0].left = 3
    let urls = [SampleIssue.latin: "https://veille.example/amerique-latine"]
    let html = try rendered(.html, edition, topicURLs: urls)
    #expect(html.contains("aria-label=\"3\u{A0}autres articles\u{202F}: Amérique latine\""))
    #expect(html.contains(">3\u{A0}autres articles</a>"))
    #expect(html.contains(">10\u{A0}articles</td>"), "the contents count them")
    let text = try rendered(.text, edition, topicURLs: urls)
    #expect(
      text.contains("\r\n3\u{A0}autres articles\r\nhttps://veille.example/amerique-latine\r\n")
    )
    edition.sections[0].left = 1
    #expect(try rendered(.html, edition).contains(">1\u{A0}autre article</span>"))
    var composer = SampleIssue.composer(templates: try Templates())
    let subject = try composer.compose(edition).subject
    #expect(subject.contains("11\u{A0}articles"))
  }

  @Test(arguments: [
    (
      Language.french, [23], "Pendant votre pause, une lettre est partie, le 23\u{A0}novembre 2026."
    ),
    (
      .french, [9, 16, 23],
      "Pendant votre pause, 3\u{A0}lettres sont parties, du 9 au 23\u{A0}novembre 2026."
    ),
    (.english, [9], "During your pause one letter went out, on 9\u{A0}November 2026."),
  ])
  func `what was missed is said in one line`(
    language: Language,
    days: [Int],
    line: String
  ) throws {
    var edition = SampleIssue.edition
    edition.language = language
    edition.missed = days.map { IssueName(digest: "weekly", date: SampleIssue.date(2026, 11, $0)) }
    for part in MessagePart.allCases {
      let words = try rendered(part, edition).split(whereSeparator: \.isWhitespace)
      let wanted = line.split(whereSeparator: \.isWhitespace)
      #expect(words.joined(separator: " ").contains(wanted.joined(separator: " ")))
    }
  }

  @Test func `an erratum has its article's title, link and date`() throws {
    var edition = SampleIssue.edition
    edition.sections[1].articles = [9]
    edition.errata = [Edition.Erratum(article: 8, text: "Huit & non neuf.")]
    let html = try rendered(.html, edition)
    #expect(html.contains(">Rectificatif</h2>"))
    #expect(html.contains(">Huit &amp; non neuf.</p>"))
    #expect(html.contains("/dix-ans-union-eurasiatique"))
    let text = try rendered(.text, edition)
    #expect(text.contains("\r\nRECTIFICATIF\r\n---"))
    #expect(text.contains("\r\n  Huit & non neuf.\r\n\r\n  20\u{A0}novembre 2026\r\n  https:"))
  }

  @Test func `errata alone have a subject of their own, and no table of contents`() throws {
    let errata = [Int64(8), 9].map { Edition.Erratum(article: $0, text: "Huit.") }
    let edition = Edition(language: .french, sections: [], errata: errata)
    var composer = SampleIssue.composer(templates: try Templates())
    let subject = try composer.compose(edition).subject
    #expect(
      subject == "Veille géopolitique\u{202F}: 2\u{A0}rectificatifs, 23\u{A0}novembre 2026"
    )
    #expect(try !rendered(.html, edition).contains("Au sommaire"))
    #expect(try rendered(.html, edition).contains(">Rectificatifs</h2>"))
  }

  @Test func `the editor's word takes the place of what is made up`() throws {
    let fragment = try HTMLFragment(
      parsing: "<h1>Titre</h1><p onclick=x>Un <a href=\"https://a.example/\">lien</a>"
        + "<img src=\"https://a.example/x.png\"><script>1</script></p>"
    )
    let editorial = Editorial(
      subject: " Un numéro\r\nspécial ",
      preheader: "À lire",
      introduction: Introduction(html: fragment.sanitised(base: nil), text: "Titre\n\nUn lien"),
      lead: 9
    )
    var composer = SampleIssue.composer(templates: try Templates(), editorial: editorial)
    #expect(try composer.compose(SampleIssue.edition).subject == "Un numéro spécial")
    let html = try rendered(.html, editorial: editorial)
    #expect(html.contains("line-height:1px\">À lire\r\n<span"))
    #expect(html.contains("<p style=\"margin:0 0 14px\"><b>Titre</b></p>"))
    #expect(html.contains("<a class=\"acc\" href=\"https://a.example/\" style=\"color:#0f5b63;"))
    for refused in ["<img", "<script", "onclick"] { #expect(!html.contains(refused)) }
    let bars = try #require(html.ranges(of: ">Biélorussie</h2>").first)
    #expect(html[bars.upperBound...].contains(">Amérique latine</h2>"), "its topic comes first")
    let leads = html.ranges(of: "<h3 class=\"lead ink\"").map(\.lowerBound)
    #expect(html[leads[0]..<leads[1]].contains("/bielorussie-ou-belarus"))
    #expect(html.count(of: "/bielorussie-ou-belarus") == 2)
    #expect(try rendered(.text, editorial: editorial).contains("\r\nTitre\r\n\r\nUn lien\r\n"))
  }

  @Test func `who has a page to leave by has a link, whatever the mail settings are`() throws {
    var site = SampleIssue.site
    site.mail?.replyTo = nil
    site.mail?.unsubscribeMailto = nil
    #expect(try !rendered(.html, site: site).contains(">Se désabonner</a>"))
    var composer = DigestComposer(
      site: site,
      templates: try Templates(),
      cadence: .weekly,
      slotDate: SampleIssue.issue.date,
      period: (SampleIssue.issue.date, SampleIssue.issue.date),
      articles: SampleIssue.articles,
      hasLeavePages: true
    )
    _ = try composer.compose(SampleIssue.edition)
    let closing = composer.takeFragments().map { decoded($0.bytes) }
    #expect(closing.contains { $0.contains("href=\"<unsubscribe>") })
  }

  @Test func `the issue's own page is linked where it has one`() throws {
    let page = "https://veille.example/feeds/digests/weekly-2026-11-23.html"
    let html = try rendered(.html, webURL: page)
    #expect(html.contains("href=\"\(page)\""))
    #expect(html.contains(">Lire dans le navigateur</a>"))
    #expect(try rendered(.text, webURL: page).contains("Lire dans le navigateur\r\n\(page)\r\n"))
    #expect(try !rendered(.html).contains("Lire dans"))
  }

  @Test(arguments: [
    ("https://veille.example/a.jpg", true), ("https://VEILLE.example/a.jpg", true),
    ("http://veille.example/a.jpg", false), ("https://cdn.veille.example/a.jpg", false),
    ("https://veille.example@evil.example/a.jpg", false),
    ("https://evil.example/?veille.example", false),
    ("https://evil.example\\@veille.example/", false),
    ("data:image/png;base64,AAAA", false), ("", false),
  ])
  func `only pictures of the publication's own host are shown, and only on demand`(
    url: String,
    isShown: Bool
  ) throws {
    var site = SampleIssue.site
    site.logo = url
    #expect(try !rendered(.html, site: site, changing: 1) { $0.image = url }.contains("<img"))
    site.mail?.showsImages = true
    let html = try rendered(.html, site: site, changing: 1) { $0.image = url }
    #expect(html.count(of: "<img") == (isShown ? 2 : 0))
    #expect(html.contains("alt=\"Veille géopolitique\" height=") == isShown)
  }

  @Test func `an article without a title or a text still has a link to read`() throws {
    let change = { (entry: inout Entry) in (entry.title, entry.summary) = (" \u{200b}", "") }
    let html = try rendered(.html, changing: 2, change)
    #expect(html.contains(">Sans titre</a></h3>"))
    let fromSummary = try rendered(.html, changing: 2) { entry in
      (entry.title, entry.summary) = ("", "Un début.")
    }
    #expect(fromSummary.count(of: "Un début.") == 1, "a summary is not shown twice")
  }

  /// Eighty such articles weigh 100 kB in full.
  @Test(arguments: [30, 80, 500])
  func `a message is shortened until it has 90 kB, and nothing is lost in silence`(
    count: Int
  ) throws {
    let (composed, html, fragments) = try composedLarge(count)
    #expect(html.utf8.count <= 90_000)
    #expect(composed.html.reduce(0) { $0 + (fragments[$1]?.bytes.count ?? 0) } <= 100_000)
    #expect(html.contains(">\(count)\u{A0}articles</td>"))
    #expect(html.count(of: "<h3 ") == composed.articles.count)
    for tag in ["table", "tr", "td", "p", "h3", "a", "div"] {
      #expect(
        html.count(of: "<\(tag) ") + html.count(of: "<\(tag)>") == html.count(of: "</\(tag)>")
      )
    }
    let left = count - composed.articles.count
    #expect(html.contains("\(left)\u{A0}autres articles") == (left > 0))
    #expect((count == 30) == html.contains("frontières. Les effets se lisent d’abord aux postes…"))
    #expect((count == 500) == (left > 0), "\(left) are left out")
    #expect(html.utf8.count > (count == 30 ? 30_000 : 75_000), "there is no less than there may be")
    #expect(html.hasSuffix("</html>\r\n"))
    let stored = composed.text + composed.html + fragments.values.compactMap(\.substitute)
    #expect(Set(stored) == Set(fragments.keys), "nothing else is stored")
  }

  private func composedLarge(_ count: Int) throws -> (EditionGroup, String, [Int: Fragment]) {
    let template = try #require(SampleIssue.articles[7])
    let keys = (1...Int64(count)).map { $0 }
    let articles = Dictionary(uniqueKeysWithValues: keys.map { ($0, template) })
    var composer = SampleIssue.composer(
      templates: try Templates(),
      articles: articles,
      topicURLs: [SampleIssue.latin: "https://veille.example/amerique-latine"]
    )
    let edition = Edition(
      language: .french,
      sections: [Edition.Section(topic: SampleIssue.latin, articles: keys)]
    )
    let group = try composer.compose(edition)
    let fragments = Dictionary(
      uniqueKeysWithValues: composer.takeFragments().map { ($0.number, $0) }
    )
    return (group, decoded(group.html.flatMap { fragments[$0]?.bytes ?? [] }), fragments)
  }

  @Test func `lines of the text part have at most 72 columns, addresses and slots apart`() throws {
    let text = try rendered(.text, changing: 1) { entry in
      entry.title = String(repeating: "Œuvre\u{202F}! ", count: 43)
    }
    for line in text.split(separator: "\r\n")
    where !line.contains("://") && !line.hasPrefix("<") {
      #expect(line.count <= 72, "\(line)")
    }
  }

  @Test func `an edition with an article that is not given is refused`() throws {
    var composer = SampleIssue.composer(templates: try Templates(), articles: [:])
    #expect(throws: Problem.self) { try composer.compose(SampleIssue.edition) }
  }

  @Test func `a site's accent takes the standard's place`() throws {
    var site = SampleIssue.site
    site.accent = Accent(light: "#123456", dark: "#fedcba")
    let html = try rendered(.html, site: site)
    #expect(!html.contains("#0f5b63"))
    #expect(!html.contains("#84c6ca"))
    #expect(html.contains("#123456"))
    #expect(html.contains("#fedcba"))
  }

  private func rendered(
    _ part: MessagePart,
    _ edition: Edition = SampleIssue.edition,
    site: Site = SampleIssue.site,
    topicURLs: [Slug: String] = [:],
    webURL: String? = nil,
    editorial: Editorial = Editorial(),
    changing key: Int64? = nil,
    _ change: (inout Entry) -> Void = { _ in }
  ) throws -> String {
    var articles = SampleIssue.articles
    if let key, var entry = articles[key] {
      change(&entry)
      articles[key] = entry
    }
    var composer = SampleIssue.composer(
      site: site,
      templates: try Templates(),
      articles: articles,
      topicURLs: topicURLs,
      webURL: webURL,
      editorial: editorial
    )
    let group = try composer.compose(edition)
    let bytes = composer.takeFragments().map(\.bytes)
    let numbers = part == .html ? group.html : group.text
    return decoded(numbers.flatMap { bytes[$0] })
  }

  private func decoded(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    var position = 0
    while position < bytes.count {
      let digits = String(decoding: bytes[position...].dropFirst().prefix(2), as: UTF8.self)
      if bytes[position] != UInt8(ascii: "=") {
        output.append(bytes[position])
        position += 1
      } else if let byte = UInt8(digits, radix: 16) {
        output.append(byte)
        position += 3
      } else {
        position += digits == "\r\n" ? 3 : 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}

extension String {
  /// How often a text occurs.
  func count(of text: String) -> Int { ranges(of: text).count }
}
