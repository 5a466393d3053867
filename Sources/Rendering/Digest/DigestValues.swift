import Markup
import Model

/// The values that a section's template may name, for one part and language.
struct DigestValues {
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
    case .introduction: introduction
    case .missed(let days): ["missed": wrapped(missed(days))]
    case .contentsStart: ["contentsTitle": escaped(heading(catalog.text(.contents)))]
    case .contents(let topic, let count): contents(topic, count: count)
    case .contentsEnd: [:]
    case .topic(let topic): topicHeading(topic)
    case .lead(let key, let limit): lead(key, summary: limit)
    case .article(let key, let limit): article(key, summary: limit)
    case .more(let topic, let left): more(topic, left: left)
    case .errata(let count):
      ["errataTitle": escaped(heading(catalog.text(.errata, count: count)))]
    case .erratum(let erratum): self.erratum(erratum)
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
    var values = siteLanguage.adding(webEdition).adding([
      "siteURL": escaped(site.url),
      "publication": escaped(issue.publication),
      "masthead": escaped(Wrapping.ends(issue.publication.uppercased(), date)),
      "date": escaped(date),
      "heading": wrapped(catalog.heading(issue.span)),
    ])
    values["logo"] = site.logo.flatMap(ownImage)
    return values
  }

  /// The link to the issue's own page, where it has one.
  var webEdition: [String: Any] {
    guard let url = issue.webURL.flatMap(link) else { return [:] }
    return ["webURL": url, "readInBrowser": escaped(catalog.text(.readInBrowser))]
  }

  private var introduction: [String: Any] {
    guard let introduction = issue.editorial.introduction else { return [:] }
    let text =
      part == .html
      ? IntroductionHTML.text(of: introduction.html, accent: site.accent.light).cleaned
      : Wrapping.paragraphs(introduction.text).cleaned
    return siteLanguage.adding(["introduction": text])
  }

  private func missed(_ days: [CivilDate]) -> String {
    guard let first = days.first, let last = days.last else { return "" }
    guard days.count > 1 else {
      return catalog.text(.missed, count: 1, ["last": catalog.text(last)])
    }
    let (d1, d2) = catalog.range(first, last, withYear: true)
    return catalog.text(.missed, count: days.count, ["first": d1, "last": d2])
  }

  private func contents(_ topic: Slug, count: Int?) -> [String: Any] {
    let count = count.map { catalog.text(.count, count: $0) } ?? ""
    return siteLanguage.adding([
      "slug": topic.text,
      "topic": escaped(title(of: topic)),
      "count": escaped(count),
      "row": escaped(Wrapping.leaders(title(of: topic), count)),
    ])
  }

  private func topicHeading(_ topic: Slug) -> [String: Any] {
    siteLanguage.adding(accents)
      .adding(["slug": topic.text, "topic": wrapped(heading(title(of: topic)))])
  }

  /// The link behind a topic's articles: to those that are left out, or to all.
  private func more(_ topic: Slug, left: Int) -> [String: Any] {
    let title = title(of: topic)
    let all = catalog.text(.allArticles, ["topic": title])
    let named = catalog.text(.moreArticlesNamed, count: left, ["topic": title])
    var values = accents.adding([
      "more": wrapped(left > 0 ? catalog.text(.moreArticles, count: left) : all),
      "moreNamed": escaped(left > 0 ? named : all),
    ])
    values["url"] = issue.topicURLs[topic].flatMap(link)
    guard issue.hasLeavePages else { return values }
    return values.adding([
      "leaveURL": Slot.leave(topic),
      "leave": wrapped(catalog.text(.leaveTopic)),
      "leaveNamed": escaped(catalog.text(.leaveTopicNamed, ["topic": title])),
    ])
  }

  private func title(of topic: Slug) -> String {
    titleText(site.topic(topic)?.title ?? "", else: topic.text).shortened(to: Detail.name)
  }

  /// A heading, in capitals where nothing else could make it one.
  private func heading(_ text: String) -> String {
    part == .text ? text.uppercased() : text
  }

  func escaped(_ text: String) -> String {
    part == .html ? text.cleaned.htmlEscaped : text.cleaned
  }

  /// The text escaped, on one line in HTML and on lines of limited width in plain text.
  func wrapped(_ text: String, indent: String = "") -> String {
    let line = singleLine(text)
    return escaped(part == .text ? Wrapping.lines(line, indent: indent) : line)
  }

  /// An address of the web, escaped; nil for what a mail program should not follow.
  func link(_ url: String) -> String? {
    url.webAddress.map(escaped)
  }

  /// A picture's address, where messages show pictures and the publication itself has it: another
  /// host would learn who reads.
  func ownImage(_ url: String) -> String? {
    let hosts = [site.url, site.feedsURL].compactMap(hostName)
    guard site.mail?.showsImages == true, url.hasPrefix("https://"),
      let host = hostName(of: url), hosts.contains(host)
    else { return nil }
    return link(url)
  }
}

extension [String: Any] {
  func adding(_ others: [String: Any]) -> [String: Any] {
    merging(others) { _, new in new }
  }
}
