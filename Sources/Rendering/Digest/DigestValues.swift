import Model

/// The values that a section's template may name, for one part and language.
struct DigestValues {
  /// The most characters of a summary, below a lead title and below another.
  static let leadSummary = 600
  static let summary = 200

  let part: MessagePart
  let catalog: Catalog
  let issue: DigestComposer

  init(_ part: MessagePart, _ catalog: Catalog, _ issue: DigestComposer) {
    self.part = part
    self.catalog = catalog
    self.issue = issue
  }

  /// The values, escaped for the part.
  func values(of content: DigestContent) -> [String: Any] {
    switch content {
    case .document: ["language": escaped(catalog.language.tag)]
    case .title(let subject): ["subject": escaped(subject)]
    case .style: accents
    case .preheader(let line): ["preheader": escaped(line)]
    case .opening: opening
    case .contents(let topic, let count): contents(topic, count: count)
    case .contentsEnd: [:]
    case .topic(let topic): heading(topic)
    case .lead(let key): article(key, summary: Self.leadSummary)
    case .article(let key): article(key, summary: Self.summary)
    case .more(let topic): more(topic)
    case .closing: closing
    }
  }

  var site: Site { issue.site }

  var accents: [String: Any] {
    ["accent": escaped(site.accent.light), "accentDark": escaped(site.accent.dark)]
  }

  /// The site's language, where what is around it is in another.
  var siteLanguage: [String: Any] {
    let isOther = site.language.primary != catalog.language.primary
    return isOther ? ["siteLanguage": escaped(site.language.tag)] : [:]
  }

  private var opening: [String: Any] {
    let date = catalog.longDate(issue.slotDate)
    let isText = part == .text
    let contents = catalog.text(.contents)
    return siteLanguage.adding([
      "siteURL": escaped(site.url),
      "publication": escaped(site.title),
      "masthead": escaped(Wrapping.ends(site.title.uppercased(), date)),
      "date": escaped(date),
      "heading": wrapped(catalog.heading(issue.span)),
      "contentsTitle": escaped(isText ? contents.uppercased() : contents),
    ])
  }

  private func contents(_ topic: Slug, count: Int) -> [String: Any] {
    let count = catalog.text(.count, count: count)
    return siteLanguage.adding([
      "slug": topic.text,
      "topic": escaped(title(of: topic)),
      "count": escaped(count),
      "row": escaped(Wrapping.leaders(title(of: topic), count)),
    ])
  }

  private func heading(_ topic: Slug) -> [String: Any] {
    let title = part == .text ? title(of: topic).uppercased() : title(of: topic)
    return siteLanguage.adding(accents).adding(["slug": topic.text, "topic": wrapped(title)])
  }

  private func more(_ topic: Slug) -> [String: Any] {
    accents.adding([
      "url": escaped(issue.topicURLs[topic] ?? ""),
      "allArticles": escaped(catalog.text(.allArticles, ["topic": title(of: topic)])),
    ])
  }

  private func title(of topic: Slug) -> String {
    Wrapping.singleLine(site.topic(topic)?.title ?? topic.text)
  }

  func escaped(_ text: String) -> String {
    part == .html ? text.cleaned.htmlEscaped : text.cleaned
  }

  /// The text escaped, on one line in HTML and on lines of limited width in plain text.
  func wrapped(_ text: String, indent: String = "") -> String {
    escaped(part == .text ? Wrapping.lines(text, indent: indent) : Wrapping.singleLine(text))
  }

  /// An address of the web, escaped; nil for what a mail program should not follow.
  func link(_ url: String) -> String? {
    url.webAddress.map(escaped)
  }
}

extension [String: Any] {
  func adding(_ others: [String: Any]) -> [String: Any] {
    merging(others) { _, new in new }
  }
}
