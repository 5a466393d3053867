package import Model

/// Renders one issue: each article, heading, opening and closing once a language and part.
///
/// An edition becomes a list of fragments; what two editions share is rendered once, and numbered
/// once.
package struct DigestComposer {
  let site: Site
  let cadence: Cadence
  let excerpt: Excerpt
  let slotDate: CivilDate
  let span: IssueSpan
  let articles: [Int64: Entry]
  /// Where the rest of a topic's articles can be read.
  let topicURLs: [Slug: String]
  /// Where the issue can be read in a browser; nil where it has no page.
  let webURL: String?
  /// Whether each subscriber has a page of the web to leave by, whatever the mail settings are.
  let hasLeavePages: Bool
  let editorial: Editorial

  private let templates: Templates
  private var digests: [MessagePart: DigestTemplate] = [:]
  private var catalogs: [Language: Catalog] = [:]
  /// Titles of articles, as the preview line has them.
  var previews: [Int64: String] = [:]
  private var numbers: [FragmentKey: Int] = [:]
  private var weights: [Weight] = []
  /// What was rendered and is in no edition yet.
  private var unused: [Int: Fragment] = [:]
  private var made: [Fragment] = []
  private var groupCount = 0

  /// - Parameters:
  ///   - cadence: how often the digest goes out, which its words say.
  ///   - excerpt: what is said of an article beside its title.
  ///   - slotDate: the day of the issue, by which it is named.
  ///   - period: the days that its articles are of.
  ///   - articles: the entries that editions may list, by the store's keys.
  package init(
    site: Site,
    templates: Templates,
    cadence: Cadence,
    excerpt: Excerpt = .summary,
    slotDate: CivilDate,
    period: (first: CivilDate, last: CivilDate),
    articles: [Int64: Entry],
    topicURLs: [Slug: String] = [:],
    webURL: String? = nil,
    hasLeavePages: Bool = false,
    editorial: Editorial = Editorial()
  ) {
    self.site = site
    self.templates = templates
    self.cadence = cadence
    self.excerpt = excerpt
    self.slotDate = slotDate
    self.span = IssueSpan(cadence, first: period.first, last: period.last)
    self.articles = articles
    self.topicURLs = topicURLs
    self.webURL = webURL
    self.hasLeavePages = hasLeavePages
    self.editorial = editorial
  }

  /// Numbers an edition, and renders what no edition before it had.
  ///
  /// Where it would be too heavy, summaries are cut first, and then articles are left to the links
  /// behind their topics; what is listed is what the group's articles say.
  package mutating func compose(_ edition: Edition) throws(Problem) -> EditionGroup {
    try checkArticles(of: edition)
    let catalog = try catalog(edition.language)
    let led = editorial.lead.map(edition.led) ?? edition
    let subject = subject(of: led, catalog)
    let lines = DigestLines(subject: subject, preheader: preheader(led, catalog))
    let (shown, detail, html) = try fitted(led, lines, catalog)
    let text = try fragments(.text, shown, detail, lines, catalog)
    keep(text + html)
    defer { groupCount += 1 }
    return EditionGroup(
      number: groupCount,
      language: edition.language,
      subject: subject,
      text: text,
      html: html,
      articles: shown.sections.flatMap(\.articles)
    )
  }

  /// The fragments that were rendered since they were last taken, by number.
  package mutating func takeFragments() -> [Fragment] {
    defer { made = [] }
    return made.sorted { $0.number < $1.number }
  }

  /// As much of an edition as a message can hold, and its HTML.
  private mutating func fitted(
    _ edition: Edition,
    _ lines: DigestLines,
    _ catalog: Catalog
  ) throws(Problem) -> (Edition, Detail, [Int]) {
    var shown = edition
    var details = Detail.all(of: excerpt)
    while true {
      let detail = details.first ?? Detail.all[Detail.all.count - 1]
      let html = try fragments(.html, shown, detail, lines, catalog)
      let weight = html.reduce(Weight()) { $0 + weights[$1] }
      if weight.fits { return (shown, detail, html) }
      if details.count > 1 {
        details.removeFirst()
      } else {
        let count = min(Int(Double(shown.shownCount) * weight.fittingShare), shown.shownCount - 1)
        guard count >= shown.sections.count else { return (shown, detail, html) }
        shown = shown.showing(atMost: count)
      }
    }
  }

  /// Lets the fragments be taken that no edition had before.
  private mutating func keep(_ numbers: [Int]) {
    guard !unused.isEmpty else { return }
    for number in numbers {
      guard let fragment = unused.removeValue(forKey: number) else { continue }
      made.append(fragment)
      if let substitute = fragment.substitute { keep([substitute]) }
    }
  }

  private mutating func fragments(
    _ part: MessagePart,
    _ edition: Edition,
    _ detail: Detail,
    _ lines: DigestLines,
    _ catalog: Catalog
  ) throws(Problem) -> [Int] {
    var list: [Int] = []
    for content in contents(of: edition, detail, lines) {
      guard part.sections.contains(content.section) else { continue }
      let key = FragmentKey(part: part, language: catalog.language, content: content)
      list.append(try number(key, catalog))
    }
    return list
  }

  private mutating func number(_ key: FragmentKey, _ catalog: Catalog) throws(Problem) -> Int {
    if let number = numbers[key] { return number }
    let values = DigestValues(key.part, catalog, self).values(of: key.content)
    let text = try digest(key.part).render(key.content.section, values)
    let substitute = try substitute(for: key, catalog)
    let fragment = Fragment(
      number: numbers.count,
      article: key.content.article,
      role: key.content.role,
      substitute: substitute,
      bytes: Slot.fragment(text)
    )
    numbers[key] = fragment.number
    weights.append(Weight(text, encoded: fragment.bytes))
    unused[fragment.number] = fragment
    return fragment.number
  }

  /// What is said in the place of a number of articles, or of their titles, where some are missing.
  private mutating func substitute(
    for key: FragmentKey,
    _ catalog: Catalog
  ) throws(Problem) -> Int? {
    var other = key
    switch key.content {
    case .contents(let topic, _?): other.content = .contents(topic, count: nil)
    case .preheader where !hasOwnPreheader: other.content = .preheader(catalog.heading(span))
    default: return nil
    }
    return other == key ? nil : try number(other, catalog)
  }

  private mutating func digest(_ part: MessagePart) throws(Problem) -> DigestTemplate {
    if let digest = digests[part] { return digest }
    let digest = try templates.digest(part)
    digests[part] = digest
    return digest
  }

  mutating func catalog(_ language: Language) throws(Problem) -> Catalog {
    if let catalog = catalogs[language] { return catalog }
    let catalog = try templates.catalog(for: [language, site.language])
    catalogs[language] = catalog
    return catalog
  }

  private func checkArticles(of edition: Edition) throws(Problem) {
    for key in edition.sections.flatMap(\.articles) + edition.errata.map(\.article)
    where articles[key] == nil {
      throw Problem(path: "digest", message: "an edition lists article \(key), which is not given")
    }
  }
}

/// What makes two fragments the same.
struct FragmentKey: Hashable {
  var part: MessagePart
  var language: Language
  var content: DigestContent
}
