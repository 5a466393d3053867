import Markup
import Model

extension DigestValues {
  func lead(_ key: Int64, summary limit: Int) -> [String: Any] {
    guard let entry = issue.articles[key] else { return [:] }
    var values = article(key, summary: limit).adding(accents).adding([
      "readArticle": escaped(catalog.text(.readArticle)),
      "readArticleNamed": escaped(
        catalog.text(.readArticleNamed, ["title": issue.title(of: entry)])
      ),
    ])
    values["image"] = entry.image.flatMap(ownImage)
    return values
  }

  func article(_ key: Int64, summary limit: Int) -> [String: Any] {
    guard let entry = issue.articles[key] else { return [:] }
    let summary = limit > 0 ? summary(of: entry).shortened(to: limit) : ""
    let authors = entry.authors.map { singleLine($0.name) }.filter { !looksEmpty($0) }
      .joined(separator: ", ").shortened(to: Detail.name)
    var values = passage(entry)
    if !authors.isEmpty {
      values["authors"] = escaped(authors)
      values["byline"] = wrapped("\(authors), \(date(of: entry))", indent: "  ")
    }
    values["summary"] = summary.isEmpty ? nil : wrapped(summary, indent: "  ")
    return values
  }

  func erratum(_ erratum: Edition.Erratum) -> [String: Any] {
    guard let entry = issue.articles[erratum.article] else { return [:] }
    let text = singleLine(erratum.text).shortened(to: Detail.erratum)
    return passage(entry).adding(["erratum": wrapped(text, indent: "  ")])
  }

  /// What is said of every article.
  private func passage(_ entry: Entry) -> [String: Any] {
    var values: [String: Any] = [
      "title": wrapped(issue.title(of: entry)),
      "date": escaped(date(of: entry)),
      "byline": wrapped(date(of: entry), indent: "  "),
    ]
    values["url"] = link(site.address(of: entry))
    if entry.language.primary != catalog.language.primary {
      values["articleLanguage"] = escaped(entry.language.tag)
    }
    return values
  }

  private func date(of entry: Entry) -> String {
    catalog.text(site.zone.civil(entry.published).date)
  }

  /// The summary, where it says more than the title.
  private func summary(of entry: Entry) -> String {
    let summary = singleLine(entry.summary)
    return looksEmpty(summary) || summary == issue.title(of: entry) ? "" : summary
  }
}
