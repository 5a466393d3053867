internal import Markup
import Model

extension PageValues {
  /// An article in a list.
  ///
  /// - Parameter withLabels: whether its topics are named, since the list has several.
  func item(_ entry: Entry, isLead: Bool, withLabels: Bool) -> [String: Any] {
    var values = byline(of: entry).adding([
      "isLead": isLead, "title": escaped(headline(of: entry)),
    ])
    if withLabels { values = values.adding(labels(of: entry)) }
    let summary = summary(of: entry).shortened(to: longestSummary)
    if !summary.isEmpty { values["summary"] = escaped(summary) }
    values["url"] = address(of: entry).map(escaped)
    return values
  }

  /// An article on its own page, but for its content.
  func article(_ entry: Entry) -> [String: Any] {
    var values = byline(of: entry).adding(labels(of: entry))
    values["heading"] = escaped(headline(of: entry))
    let summary = summary(of: entry)
    if !summary.isEmpty { values["standfirst"] = escaped(summary) }
    return values
  }

  /// The title, or what stands for it.
  func headline(of entry: Entry) -> String {
    titleText(entry.title, else: singleLine(entry.summary), language: entry.language)
  }

  /// The summary on one line; empty where it says no more than the title.
  func summary(of entry: Entry) -> String {
    let summary = singleLine(entry.summary)
    return summary == headline(of: entry) ? "" : summary
  }

  /// The feeds of its topics.
  func topics(of entry: Entry) -> [FeedName] {
    entry.topics.filter { site.topic($0) != nil }.map { .topic($0) }
  }

  /// The topics as links above a title.
  private func labels(of entry: Entry) -> [String: Any] {
    let labels = topics(of: entry).map { name in
      ["topic": escaped(title(of: name)), "href": home + name.folder]
    }
    return ["labels": labels, "hasLabels": !labels.isEmpty]
  }

  /// Who wrote it and when, and the language where it is not the page's.
  private func byline(of entry: Entry) -> [String: Any] {
    let date = site.zone.civil(entry.published).date
    var values: [String: Any] = [
      "date": escaped(catalog.text(date)), "isoDate": date.description,
    ]
    let authors = entry.authors.map { singleLine($0.name) }.filter { !$0.isEmpty }
    if !authors.isEmpty { values["authors"] = escaped(authors.joined(separator: ", ")) }
    if entry.language != site.language { values["passage"] = escaped(entry.language.tag) }
    return values
  }

  /// Where to read it, as a link of the page; nil for what a browser should not follow.
  private func address(of entry: Entry) -> String? {
    guard let url = entry.url else { return home + pagePath(of: entry.slug) }
    return url.webAddress
  }
}
