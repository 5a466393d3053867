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
    #expect(Set(all.text + all.html) == Set(first.map(\.number)))
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
    site: Site = SampleIssue.site,
    topicURLs: [Slug: String] = [:],
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
      topicURLs: topicURLs
    )
    let group = try composer.compose(SampleIssue.edition)
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
