import Model

/// The values that a section's template may name, for one part and language.
struct DigestValues {
  /// The most characters of a summary, below a lead title and below another.
  static let leadSummary = 600
  static let summary = 200

  private let part: MessagePart
  private let catalog: Catalog
  private let issue: DigestComposer

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

  private var site: Site { issue.site }

  private var accents: [String: Any] {
    ["accent": escaped(site.accent.light), "accentDark": escaped(site.accent.dark)]
  }

  /// The site's language, where what is around it is in another.
  private var siteLanguage: [String: Any] {
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
      "heading": escaped(Wrapping.lines(catalog.heading(issue.span))),
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
    let title = title(of: topic)
    let text = part == .text ? Wrapping.lines(title.uppercased()) : title
    return siteLanguage.adding(accents).adding(["slug": topic.text, "topic": escaped(text)])
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
}

extension DigestValues {
  private func article(_ key: Int64, summary limit: Int) -> [String: Any] {
    guard let entry = issue.articles[key] else { return [:] }
    let title = Wrapping.singleLine(entry.title)
    let summary = Wrapping.singleLine(entry.summary.shortened(to: limit))
    let authors = Wrapping.singleLine(entry.authors.map(\.name).joined(separator: ", "))
    let date = catalog.text(site.zone.civil(entry.published).date)
    let byline = authors.isEmpty ? date : "\(authors), \(date)"
    var values = accents.adding([
      "title": escaped(part == .text ? Wrapping.lines(title) : title),
      "byline": escaped(Wrapping.lines(byline, indent: "  ")),
      "date": escaped(date),
      "readArticle": escaped(catalog.text(.readArticle)),
      "readArticleNamed": escaped(catalog.text(.readArticleNamed, ["title": title])),
    ])
    values["url"] = entry.url.flatMap(link)
    values["authors"] = authors.isEmpty ? nil : escaped(authors)
    if !summary.isEmpty {
      let wrapped = part == .text ? Wrapping.lines(summary, indent: "  ") : summary
      values["summary"] = escaped(wrapped)
    }
    if entry.language.primary != catalog.language.primary {
      values["articleLanguage"] = escaped(entry.language.tag)
    }
    return values
  }

  private var closing: [String: Any] {
    var links: [(label: PhraseKey, href: String)] = []
    if site.mail?.unsubscribeURL != nil { links.append((.unsubscribe, Slot.unsubscribe)) }
    if let url = site.privacyURL.flatMap(link) { links.append((.privacy, url)) }
    if let url = site.legalURL.flatMap(link) { links.append((.legal, url)) }
    var values = siteLanguage.adding([
      "reason": reason,
      "hasLinks": !links.isEmpty,
      "links": links.enumerated().map { place, link -> [String: Any] in
        [
          "follows": place > 0, "label": escaped(catalog.text(link.label)), "href": link.href,
        ]
      },
      "noTracking": escaped(Wrapping.lines(catalog.text(.noTracking))),
    ])
    values["address"] = site.postalAddress.map { address in
      let values = ["publication": site.title, "address": address]
      let line = catalog.text(.postalAddress, values)
      return escaped(part == .text ? Wrapping.lines(line) : Wrapping.singleLine(line))
    }
    return values
  }

  /// Why the reader gets the message, with a slot for the address.
  private var reason: String {
    func sentence(_ address: String) -> String {
      catalog.reason(issue.cadence, publication: site.title.cleaned, address: address)
    }
    return switch part {
    case .text: Slot.wrapped(sentence(Slot.addressInSentence))
    // Escaping keeps the slot as it is; cleaning would take it away.
    case .html: sentence(Slot.address).htmlEscaped
    }
  }

  /// An address of the web, escaped; nil for what a mail program should not follow.
  private func link(_ url: String) -> String? {
    let url = url.cleaned
    guard url.hasPrefix("https://") || url.hasPrefix("http://"),
      !url.utf8.contains(where: { $0 <= 0x20 })
    else { return nil }
    return escaped(url)
  }
}

extension [String: Any] {
  fileprivate func adding(_ others: [String: Any]) -> [String: Any] {
    merging(others) { _, new in new }
  }
}
