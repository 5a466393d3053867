import Model

extension DigestValues {
  func article(_ key: Int64, summary limit: Int) -> [String: Any] {
    guard let entry = issue.articles[key] else { return [:] }
    let title = Wrapping.singleLine(entry.title)
    let summary = Wrapping.singleLine(entry.summary).shortened(to: limit)
    let authors = Wrapping.singleLine(entry.authors.map(\.name).joined(separator: ", "))
    let date = catalog.text(site.zone.civil(entry.published).date)
    let byline = authors.isEmpty ? date : "\(authors), \(date)"
    var values = accents.adding([
      "title": wrapped(title),
      "byline": wrapped(byline, indent: "  "),
      "date": escaped(date),
      "readArticle": escaped(catalog.text(.readArticle)),
      "readArticleNamed": escaped(catalog.text(.readArticleNamed, ["title": title])),
    ])
    values["url"] = link(site.address(of: entry))
    values["authors"] = authors.isEmpty ? nil : escaped(authors)
    values["summary"] = summary.isEmpty ? nil : wrapped(summary, indent: "  ")
    if entry.language.primary != catalog.language.primary {
      values["articleLanguage"] = escaped(entry.language.tag)
    }
    return values
  }
}
