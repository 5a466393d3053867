package import Model

/// Renders one issue: each article, heading, opening and closing once a language and part.
///
/// An edition becomes a list of fragments; what two editions share is rendered once, and numbered
/// once.
package struct DigestComposer {
  let site: Site
  let cadence: Cadence
  let slotDate: CivilDate
  let span: IssueSpan
  let articles: [Int64: Entry]
  /// Where the rest of a topic's articles can be read.
  let topicURLs: [Slug: String]

  private let templates: Templates
  private var digests: [MessagePart: DigestTemplate] = [:]
  private var catalogs: [Language: Catalog] = [:]
  private var numbers: [FragmentKey: Int] = [:]
  private var made: [Fragment] = []
  private var groupCount = 0

  /// - Parameters:
  ///   - cadence: how often the digest goes out, which its words say.
  ///   - slotDate: the day of the issue, by which it is named.
  ///   - period: the days that its articles are of.
  ///   - articles: the entries that editions may list, by the store's keys.
  package init(
    site: Site,
    templates: Templates,
    cadence: Cadence,
    slotDate: CivilDate,
    period: (first: CivilDate, last: CivilDate),
    articles: [Int64: Entry],
    topicURLs: [Slug: String] = [:]
  ) {
    self.site = site
    self.templates = templates
    self.cadence = cadence
    self.slotDate = slotDate
    self.span = IssueSpan(cadence, first: period.first, last: period.last)
    self.articles = articles
    self.topicURLs = topicURLs
  }

  /// Numbers an edition, and renders what no edition before it had.
  package mutating func compose(_ edition: Edition) throws(Problem) -> EditionGroup {
    try checkArticles(of: edition)
    let catalog = try catalog(edition.language)
    let subject = catalog.subject(
      span,
      publication: site.title,
      count: edition.articleCount
    ).cleaned
    let group = EditionGroup(
      number: groupCount,
      language: edition.language,
      subject: subject,
      text: try fragments(.text, edition, subject, catalog),
      html: try fragments(.html, edition, subject, catalog),
      articles: edition.sections.flatMap(\.articles)
    )
    groupCount += 1
    return group
  }

  /// The fragments that were rendered since they were last taken.
  package mutating func takeFragments() -> [Fragment] {
    defer { made = [] }
    return made
  }

  private mutating func fragments(
    _ part: MessagePart,
    _ edition: Edition,
    _ subject: String,
    _ catalog: Catalog
  ) throws(Problem) -> [Int] {
    var list: [Int] = []
    for content in contents(of: edition, subject: subject, catalog) {
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
    let number = numbers.count
    numbers[key] = number
    made.append(Fragment(number: number, article: key.content.article, bytes: Slot.fragment(text)))
    return number
  }

  private mutating func digest(_ part: MessagePart) throws(Problem) -> DigestTemplate {
    if let digest = digests[part] { return digest }
    let digest = try templates.digest(part)
    digests[part] = digest
    return digest
  }

  private mutating func catalog(_ language: Language) throws(Problem) -> Catalog {
    if let catalog = catalogs[language] { return catalog }
    let catalog = try templates.catalog(for: [language, site.language])
    catalogs[language] = catalog
    return catalog
  }

  private func checkArticles(of edition: Edition) throws(Problem) {
    for key in edition.sections.flatMap(\.articles) where articles[key] == nil {
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
